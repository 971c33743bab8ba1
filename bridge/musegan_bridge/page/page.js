// The page: it ties the connection, the show, the roll, the sound and the controls together.

import { bindChart, isOfChart, tellChart } from "./chart.js";
import { tellChords } from "./chords.js";
import { ServerClock } from "./clock.js";
import { Connection } from "./connection.js";
import { Controls } from "./controls.js";
import { bindForm, tellForm } from "./form.js";
import { Hint } from "./hint.js";
import { Keyboard, nameOf } from "./keyboard.js";
import { MidiPorts } from "./midi.js";
import { bindPad } from "./pad.js";
import { Playback } from "./playback.js";
import { Roll } from "./roll.js";
import { Show } from "./show.js";
import { bindSnapshots, download } from "./shelf.js";
import { Sound } from "./sound.js";
import { layStrips, markOwn } from "./strips.js";
import { tellStatus } from "./status.js";

const byId = (id) => document.getElementById(id);
const SAID = 8000; // ms that a message stays
const OCTAVES = { bass: 36, drums: 36, guitar: 48 }; // where the keys begin on a track; else middle C

const connection = new Connection();
const show = new Show();
const clock = new ServerClock({ isLocal: ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname) });
const playback = new Playback({ clock, play });
const roll = new Roll(byId("roll"), show, () => show.beatAt(clock.unix()));
const controls = new Controls(connection);
const keyboard = new Keyboard(byId("keyboard"));
const hint = new Hint(byId("hint"), byId("hint-close"));
const mutes = new Map(); // track -> { mute, solo }
const struck = new Map(); // pitch -> track that the musician's note began on
let own = []; // names of the musician's tracks
let sound = null; // until Start
let said = 0; // timer
let midi = null; // until its button

// The band

connection.on("begin", ({ downbeat, ahead }) => clock.observe(downbeat, ahead));
connection.on("bar", (bar) => {
  show.take(bar);
  if (!bar.committed) return;
  playback.bar(bar);
  connection.read("/musegan/form/phrase").then((part) => part !== undefined && show.form.tell(part, bar.number));
});
connection.on("/musegan/tempo/changed", ([tempo, beat], time) => {
  show.move(tempo, beat, time);
  playback.tempo({ tempo, beat, time });
});
connection.on("/musegan/heard", (args) => {
  show.hear(...args);
  if (own.includes(args[2])) keyboard.light(args[3], args[4] > 0);
});
connection.on("/musegan/heard/chord", (args) => show.chords.hear(...args));
connection.on("/musegan/expected/bar", (args) => show.expect(...args));
connection.on("/musegan/expected/notes", (args) => show.expectNotes(...args));
connection.listen("/musegan/in/mode", (mode) => (show.mode = mode));
connection.on("/musegan/silence", () => silence());
connection.on("/musegan/status/reply", (args) => {
  show.tell(...args);
  tellStatus(show.status);
  byId("start").setAttribute("aria-pressed", String(Boolean(sound && show.status.playing)));
  if (show.status.chartBars) byId("chart-at").max = show.status.chartBars;
});
connection.on("/musegan/error", ([address, text]) => {
  if (!isOfChart(address) && address !== "/musegan/form") say(`${address.replace("/musegan/", "")}: ${text}`);
});
connection.on("/musegan/record/done", ([file]) => say(`The recording is in ${file}`));
connection.on("table", (table) => meet(table));
connection.on("open", () => {
  show.clear();
  byId("connection").dataset.state = "open";
  byId("connection").textContent = "connected";
});
connection.on("closed", () => {
  silence();
  show.clear();
  byId("connection").dataset.state = "waiting";
  byId("connection").textContent = "the band is gone: looking for it";
});

// Lays out what depends on the band; the same one again changes nothing but ranges.
function meet(table) {
  if (String(table.tracks) !== String(roll.tracks)) {
    if (roll.tracks.length) return location.reload(); // another band: its tracks are other ones
    roll.tracks = table.tracks;
    layStrips(byId("strips"), table.tracks);
    controls.bind(document);
    byId("own-track").replaceChildren(new Option("none: the band plays all", "none"), ...table.tracks.map((track) => new Option(track)));
    byId("chart-track").replaceChildren(...table.tracks.filter((track) => track !== "drums").map((track) => new Option(track)));
    for (const track of table.tracks)
      for (const kind of ["mute", "solo"]) connection.listen(`/musegan/track/${track}/${kind}`, (on) => mute(track, kind, on));
  }
  controls.ranges(table);
  dressPad(table);
}

function mute(track, kind, on) {
  mutes.set(track, { ...mutes.get(track), [kind]: on > 0 });
  applyMutes();
}

// At once: the band leaves a track out from the next bar on.
function applyMutes() {
  const soloed = [...mutes.values()].some(({ solo }) => solo);
  roll.silent = new Set([...mutes].filter(([, { mute, solo }]) => mute || (soloed && !solo)).map(([track]) => track));
  // What the musician plays himself he hears.
  for (const track of roll.tracks) sound?.setMute(track, roll.silent.has(track) && !own.includes(track));
}

