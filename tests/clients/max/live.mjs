// A Live set as LiveAPI shows it, as far as its documentation says: objects have ids, lists are `id 1 id 2`, values come
// as lists, and what is not allowed throws.

export class Live {
    constructor(tracks, scenes) {
        this.calls = [];
        this.objects = new Map();
        this.next = 1;
        this.set = this.add("Song", {});
        this.view = this.add("View", { highlighted_clip_slot: null });
        this.tracks = tracks.map((has_midi_input) => this.add("Track", { has_midi_input, slots: [] }));
        this.scenes = 0;
        for (let i = 0; i < scenes; i += 1) {
            this.scene();
        }
    }

    add(type, facts) {
        const object = { type, id: this.next, ...facts };
        this.objects.set(this.next, object);
        this.next += 1;
        return object;
    }

    scene() {
        this.scenes += 1;
        for (const track of this.tracks) {
            track.slots.push(this.add("ClipSlot", { track, clip: null }));
        }
    }

    slot(track, scene) {
        return this.tracks[track].slots[scene];
    }

    select(track, scene) {
        this.view.highlighted_clip_slot = this.slot(track, scene);
    }

    // Return the class that scripts call LiveAPI.
    api() {
        const live = this;
        const found = (path) => {
            if (path === "live_set") {
                return live.set;
            }
            if (path === "live_set view highlighted_clip_slot") {
                return live.view.highlighted_clip_slot;
            }
            const [word, id] = path.split(" ");
            if (word !== "id") {
                throw new Error(`no such path: ${path}`);
            }
            return live.objects.get(Number(id)) ?? null;
        };
        return class LiveAPI {
            constructor(path) {
                this.object = found(path);
            }

            get id() {
                return String(this.object?.id ?? 0);
            }

            get(name) {
                const object = this.object;
                switch (name) {
                    case "canonical_parent":
                        return ["id", object.track.id];
                    case "has_midi_input":
                        return [object.has_midi_input];
                    case "clip_slots":
                        return object.slots.flatMap((slot) => ["id", slot.id]);
                    case "has_clip":
                        return [object.clip ? 1 : 0];
                    case "clip":
                        return ["id", object.clip?.id ?? 0];
                    default:
                        throw new Error(`${object.type} has no ${name}`);
                }
            }

            set(name, value) {
                if (this.object.type !== "Clip" || name !== "name") {
                    throw new Error(`${this.object.type} has no ${name}`);
                }
                this.object.name = value;
            }

            call(name, argument) {
                const object = this.object;
                live.calls.push([object.type, name, argument]);
                if (object.type === "ClipSlot" && name === "create_clip") {
                    if (object.clip || !object.track.has_midi_input || !(argument > 0)) {
                        throw new Error("only on empty clip slots in MIDI tracks, and longer than nothing");
                    }
                    object.clip = live.add("Clip", { length: argument, notes: [], name: "" });
                } else if (object.type === "Clip" && name === "add_new_notes") {
                    for (const note of argument.notes) {
                        const { pitch, start_time, duration, velocity } = note;
                        if (![pitch, start_time, duration, velocity].every(Number.isFinite) || duration <= 0) {
                            throw new Error(`no note: ${JSON.stringify(note)}`);
                        }
                    }
                    object.notes.push(...argument.notes);
                } else if (object.type === "Song" && name === "create_scene") {
                    live.scene();
                } else {
                    throw new Error(`${object.type} has no ${name}`);
                }
            }
        };
    }
}
