// What the band takes, as its OSCQuery tree says: types, ranges, choices, tracks. Nothing of it is written in the page.

export class Table {
  /** `tree`: OSCQuery's JSON of /. */
  constructor(tree) {
    this.tree = tree;
    /** Names of the tracks, in the order of the band. */
    this.tracks = Object.keys(this.node("/musegan/track")?.CONTENTS ?? {});
  }

  /** Return the node of an address; undefined: the band has none. */
  node(address) {
    return address.split("/").filter(Boolean).reduce((node, name) => node?.CONTENTS?.[name], this.tree);
  }

  /** Return one OSC type tag for each argument of an address. */
  types(address) {
    const type = this.node(address)?.TYPE ?? "";
    return type === "N" ? "" : type;
  }

  /** Return whether an address is a setting, that can be read and listened to. */
  readable(address) {
    return ((this.node(address)?.ACCESS ?? 0) & 1) === 1;
  }

  /** Return { low, high, choices, whole, unit } of an argument. */
  range(address, argument = 0) {
    const node = this.node(address);
    const range = node?.RANGE?.[argument] ?? {};
    return {
      low: range.MIN,
      high: range.MAX,
      choices: range.VALS,
      whole: node?.TYPE?.[argument] === "i",
      unit: node?.UNIT?.[argument]?.replace("time.", "") ?? "",
    };
  }

  /** Return what an address does, in a sentence. */
  about(address) {
    return this.node(address)?.DESCRIPTION?.split("\n")[0] ?? "";
  }
}
