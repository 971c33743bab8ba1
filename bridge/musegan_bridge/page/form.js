// The form: a choice, letters to type, what the band says to them, and which phrase of the form plays.

import { letGo } from "./controls.js";
import { put } from "./status.js";

const BEATS = 4; // in a bar
const KEPT = 64; // phrases
const NAMED = ["song", "free"]; // any other form is letters
const OWN = "letters"; // the choice of them

/** Which phrase of the form plays, bar by bar, as the band tells it. */
export class Form {
  /** As /musegan/form says. */
  name = "";
  /** Whether the band stays with a phrase, as /musegan/hold says. */
  hold = false;
  #phrases = []; // { bar, part, seed, isFirst: of the form, isHeld: the one before once more }, in their order
  #isNew = false; // the form begins with the next phrase

  /** Forget what played. */
  clear() {
    this.#phrases = [];
    this.#isNew = false;
  }

  /** Take /musegan/form: it begins with the next phrase. */
  set(name) {
    this.#isNew = this.name !== "" && name !== this.name;
    this.name = name;
  }

  /** Take a bar that is committed. */
  take({ number, measure, seed }) {
    const last = this.#phrases.at(-1);
    if ((last && measure) || last?.bar === number) return;
    this.#phrases.push({ bar: number, part: last?.part ?? "", seed, isFirst: this.#isNew && measure === 0, isHeld: this.hold && last?.seed === seed });
    this.#isNew &&= measure > 0;
    this.#phrases = this.#phrases.slice(-KEPT);
  }

  /** Take /musegan/form/phrase as it was when a bar was committed. */
  tell(part, bar) {
    const last = this.#phrases.findLast((phrase) => phrase.bar <= bar);
    if (last?.bar === bar) last.part = part;
    else if (last && last.part !== part && last === this.#phrases.at(-1)) // a bar of the past sounds again
      this.#phrases.push({ bar, part, seed: last.seed, isFirst: false, isHeld: false });
  }

  /** Forget what was to come after a beat. */
  silence(beat) {
    this.#phrases = this.#phrases.filter(({ bar }) => bar * BEATS <= (beat ?? Infinity));
  }

  /** The letters of the form; empty: it has a name. */
  get letters() {
    return NAMED.includes(this.name) ? "" : this.name;
  }

  /** Return the name of the phrase that plays at a beat (null: nothing plays); empty: it is of no form. */
  partAt(beat) {
    return beat === null ? "" : (this.#until(beat).at(-1)?.part ?? "");
  }

  /**
   * Return which letters of the form may be those that play at a beat: one as soon as the page has heard enough. Until then
   * each letter of that name may be it. The same letter has the same seed, until the form begins again.
   */
  placesAt(beat) {
    const { letters } = this;
    let places = [];
    let trail = []; // the phrases that led to them
    if (beat !== null && letters)
      for (const phrase of this.#until(beat)) {
        if (phrase.isHeld && places.length) continue;
        trail.push(phrase);
        const next = phrase.isFirst ? [0] : places.length ? places.map((place) => (place + 1) % letters.length) : [...letters].keys();
        places = [...next].filter((place) => fits(letters, place, trail));
        if (places.length) continue;
        trail = [phrase];
        places = [...letters].flatMap((letter, i) => (letter === phrase.part ? [i] : []));
      }
    return places;
  }

  #until(beat) {
    return this.#phrases.filter(({ bar }) => bar * BEATS <= beat);
  }
}

// Whether a phrase can be at this place of a form, after those before it in its trail.
function fits(letters, place, trail) {
  const now = trail.at(-1);
  if (letters[place] !== now.part) return false;
  return trail.slice(0, -1).every(({ seed }, i) => {
    const before = place - (trail.length - 1 - i); // below 0: before the form began
    return (letters[before] === now.part) === (seed === now.seed);
  });
}

/** Tie the form's controls to a connection, and tell `form` of what is said. What is typed stays until the band takes it. */
export function bindForm(connection, form, { choice, own, text, error }) {
  let sent = null; // until the band answers
  const complain = (words) => {
    error.textContent = words;
    text.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const show = () => {
    complain("");
    choice.value = form.letters ? OWN : form.name;
    own.hidden = !form.letters;
    if (form.letters) text.value = form.letters;
  };
  letGo(choice);
  choice.addEventListener("change", () => {
    complain("");
    own.hidden = choice.value !== OWN;
    if (own.hidden) return connection.send("/musegan/form", choice.value);
    text.focus();
    text.select();
  });
  own.addEventListener("submit", (event) => {
    event.preventDefault();
    sent = text.value.trim().toUpperCase();
    connection.send("/musegan/form", sent);
  });
  text.addEventListener("input", () => complain(""));
  text.addEventListener("keydown", ({ key }) => key === "Escape" && show());
  connection.listen("/musegan/form", (name) => {
    form.set(name);
    if (sent === null && document.activeElement === text) return; // it is not taken out of the hand
    show();
    if (sent !== null && document.activeElement === text) text.blur(); // letters are the keys of the piano again
    sent = null;
  });
  connection.on("/musegan/error", ([address, words]) => {
    if (address !== "/musegan/form") return;
    complain(words);
    sent = null; // what was refused is there to be corrected
  });
  connection.listen("/musegan/hold", (hold) => (form.hold = hold > 0));
}

/** Show which phrase plays at a beat (null: nothing plays), and where it is in the letters of the form. */
export function tellForm(form, beat) {
  put("part", form.partAt(beat) || "–");
  const line = document.getElementById("letters");
  if (line.textContent !== form.letters) {
    line.replaceChildren(...[...form.letters].map((letter) => Object.assign(document.createElement("span"), { textContent: letter })));
    line.hidden = !form.letters;
  }
  const places = new Set(form.placesAt(beat));
  [...line.children].forEach((letter, i) => letter.classList.toggle("current", places.has(i)));
}
