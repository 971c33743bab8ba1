// MuseGAN Track: the last bars, as they were played, become a clip. For [js]: plain ES5, and never in the way of a note.
//
// In:  all messages of the server; played <bar>, track <name>, bars <count>, toclip
// Out: words for the line at the bottom of the device

inlets = 1;
outlets = 1;

var BEATS = 4;
var KEPT = 8; // bars; those that came wait as long as those that were played

var mine = "bass";
var wanted = 4;
var writing = null; // the bar that is coming: { number, notes }
var waiting = []; // bars that are whole
var heard = []; // notes of each of the last bars that were played

function anything() {
    var args = arrayfromargs(arguments);
    if (messagename === "/musegan/bar/begin") {
        writing = args[8] ? { number: args[0], notes: [] } : null; // planned bars are not played
    } else if (messagename === "/musegan/bar/notes") {
        if (writing && writing.number === args[0] && mine === args[1]) {
            for (var i = 3; i + 3 < args.length; i += 4) {
                writing.notes.push({
                    pitch: args[i + 1],
                    start_time: args[i],
                    duration: args[i + 3],
                    velocity: args[i + 2]
                });
            }
        }
    } else if (messagename === "/musegan/bar/end") {
        if (writing && writing.number === args[0]) {
            waiting.push(writing);
            waiting = waiting.slice(-KEPT);
        }
        writing = null;
    }
}

function played(number) {
    var notes = null;
    for (var i = 0; i < waiting.length; i++) {
        notes = waiting[i].number === number ? waiting[i].notes : notes;
    }
    if (notes || (number >= 0 && heard.length)) { // a bar that was lost on the way was a silent one
        heard.push(notes || []);
        heard = heard.slice(-KEPT);
    }
}

function track(name) {
    if (name !== mine) {
        mine = name;
        writing = null;
        waiting = [];
        heard = [];
    }
}

function bars(count) {
    wanted = count;
}

function toclip() {
    try {
        say(write(heard.slice(-wanted)));
    } catch (error) {
        say("Live refused: " + error.message);
    }
}

// Write bars into the selected slot, or the next free one below it; return what became of it.
function write(these) {
    if (!these.length) {
        return "Nothing was played yet.";
    }
    var slot = new LiveAPI("live_set view highlighted_clip_slot");
    if (!Number(slot.id)) {
        return "Select a clip slot first.";
    }
    var column = object(slot.get("canonical_parent"));
    if (!Number(column.get("has_midi_input"))) {
        return "Select a clip slot of a MIDI track.";
    }
    var place = free(column, Number(slot.id));
    var length = these.length * BEATS;
    place.slot.call("create_clip", length);
    var clip = object(place.slot.get("clip"));
    var notes = [];
    for (var bar = 0; bar < these.length; bar++) {
        for (var i = 0; i < these[bar].length; i++) {
            var note = these[bar][i];
            var start = bar * BEATS + note.start_time;
            notes.push({
                pitch: note.pitch,
                start_time: start,
                duration: Math.min(note.duration, length - start),
                velocity: note.velocity
            });
        }
    }
    if (notes.length) {
        clip.call("add_new_notes", { notes: notes });
    }
    var name = mine + " " + these.length + (these.length === 1 ? " bar" : " bars");
    clip.set("name", name);
    return name + ", in scene " + (place.scene + 1) + ".";
}

// Return the first slot without a clip from this one down, and its scene; if there is none, of a new scene.
function free(column, id) {
    var slots = ids(column.get("clip_slots"));
    for (var i = Math.max(slots.indexOf(id), 0); i < slots.length; i++) {
        var slot = new LiveAPI("id " + slots[i]);
        if (!Number(slot.get("has_clip"))) {
            return { slot: slot, scene: i };
        }
    }
    new LiveAPI("live_set").call("create_scene", -1);
    slots = ids(column.get("clip_slots"));
    return { slot: new LiveAPI("id " + slots[slots.length - 1]), scene: slots.length - 1 };
}

// Live gives objects as the list: id 1 id 2 ...
function ids(list) {
    var found = [];
    for (var i = 1; i < list.length; i += 2) {
        found.push(Number(list[i]));
    }
    return found;
}

function object(list) {
    return new LiveAPI("id " + ids(list)[0]);
}

function say(words) {
    outlet(0, words);
}
