// The strips of the tracks beside the roll: one for each that the band has.

const COLOURS = 5; // that the style sheet has

/** Put a strip for each track into `home`, from the page's template, each control with its address. */
export function layStrips(home, tracks) {
  const template = document.getElementById("strip");
  home.replaceChildren(
    ...tracks.map((track, i) => {
      const strip = template.content.cloneNode(true).firstElementChild;
      strip.dataset.track = track;
      strip.dataset.colour = String(i % COLOURS);
      strip.setAttribute("aria-label", track);
      strip.querySelector("h3").textContent = track;
      for (const control of strip.querySelectorAll("[data-own]")) {
        control.dataset.osc = `/musegan/track/${track}/${control.dataset.own}`;
        control.setAttribute("aria-label", `${track} ${control.dataset.own === "gen" ? "new idea" : control.dataset.own}`);
      }
      strip.querySelector("summary").setAttribute("aria-label", `${track} range`);
      return strip;
    }),
  );
}

/** Mark the strips of the tracks that are the musician's. */
export function markOwn(home, own) {
  for (const strip of home.children) strip.classList.toggle("own", own.has(strip.dataset.track));
}
