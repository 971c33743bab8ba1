"use strict";
// The blind test: pair after pair, two questions each, then the score. It must not know how phrases sound.

const SIDES = ["A", "B"];
const CHANCE = 0.5;
const byId = (id) => document.getElementById(id);
const test = JSON.parse(atob(byId("packed").textContent));
const answers = []; // { real, song, better }, each the index of a side
let context = null; // made by the first key or click: no browser plays before
let playing = null; // { side, sound }
let heard = new Set();

byId("begin").addEventListener("click", offer);
SIDES.forEach((_, side) => byId(`play${side}`).addEventListener("click", () => listen(side)));
byId("pair").addEventListener("submit", (event) => {
  event.preventDefault();
  take(new FormData(event.target));
});
byId("save").addEventListener("click", save);

function offer() {
  byId("welcome").hidden = true;
  byId("pair").hidden = false;
  byId("pair").reset();
  heard = new Set();
  byId("said").textContent = "";
  byId("progress").max = test.pairs.length;
  byId("progress").value = answers.length;
  byId("number").textContent = `Pair ${answers.length + 1} of ${test.pairs.length}`;
  byId("number").focus();
}

function listen(side) {
  const again = playing?.side === side;
  halt();
  if (again) return;
  context ??= new AudioContext();
  context.resume();
  const sound = play(context, test.pairs[answers.length].phrases[side], test.tracks, test.tempo, test.beats);
  playing = { side, sound };
  heard.add(side);
  byId(`play${side}`).textContent = `Stop ${SIDES[side]}`;
  sound.ended.then(() => { if (playing?.sound === sound) halt(); });
}

function halt() {
  if (!playing) return;
  byId(`play${playing.side}`).textContent = `Play ${SIDES[playing.side]}`;
  playing.sound.stop();
  playing = null;
}

function take(answer) {
  if (heard.size < SIDES.length) {
    byId("said").textContent = "Listen to both first.";
    return;
  }
  halt();
  const { real } = test.pairs[answers.length];
  answers.push({ real, song: Number(answer.get("song")), better: Number(answer.get("better")) });
  if (answers.length < test.pairs.length) offer();
  else show(result());
}

function result() {
  const n = answers.length;
  const share = (count) => {
    const [low, high] = interval(count, n);
    return { count, of: n, share: count / n, low, high };
  };
  return {
    ...test.facts,
    pairs: answers.map(({ real, song, better }) => ({ real: SIDES[real], said: SIDES[song], better: SIDES[better] })),
    found: share(answers.filter(({ real, song }) => song === real).length),
    band_liked: share(answers.filter(({ real, better }) => better !== real).length),
    level: 0.95,
    chance: CHANCE,
  };
}

// The 95 % interval of a share, by Wilson's score: it holds for few answers, too.
function interval(count, n) {
  const z = 1.959964;
  const share = count / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

function show({ pairs, found, band_liked: liked }) {
  byId("pair").hidden = true;
  byId("result").hidden = false;
  const verdict = found.low > CHANCE ? "You can tell songs from the band."
    : found.high < CHANCE ? "You can tell them apart, but take the band for the song."
      : "This does not show that you can tell songs from the band.";
  byId("found").textContent = `You found the song in ${inWords(found)}. By chance it would be half. ${verdict}`;
  byId("liked").textContent = `You liked the band better in ${inWords(liked)}.`;
  pairs.forEach(({ real, said, better }, i) => {
    const row = byId("answers").insertRow();
    for (const cell of [i + 1, real, said, better]) row.insertCell().textContent = cell;
  });
  byId("end").focus();
}

function inWords({ count, of, share, low, high }) {
  const percent = (value) => Math.round(100 * value);
  return `${count} of ${of} pairs: ${percent(share)} %, 95 % interval ${percent(low)} to ${percent(high)} %`;
}

function save() {
  const url = URL.createObjectURL(new Blob([JSON.stringify(result(), null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "blind-test.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
