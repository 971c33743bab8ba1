// A piano under the computer's keys and on the screen. It says which notes begin and end, and nothing else.

const CODES = ["KeyA", "KeyW", "KeyS", "KeyE", "KeyD", "KeyF", "KeyT", "KeyG", "KeyY", "KeyH", "KeyU", "KeyJ", "KeyK", "KeyO", "KeyL", "KeyP", "Semicolon"];
const NAMES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const WHITES = [0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6]; // the white key that each key of an octave is, or is right of
const LOWEST = 0; // of the keyboard's first C
const HIGHEST = 108;
const VELOCITY = 100;

/** Return a pitch in words: C4 is 60. */
export const nameOf = (pitch) => `${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 1}`;

/** A keyboard in `home`. `onnote({ pitch, velocity })` is called with each note; velocity 0 ends it. */
export class Keyboard {
  onnote = () => {};
  onshift = () => {};
  #home;
  #first = 60; // pitch of the first C
  #held = new Map(); // what holds it (key or pointer) -> pitch
  #keys = [];

  constructor(home) {
    this.#home = home;
    this.#keys = CODES.map((code, i) => this.#key(code, i));
    home.append(...this.#keys);
    this.#name();
    addEventListener("keydown", (event) => this.#down(event));
    addEventListener("keyup", ({ code }) => this.#release(code));
    addEventListener("blur", () => this.releaseAll());
    addEventListener("pointerup", ({ pointerId }) => this.#release(pointerId));
    addEventListener("pointercancel", ({ pointerId }) => this.#release(pointerId));
    // Sliding over the keys plays each of them.
    addEventListener("pointermove", (event) => this.#held.has(event.pointerId) && this.#slide(event));
  }

  /** Pitch of the first key. */
  get first() {
    return this.#first;
  }

  /** Let the first key be another C; held notes end. */
  set first(pitch) {
    this.releaseAll();
    for (const key of this.#keys) key.classList.remove("down");
    this.#first = Math.min(HIGHEST, Math.max(LOWEST, pitch));
    this.#name();
    this.onshift(this.#first);
  }

  /** End all that is held. */
  releaseAll() {
    for (const holder of [...this.#held.keys()]) this.#release(holder);
  }

  /** Show that a pitch sounds, by whatever it is played. */
  light(pitch, isOn) {
    this.#keys[pitch - this.#first]?.classList.toggle("down", isOn);
  }

  #key(code, i) {
    const key = document.createElement("button");
    key.type = "button";
    key.className = NAMES[i % 12].length > 1 ? "black" : "white";
    const column = 2 * (WHITES[i % 12] + 7 * Math.floor(i / 12)) + 1; // a white key has two, a black one lies over half of two
    key.style.gridColumn = `${key.className === "black" ? column + 1 : column} / span 2`;
    key.tabIndex = i ? -1 : 0; // one stop of the Tab key; arrows go from key to key
    key.dataset.step = String(i);
    key.append(Object.assign(document.createElement("kbd"), { textContent: code === "Semicolon" ? ";" : code.slice(3) }));
    // Each key is told by its letter and its note; of the notes only the Cs are seen.
    key.append(" ", Object.assign(document.createElement("span"), { className: i % 12 ? "hidden" : "" }));
    key.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      key.releasePointerCapture?.(event.pointerId);
      this.#press(event.pointerId, i);
    });
    return key;
  }

  #name() {
    this.#keys.forEach((key, i) => {
      key.lastElementChild.textContent = nameOf(this.#first + i);
    });
  }

  #down(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const step = CODES.indexOf(event.code);
    const focused = this.#keys.indexOf(event.target);
    if (step >= 0) this.#press(event.code, step);
    else if (event.code === "KeyZ") this.first -= 12;
    else if (event.code === "KeyX") this.first += 12;
    else if (focused >= 0 && (event.code === "Space" || event.code === "Enter")) this.#press(event.code, focused);
    else if (focused >= 0 && event.code === "ArrowRight") this.#focus(focused + 1);
    else if (focused >= 0 && event.code === "ArrowLeft") this.#focus(focused - 1);
    else return;
    event.preventDefault();
  }

  #focus(step) {
    const key = this.#keys[(step + this.#keys.length) % this.#keys.length];
    this.#keys.forEach((other) => (other.tabIndex = other === key ? 0 : -1));
    key.focus();
  }

  #slide({ pointerId, clientX, clientY }) {
    const key = document.elementFromPoint(clientX, clientY)?.closest("[data-step]");
    if (!key || !this.#home.contains(key)) return;
    const pitch = this.#first + Number(key.dataset.step);
    if (this.#held.get(pointerId) === pitch) return;
    this.#release(pointerId);
    this.#press(pointerId, Number(key.dataset.step));
  }

  #press(holder, step) {
    const pitch = this.#first + step;
    if (this.#held.has(holder) || pitch > 127) return;
    const isNew = ![...this.#held.values()].includes(pitch);
    this.#held.set(holder, pitch);
    if (isNew) this.onnote({ pitch, velocity: VELOCITY });
  }

  #release(holder) {
    const pitch = this.#held.get(holder);
    this.#held.delete(holder);
    if (pitch !== undefined && ![...this.#held.values()].includes(pitch)) this.onnote({ pitch, velocity: 0 });
  }
}

// Where letters are letters: fields, and lists that jump to a word.
function isTyping(target) {
  if (target instanceof HTMLInputElement) return !["range", "checkbox", "button"].includes(target.type);
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
