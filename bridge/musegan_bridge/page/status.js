// How it goes, as figures at the top of the page.

const BEATS = 4; // in a bar

/** Let an element of this id say a text; return the element. */
export const put = (id, text) => {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
  return element;
};
const ms = (value) => (value < 0 ? "–" : value.toFixed(0));

/** Show a status as show.js keeps it. */
export function tellStatus({ playing, tempo, beat, track, slackP50, slackP99, late, bars, bundle, section, mode, loop }) {
  const bar = Math.max(0, Math.floor(beat / BEATS)) + 1;
  put("place", playing ? String(bar) : "stopped");
  const yours = track === "none" ? "" : `; you play ${track}`;
  const again = loop && mode === "anticipate" ? `; you play ${loop} bars again and again` : "";
  document.getElementById("roll").setAttribute("aria-label", `Piano-roll: ${playing ? `bar ${bar} plays` : "stopped"}${yours}${again}`);
  put("pace", `${Math.round(tempo * 10) / 10} bpm`);
  put("slack", `${ms(slackP50)} / ${ms(slackP99)} ms`);
  put("late", `${late} of ${bars}`).classList.toggle("bad", late > 0);
  put("connection", `connected to ${bundle}${section === "none" ? "" : `, section ${section}`}`);
}
