// The browser's tab: how far the work is, in the title and as a ring in the icon. What ended while
// nobody looked stays to be seen there until somebody does.
const STEPS = 24; // of the ring
const ENDS = { succeeded: "✓", failed: "!" };

const title = document.title;
const icon = document.querySelector('link[rel="icon"]');
const plain = icon.href;
const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
let ended = "";

// share: from 0 to 1; null where nothing is worked on.
export function showInTab(share) {
  if (share === null) {
    rest();
    return;
  }
  ended = "";
  document.title = `${percent.format(Math.floor(100 * share) / 100)} · ${title}`;
  draw(ring(Math.round(STEPS * share) / STEPS));
}

// A job has ended; ``state`` as the API names it.
export function showEnd(state) {
  if (document.visibilityState !== "hidden" || !ENDS[state]) return;
  ended = state;
  rest();
}

function rest() {
  document.title = ended ? `${ENDS[ended]} ${title}` : title;
  if (ended) draw(sign(ended));
  else if (icon.href !== plain) icon.href = plain;
}

function draw(shapes) {
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shapes}</svg>`;
  const address = `data:image/svg+xml,${encodeURIComponent(image)}`;
  if (icon.href !== address) icon.href = address;
}

function ring(share) {
  const circle = 'cx="16" cy="16" r="12" fill="none" stroke-width="7"';
  const arc = `pathLength="1" stroke-dasharray="${share} 1" transform="rotate(-90 16 16)"`;
  return `<circle ${circle} stroke="#b9c1e6"/><circle ${circle} ${arc} stroke="#2b3fa3"/>`;
}

function sign(state) {
  const isGood = state === "succeeded";
  const path = isGood ? "M8 17l6 6 11-13" : "M16 7v11M16 22v3";
  const colour = isGood ? "#1c6b40" : "#a8231b";
  return `<circle cx="16" cy="16" r="16" fill="${colour}"/><path d="${path}" fill="none" stroke="#fff" stroke-width="4"/>`;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !ended) return;
  ended = "";
  rest();
});
