// Controls of the page and messages of the band: an element with data-osc sets the setting of that address, shows what
// it is set to, whoever set it, and has the range that the band says.

import { nameOf } from "./keyboard.js";

/** Ties elements to a connection. */
export class Controls {
  #connection;
  #bound = []; // [element, address, show]
  #settings = new Map(); // address -> what the band is set to

  constructor(connection) {
    this.#connection = connection;
    connection.on("/musegan/error", ([refused]) => {
      for (const [, address, show] of this.#bound)
        if (address === refused && this.#settings.has(address)) show(this.#settings.get(address));
    });
  }

  /** Tie all elements under `root`. */
  bind(root) {
    for (const element of root.querySelectorAll("[data-osc]")) this.#bindOne(element, element.dataset.osc);
  }

  /** Take ranges and choices from the table of a band. */
  ranges(table) {
    for (const [element, address] of this.#bound) dress(element, address, table);
  }

  #bindOne(element, address) {
    const send = (...values) => this.#connection.send(address, ...values);
    let show = () => {};
    if (element instanceof HTMLButtonElement) show = bindButton(element, send);
    else if (element instanceof HTMLSelectElement) show = bindSelect(element, send);
    else show = bindNumber(element, send);
    this.#bound.push([element, address, show]);
    this.#connection.listen(address, (now) => {
      this.#settings.set(address, now);
      show(now);
    });
  }
}

// A button is a switch where its setting is 0 or 1, one of several where it has a value, else a message without arguments.
function bindButton(button, send) {
  const { value } = button.dataset;
  button.addEventListener("click", () => {
    if (value !== undefined) send(value);
    else if (button.hasAttribute("aria-pressed")) send(button.getAttribute("aria-pressed") === "true" ? 0 : 1);
    else send();
  });
  return (now) => button.setAttribute("aria-pressed", String(value === undefined ? now === 1 : now === value));
}

function bindSelect(select, send) {
  select.addEventListener("change", () => send(isNaN(select.value) ? select.value : Number(select.value)));
  letGo(select);
  return (now) => {
    const value = String(now);
    // Somebody else may have set what is no choice here: eleven bars, two tracks.
    if (![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
    select.value = value;
  };
}

/** Let letters be the keys of the piano again after a choice by mouse or finger. Who chooses by keyboard stays in the list. */
export function letGo(select) {
  let isPointed = false;
  select.addEventListener("pointerdown", () => (isPointed = true));
  select.addEventListener("blur", () => (isPointed = false));
  select.addEventListener("change", () => isPointed && select.blur());
}

function bindNumber(input, send) {
  let isHeld = false;
  let latest;
  const output = input.closest("label")?.querySelector("output");
  const tell = () => {
    if (output) output.value = words(input);
  };
  const show = (now) => {
    latest = now;
    if (isHeld) return; // it is not taken out of the hand
    input.value = String(Math.round(now * 1000) / 1000);
    tell();
  };
  const release = () => {
    isHeld = false;
    if (latest !== undefined) show(latest);
  };
  if (input.type === "range") {
    input.addEventListener("pointerdown", () => (isHeld = true));
    for (const end of ["pointerup", "pointercancel"]) input.addEventListener(end, release);
    input.addEventListener("input", () => {
      tell();
      latest = input.valueAsNumber;
      send(input.valueAsNumber);
    });
  } else {
    input.addEventListener("focus", () => (isHeld = true));
    input.addEventListener("blur", release);
    input.addEventListener("change", () => {
      if (!input.value) return;
      latest = Math.min(Number(input.max), Math.max(Number(input.min), input.valueAsNumber));
      input.value = String(latest);
      tell();
      send(latest);
    });
  }
  return show;
}

// Gives an element its range, its choices and, as a title, what it does.
function dress(element, address, table) {
  const { low, high, choices, unit, whole } = table.range(address);
  if (!element.title) element.title = table.about(address);
  if (element instanceof HTMLInputElement) {
    [element.min, element.max] = [low, high];
    element.dataset.unit = unit;
    if (whole) element.step = "1";
  } else if (element instanceof HTMLSelectElement && choices && !element.options.length) {
    const told = Object.fromEntries((element.dataset.words ?? "").split(";").map((pair) => pair.split(":").map((word) => word.trim())));
    for (const choice of choices) element.add(new Option(told[choice] ?? choice, choice));
  } else if (element instanceof HTMLButtonElement && table.readable(address) && !element.dataset.value) {
    if (!element.hasAttribute("aria-pressed")) element.setAttribute("aria-pressed", "false");
  }
}

// What a number is set to, in words.
function words({ valueAsNumber, dataset, step }) {
  if (dataset.words === "notes") return nameOf(valueAsNumber);
  if (dataset.words === "split") return valueAsNumber ? nameOf(valueAsNumber) : "off";
  const digits = Number(step) >= 1 ? 0 : Number(step) >= 0.1 ? 1 : 2;
  return `${valueAsNumber.toFixed(digits)}${dataset.unit ? ` ${dataset.unit}` : ""}`;
}
