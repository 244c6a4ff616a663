// From one uncertain word to the next, each shown and played.
import { announce } from "../notices.js";
import { rowOf, timeOf } from "./rows.js";

const BEFORE = 1; // seconds that are played before the word and after it
const AFTER = 0.7;

let last = null;

// Words in doubt, and segments in doubt that have none of them.
function places() {
  const found = [];
  for (const mark of document.querySelectorAll("#transcript .unsure, #transcript .badge--doubt")) {
    const row = rowOf(mark);
    if (mark.matches(".unsure")) found.push(placeOf(mark, row));
    else if (found.at(-1)?.row !== row) found.push(placeOf(row, row));
  }
  return found;
}

function placeOf(element, row) {
  return { element, row, start: Number(element.dataset.start), end: Math.min(Number(element.dataset.end), Number(element.dataset.start) + 6) };
}

function from() {
  const row = rowOf(document.activeElement);
  if (row && row.id !== last?.id) return Number(row.dataset.start) - 0.001;
  return last?.start ?? -1;
}

export const isUncertainRow = (row) => row.id === last?.id;

export function goToUncertain(step) {
  const at = from();
  const found = step > 0 ? places().find(({ start }) => start > at) : places().findLast(({ start }) => start < at);
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
