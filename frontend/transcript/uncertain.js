// From one uncertain word to the next, each shown and played.
import { announce } from "../notices.js";
import { rowOf, timeOf } from "./rows.js";
import { sheet } from "./sheet.js";

const BEFORE = 1; // seconds that are played before the word and after it
const AFTER = 0.7;

let last = null;

// Words of a row that are in doubt; the row where it is in doubt and none of them is.
function placesIn(row) {
  const words = [...row.querySelectorAll(".unsure")].map((word) => placeOf(word, row));
  return words.length || !row.querySelector(".badge--doubt") ? words : [placeOf(row, row)];
}

function placeOf(element, row) {
  return { element, row, start: Number(element.dataset.start), end: Math.min(Number(element.dataset.end), Number(element.dataset.start) + 6) };
}

function from() {
  const row = rowOf(document.activeElement);
  if (row && row.id !== last?.id) return Number(row.dataset.start) - 0.001;
  return last?.start ?? -1;
}

// The next place after ``at`` seconds, or with a step of -1 the one before; its row is brought if need be.
async function find(step, at) {
  await sheet.ready;
  const doubtful = sheet.outline.entries.filter(({ isDoubtful, start, end }) => isDoubtful && (step > 0 ? end > at : start < at));
  for (const { id } of step > 0 ? doubtful : doubtful.reverse()) {
    const row = await sheet.bring(id, null);
    const places = row ? placesIn(row) : [];
    const found = step > 0 ? places.find(({ start }) => start > at) : places.findLast(({ start }) => start < at);
    if (found) return found;
  }
  return null;
}

export const isUncertainRow = (row) => row.id === last?.id;

export async function goToUncertain(step) {
  const found = await find(step, from());
  for (const marked of document.querySelectorAll(".uncertain-now")) marked.classList.remove("uncertain-now");
  if (!found) {
    announce(document.querySelector('[data-do="uncertain"]')?.dataset.none ?? "");
    return;
  }
  const { element, row, start, end } = found;
  last = { id: row.id, start };
  element.classList.add("uncertain-now");
  row.scrollIntoView({ block: "center" });
  timeOf(row).focus({ preventScroll: true });
  announce(element.textContent);
  document.dispatchEvent(new CustomEvent("hear", { detail: { from: start - BEFORE, to: end + AFTER } }));
}
