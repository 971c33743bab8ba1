// A double of Web MIDI, as the standard has it: maps of ports, states that change, timestamps in ms, no system exclusive.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MidiPorts } from "../../../bridge/musegan_bridge/page/midi.js";

class Port {
  state = "connected";
  onmidimessage = null;
  sent = [];

  constructor(id) {
    [this.id, this.name] = [id, `port ${id}`];
  }

  send(data, timestamp = 0) {
    if (this.state !== "connected") throw new DOMException("port is disconnected", "InvalidStateError");
    assert.ok(data[0] >= 0x80 && data[0] < 0xf0 && data.slice(1).every((byte) => byte >= 0 && byte < 128), `${data}`);
    this.sent.push([...data, timestamp]);
  }

  receive(...data) {
    this.onmidimessage?.({ data: Uint8Array.from(data) });
  }
}

class Access {
  sysexEnabled = false;
  inputs = new Map();
  outputs = new Map();

  constructor(inputs, outputs) {
    for (const port of inputs) this.inputs.set(port.id, port);
    for (const port of outputs) this.outputs.set(port.id, port);
  }

  change(port, state) {
    port.state = state;
    this.onstatechange?.({ port });
  }
}

async function opened() {
  const [input, output, asked] = [new Port("in"), new Port("out"), []];
  const access = new Access([input], [output]);
  const ports = await MidiPorts.open({ requestMIDIAccess: async (options) => (asked.push(options), access) });
  return { input, output, access, ports, asked };
}

test("it asks for no system exclusive, and lists the ports that are there", async () => {
  const { ports, asked, access, output } = await opened();
  assert.deepEqual(asked, [{ sysex: false }]);
  assert.deepEqual(ports.inputs, [{ id: "in", name: "port in" }]);
  let changes = 0;
  ports.onchange = () => changes++;
  access.change(output, "disconnected");
  assert.deepEqual([ports.outputs, changes], [[], 1]);
});

test("a browser that has no MIDI or is not allowed it says so", async () => {
  await assert.rejects(MidiPorts.open({}), /no Web MIDI/);
  const refuse = async () => {
    throw new DOMException("Permission denied", "NotAllowedError");
  };
  await assert.rejects(MidiPorts.open({ requestMIDIAccess: refuse }), /Allow MIDI/);
});

test("each track plays on its channel with its program, on time, and ends", async () => {
  const { ports, output } = await opened();
  ports.output = "out";
  assert.deepEqual(
    output.sent.filter(([status]) => status >> 4 === 0xc).map((message) => message.slice(0, 2)),
    [[0xc0, 33], [0xc1, 25], [0xc2, 0], [0xc3, 48]],
  );
  output.sent = [];
  const when = performance.now() + 100;
  for (const track of ["bass", "drums", "guitar", "piano", "strings"]) ports.send(track, { pitch: 40, velocity: 99, duration: 0.5 }, when);
  assert.deepEqual(output.sent.map(([status]) => status), [0x90, 0x80, 0x99, 0x89, 0x91, 0x81, 0x92, 0x82, 0x93, 0x83]);
  for (const [status, pitch, velocity, time] of output.sent) {
    assert.equal(pitch, 40);
    if (status >> 4 === 9) assert.deepEqual([velocity, time], [99, when]);
    else assert.ok(time > when + 490 && time < when + 500); // before the next note of the same pitch
  }
});

test("silence ends what sounds now and what the port waits with as it begins", async () => {
  const { ports, output } = await opened();
  ports.output = "out";
  const now = performance.now();
  ports.send("piano", { pitch: 60, velocity: 99, duration: 2 }, now - 10);
  ports.send("piano", { pitch: 64, velocity: 99, duration: 2 }, now + 100);
  output.sent = [];
  ports.silence();
  const ends = output.sent.filter(([status]) => status === 0x82);
  assert.deepEqual(ends.map(([, pitch]) => pitch), [60, 64]);
  assert.ok(ends[0][3] < now + 50);
  assert.equal(ends[1][3], now + 100);
  assert.deepEqual(output.sent.filter(([, control]) => control === 123).map(([status]) => status & 15).sort((a, b) => a - b), [0, 1, 2, 3, 9]);
});

test("a keyboard is heard: notes, their ends, and nothing else", async () => {
  const { ports, input } = await opened();
  const heard = [];
  ports.onnote = (note) => heard.push(note);
  ports.input = "in";
  input.receive(0x95, 60, 100);
  input.receive(0xb0, 64, 127);
  input.receive(0xe0, 0, 64);
  input.receive(0xf8);
  input.receive(0x95, 60, 0);
  input.receive(0x90, 61, 1);
  input.receive(0x80, 61, 64);
  assert.deepEqual(heard, [
    { pitch: 60, velocity: 100 },
    { pitch: 60, velocity: 0 },
    { pitch: 61, velocity: 1 },
    { pitch: 61, velocity: 0 },
  ]);
});

test("notes that are held end when their keyboard goes, and it is heard again when it comes", async () => {
  const { ports, input, access } = await opened();
  const heard = [];
  ports.onnote = ({ pitch, velocity }) => heard.push([pitch, velocity]);
  ports.input = "in";
  input.receive(0x90, 60, 100);
  access.change(input, "disconnected");
  assert.deepEqual(heard, [[60, 100], [60, 0]]);
  access.change(input, "connected");
  input.receive(0x90, 62, 100);
  ports.input = "";
  input.receive(0x90, 63, 100);
  assert.deepEqual(heard.slice(2), [[62, 100], [62, 0]]);
});

test("a synthesizer that goes is played on no more, and gets its programs when it comes again", async () => {
  const { ports, output, access } = await opened();
  ports.output = "out";
  access.change(output, "disconnected");
  ports.send("bass", { pitch: 40, velocity: 99, duration: 0.5 }, performance.now());
  ports.silence();
  output.sent = [];
  access.change(output, "connected");
  assert.equal(output.sent.filter(([status]) => status >> 4 === 0xc).length, 4);
  ports.send("bass", { pitch: 40, velocity: 99, duration: 0.5 }, performance.now());
  assert.equal(output.sent.filter(([status]) => status === 0x90).length, 1);
});
