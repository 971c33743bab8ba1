// Gives what a Track device sent to its script to the script, in a Live set of one MIDI track; prints the clip.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { load } from "../../../max_patches/sketch.mjs";
import { Live } from "./live.mjs";

const live = new Live([1], 1);
live.select(0, 0);
const path = fileURLToPath(new URL("../../../max_patches/musegan.clip.js", import.meta.url));
const { send } = load(path, { now: 0 }, { LiveAPI: live.api() });
for (const message of JSON.parse(readFileSync(0, "utf8"))) {
    send(...message);
}
console.log(JSON.stringify(live.slot(0, 0).clip));
