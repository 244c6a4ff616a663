// What of the transcript is in sight: who speaks there stands above it, and the player shows where it is.
import { sheet } from "./sheet.js";

let frame = 0;
let told = () => {};

// ``tell(from, to)`` is given the seconds that are in sight, whenever they change.
export function watchSight(tell) {
  told = tell;
  for (const kind of ["scroll", "resize", "refreshed"]) document.addEventListener(kind, soon, { passive: true });
  addEventListener("resize", soon);
  const player = document.getElementById("player");
  new ResizeObserver(() => {
    const stays = player.offsetHeight + Number.parseFloat(getComputedStyle(player).top);
    document.documentElement.style.setProperty("--player-height", `${stays}px`);
    soon();
  }).observe(player);
  soon();
}

function soon() {
  frame ||= requestAnimationFrame(look);
}

function look() {
  frame = 0;
  const rows = inSight();
  const line = document.getElementById("speaker-now");
  if (!rows) {
    if (line) line.hidden = true;
    return;
  }
  told(Number(rows[0].dataset.start), Number(rows[1].dataset.end));
  if (line) showSpeaker(line, rows[0]);
}

// The first and the last row in sight; null while none is.
function inSight() {
  if (!sheet.list?.offsetParent) return null;
  const top = document.getElementById("player").getBoundingClientRect().bottom;
  const children = [...sheet.list.children];
  const [first, last] = [firstBelow(children, top + 1), firstBelow(children, innerHeight)];
  const rows = children.slice(first, last + 1).filter((child) => child.dataset.start);
  return rows.length ? [rows[0], rows.at(-1)] : null;
}

// The first of these, which lie one below the other, whose end is below ``y``.
function firstBelow(children, y) {
  let [low, high] = [0, children.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle].getBoundingClientRect().bottom > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Where the row in sight has no name of its own above it, the speaker's name stands over the transcript.
function showSpeaker(line, row) {
  const isNamed = row.classList.contains("segment--turn") && row.getBoundingClientRect().top > document.getElementById("player").getBoundingClientRect().bottom - 8;
  const { speaker } = row.dataset;
  line.hidden = isNamed;
  if (isNamed || line.dataset.speaker === speaker) return;
  line.dataset.speaker = speaker;
  const number = Number(speaker);
  const marker = line.querySelector(".marker");
  marker.className = `marker ${number ? `speaker-${((number - 1) % 12) + 1}` : "speaker-none"}`;
  marker.textContent = speaker;
  const known = document.querySelector(`#voices [data-number="${speaker}"]`)?.textContent;
  line.querySelector("[data-name]").textContent = known ?? document.querySelector(`.segment[data-speaker="${speaker}"] .segment__name`)?.textContent ?? "";
}
