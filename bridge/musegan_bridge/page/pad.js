// The morph pad: two settings of one message, by mouse and touch on a square, by keyboard on the two sliders beside it.

const ADDRESS = "/musegan/latent/xy";

/** Tie the pad to a connection. */
export function bindPad(connection, { pad, dot, x, y }) {
  let isHeld = false;
  const place = () => {
    dot.style.left = `${x.valueAsNumber * 100}%`;
    dot.style.bottom = `${y.valueAsNumber * 100}%`;
  };
  const send = () => {
    place();
    connection.send(ADDRESS, x.valueAsNumber, y.valueAsNumber, "all");
  };
  const move = ({ clientX, clientY }) => {
    const box = pad.getBoundingClientRect();
    x.value = String((clientX - box.left) / box.width);
    y.value = String((box.bottom - clientY) / box.height);
    send();
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    isHeld = true;
    move(event);
  });
  pad.addEventListener("pointermove", (event) => isHeld && move(event));
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => (isHeld = false));
  for (const slider of [x, y]) {
    slider.step = "0.01";
    slider.addEventListener("input", send);
  }
  connection.listen(ADDRESS, (nowX, nowY) => {
    if (isHeld) return;
    [x.value, y.value] = [String(nowX), String(nowY)];
    place();
  });
  return (table) => {
    [x, y].forEach((slider, i) => ([slider.min, slider.max] = [table.range(ADDRESS, i).low, table.range(ADDRESS, i).high]));
    place();
  };
}
