// OSC packets as messages, and back: the codec's words for ours.

import { fromBuffer, toBuffer } from "./vendor/osc-min/index.js";

const NAMES = { i: "integer", f: "float", s: "string" };
const UNIX = 2_208_988_800; // seconds from 1900, where NTP begins, to 1970
const AT_ONCE = 1; // the fraction of a timetag, of no seconds, that is no time

/** Return the bytes of a message; `types` has a tag for each value, as the table says. */
export function encode(address, types, values) {
  const args = values.map((value, i) => ({ type: NAMES[types[i]], value: types[i] === "i" ? Math.round(value) : value }));
  return toBuffer({ address, args });
}

/** Return the messages of a packet: { address, args, time: Unix seconds of its bundle, or null }. */
export function decode(data) {
  return messages(fromBuffer(data), null);
}

/** Return the notes that a message of the band holds: position, pitch, velocity, duration, again and again. */
export function notesOf(track, values) {
  const notes = [];
  for (let i = 0; i < values.length; i += 4) {
    const [position, pitch, velocity, duration] = values.slice(i, i + 4);
    notes.push({ track, position, pitch, velocity, duration });
  }
  return notes;
}

function messages(packet, time) {
  if (packet.oscType === "message") return [{ address: packet.address, args: packet.args.map(({ value }) => value), time }];
  const [seconds, fraction] = packet.timetag;
  const own = seconds === 0 && fraction === AT_ONCE ? null : seconds - UNIX + fraction / 2 ** 32;
  return packet.elements.flatMap((element) => messages(element, own));
}
