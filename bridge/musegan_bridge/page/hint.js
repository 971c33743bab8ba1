// The first steps: each is struck through when it is done. When all are they go, and who has played here before never sees them.

const MEMORY = "musegan-bridge hint"; // in the browser
const STAYS = 6000; // ms after the last step
const NEEDED = ["hint-start", "hint-play"]; // who has done these needs to be told no more, at the next visit

/** The first steps in `home`, a list of steps by id with a button that closes it. */
export class Hint {
  #home;

  constructor(home, close) {
    this.#home = home;
    home.hidden = !isNew();
    close.addEventListener("click", () => {
      home.hidden = true;
      remember();
    });
  }

  /** Strike a step through. */
  done(step) {
    const item = document.getElementById(step);
    if (item.classList.contains("done")) return;
    item.classList.add("done");
    if (NEEDED.every((id) => document.getElementById(id).classList.contains("done"))) remember();
    if (!this.#home.querySelector("li:not(.done)")) setTimeout(() => (this.#home.hidden = true), STAYS);
  }
}

function remember() {
  try {
    localStorage.setItem(MEMORY, "done");
  } catch {
    // a browser that remembers nothing shows them again
  }
}

function isNew() {
  try {
    return localStorage.getItem(MEMORY) === null;
  } catch {
    return true;
  }
}
