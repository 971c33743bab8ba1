// What is kept: snapshots in the band, MIDI files in the browser's downloads.

const EVERY = 5000; // ms: another page may have saved one

/** Tie the snapshots' controls to a connection. */
export function bindSnapshots(connection, { select, load, remove, form, name }) {
  const list = () => connection.send("/musegan/snapshot/list");
  connection.on("open", list);
  setInterval(list, EVERY);
  connection.on("/musegan/snapshot/names", ([names]) => {
    const there = names.split(" ").filter(Boolean);
    const options = [...select.options].map((option) => option.value).filter(Boolean);
    if (select.options.length && String(options) === String(there)) return; // an open list is left alone
    const chosen = select.value;
    select.replaceChildren(...(there.length ? there.map((own) => new Option(own)) : [new Option("none yet", "")]));
    if (there.includes(chosen)) select.value = chosen;
    load.disabled = remove.disabled = !there.length;
  });
  load.addEventListener("click", () => connection.send("/musegan/snapshot/load", select.value));
  remove.addEventListener("click", () => connection.send("/musegan/snapshot/delete", select.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    connection.send("/musegan/snapshot/save", name.value.trim());
    name.value = "";
  });
}

/** Let the browser keep the last bars as a MIDI file; return what came of it, in words. */
export async function download(bars) {
  let reply;
  try {
    reply = await fetch(`/page/export.mid?bars=${bars}`);
  } catch {
    return "The band does not answer.";
  }
  if (!reply.ok) return `Nothing to export: ${await reply.text()}`;
  const name = /filename="(.*)"/.exec(reply.headers.get("Content-Disposition"))[1];
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await reply.blob()), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
  return `${name} is in your downloads.`;
}