// A note of the band, at a Unix time of its clock.
function play(track, note, unix) {
  if (roll.silent.has(track)) return;
  const when = clock.contextTime(unix);
  if (Number.isFinite(when)) sound?.play(track, note, when);
  midi?.send(track, note, clock.performanceTime(unix));
}

function silence() {
  show.silence(clock.unix());
  playback.silence();
  sound?.silence();
  midi?.silence();
}

// The musician

connection.listen("/musegan/in/track", (names) => {
  own = names === "none" ? [] : names.split(" ");
  roll.own = new Set(own);
  markOwn(byId("strips"), roll.own);
  const first = OCTAVES[own[0]] ?? 60;
  if (first !== keyboard.first) keyboard.first = first;
  applyMutes();
});

keyboard.onnote = ({ pitch, velocity }) => {
  start(); // a key is as good as a click
  strike({ pitch, velocity });
};
keyboard.onshift = (first) => (byId("octave").value = nameOf(first));

function strike({ pitch, velocity }) {
  connection.send("/musegan/in/note", pitch, velocity);
  sound?.noteOff(struck.get(pitch), pitch); // on the track that it began on, whoever has that now
  if (velocity) struck.set(pitch, own[0] ?? "piano");
  if (velocity) sound?.noteOn(struck.get(pitch), pitch, velocity);
  keyboard.light(pitch, velocity > 0);
  hint.done("hint-play");
}

byId("octave-down").addEventListener("click", () => (keyboard.first -= 12));
byId("octave-up").addEventListener("click", () => (keyboard.first += 12));

// Sound

// Browsers let a page sound after a click or a key only.
function start() {
  if (sound) return void sound.start(); // which wakes it, should the browser have put it to sleep
  sound = new Sound();
  sound.master = byId("volume").valueAsNumber;
  clock.context = sound.context;
  sound.start().catch((error) => say(`No sound: ${error.message}`));
  applyMutes();
  hint.done("hint-start");
}

byId("start").addEventListener("click", () => {
  start();
  connection.send("/musegan/play");
});
byId("volume").addEventListener("input", ({ target }) => {
  if (sound) sound.master = target.valueAsNumber;
  byId("volume-value").value = `${Math.round(target.valueAsNumber * 100)} %`;
});
byId("volume").dispatchEvent(new Event("input"));

byId("midi-open").addEventListener("click", async () => {
  try {
    midi = await MidiPorts.open();
  } catch (error) {
    return say(`No MIDI: ${error.message}`);
  }
  midi.onnote = strike;
  midi.onchange = listPorts;
  listPorts();
  byId("midi-open").hidden = true;
  byId("midi-in").addEventListener("change", ({ target }) => (midi.input = target.value));
  byId("midi-out").addEventListener("change", ({ target }) => (midi.output = target.value));
});

function listPorts() {
  for (const [id, ports] of [["midi-in", midi.inputs], ["midi-out", midi.outputs]]) {
    const chosen = byId(id).value;
    byId(`${id}-field`).hidden = false;
    byId(id).replaceChildren(new Option("none", ""), ...ports.map((port) => new Option(port.name, port.id)));
    if (ports.some((port) => port.id === chosen)) byId(id).value = chosen;
  }
}

// The rest

const dressPad = bindPad(connection, { pad: byId("pad"), dot: byId("dot"), x: byId("pad-x"), y: byId("pad-y") });
bindChart(connection, { form: byId("chart-form"), text: byId("chart"), error: byId("chart-error"), goTo: byId("chart-at-form"), bar: byId("chart-at") });
bindForm(connection, show.form, { choice: byId("form"), own: byId("form-own"), text: byId("form-text"), error: byId("form-error") });
bindSnapshots(connection, { select: byId("snapshots"), load: byId("snapshot-load"), remove: byId("snapshot-delete"), form: byId("snapshot-form"), name: byId("snapshot-name") });
byId("export").addEventListener("click", async () => say(await download(byId("export-bars").value)));
byId("forget").addEventListener("click", () => {
  const section = show.status?.section ?? "none";
  if (section === "none") return say("No section plays.");
  connection.send("/musegan/section/clear", section);
  connection.send("/musegan/section", "none");
});
addEventListener("keydown", (event) => {
  if (event.code !== "Space" || event.target !== document.body || event.repeat) return;
  event.preventDefault();
  if (show.status?.playing && sound) connection.send("/musegan/stop");
  else byId("start").click();
});

function say(text) {
  byId("said").textContent = text;
  clearTimeout(said);
  said = setTimeout(() => (byId("said").textContent = ""), SAID);
}

// What changes with the beat.
function frame() {
  const beat = show.beatAt(clock.unix());
  tellChords(show, beat);
  tellChart(show, beat);
  tellForm(show.form, beat);
  if (show.isSure) hint.done("hint-hear");
  requestAnimationFrame(frame);
}

/** For the console, and for tests: the parts of the page. */
globalThis.musegan = { connection, show, roll, clock, playback, keyboard, get sound() { return sound; } };

roll.start();
frame();
connection.open();
