// Makes samples beside the page, which goes on meanwhile: takes { rate, list: [{ track, pitch, stroke }] }, posts each with its channels.

import { BAND } from "./band.js";

onmessage = ({ data: { rate, list } }) => {
  for (const item of list) {
    const channels = BAND[item.track].make(item.pitch, rate, item.stroke);
    postMessage({ ...item, channels }, channels.map((samples) => samples.buffer));
  }
};
