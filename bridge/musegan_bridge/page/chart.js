// The chart: a line to type it in, what the band says to it, and the chords that come, in large letters.

import { put } from "./status.js";

const BEATS = 4; // in a bar
const NEXT = 2; // chords after the one that plays
const NO_CHORD = "N.C.";

/** Tie the chart's controls to a connection. What is typed stays until the band takes it. */
export function bindChart(connection, { form, text, error, goTo, bar }) {
  let set = ""; // as the band has it
  let sent = null; // until the band answers
  const complain = (words) => {
    error.textContent = words;
    text.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const show = () => (text.value = set);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sent = text.value;
    connection.send("/musegan/chart", sent);
  });
  text.addEventListener("input", () => complain(""));
  text.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    complain("");
    show();
  });
  connection.listen("/musegan/chart", (chart) => {
    const isEdited = text.value !== set && text.value !== sent;
    set = inOneLine(chart);
    if (isEdited) return; // it is not taken out of the hand
    complain("");
    show();
    if (sent !== null && document.activeElement === text) text.blur(); // letters are the keys of the piano again
    sent = null;
  });
  connection.on("/musegan/error", ([address, words]) => {
    if (!isOfChart(address)) return;
    complain(words);
    sent = null; // what was refused is there to be corrected
  });
  goTo.addEventListener("submit", (event) => {
    event.preventDefault();
    complain("");
    connection.send("/musegan/chart/at", bar.valueAsNumber);
    bar.value = "";
  });
}

/** Return whether what is said of an address is said beside the chart. */
export const isOfChart = (address) => address === "/musegan/chart" || address.startsWith("/musegan/chart/");

// A semicolon is a line break to the band, so that a chart of several lines can be typed in one.
function inOneLine(chart) {
  return chart.split("\n").map((line) => line.trim()).filter(Boolean).join("; ");
}

/** Return the chords of a chart from a beat on: { name, isNow }, those of bars that are known. */
export function chordsFrom(show, beat) {
  const chords = [];
  for (let number = Math.floor(beat / BEATS); show.bars.get(number)?.chart; number++)
    for (const { position, name } of show.bars.get(number).chart.chords)
      chords.push({ name: name || NO_CHORD, beat: number * BEATS + position });
  const now = chords.findLastIndex((chord) => chord.beat <= beat);
  return now < 0 ? [] : chords.slice(now, now + 1 + NEXT).map(({ name }) => name);
}

/** Show the chord of the chart that plays at a beat (null: nothing plays) and the next ones, and where in the chart that is. */
export function tellChart(show, beat) {
  const chart = show.barAt(beat)?.chart;
  const [now = "", ...next] = chart ? chordsFrom(show, beat) : [];
  document.getElementById("chart-now").hidden = !now;
  put("chart-chord", now);
  put("chart-next", next.join("  "));
  put("chart-place", chart ? place(chart, show.status?.chartBars) : "");
}

function place({ index, part }, bars) {
  if (!index) return "your left hand";
  const of = bars >= index ? ` of ${bars}` : "";
  return `bar ${index}${of}${part ? `, ${part}` : ""}`;
}
