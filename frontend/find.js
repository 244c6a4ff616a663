// Finds words in the transcript: Enter goes to the next place, Shift+Enter back.
import { fill } from "./words.js";

let places = [];
let current = -1;

export function findInTranscript() {
  const form = document.getElementById("find");
  form.hidden = false;
  const field = document.getElementById("find-text");
  field.addEventListener("input", () => search(field.value));
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") search((field.value = ""));
  });
}

function plain(text) {
  return text.toLocaleLowerCase().replaceAll("ё", "е");
}

function search(text) {
  const wanted = plain(text.trim());
  places = [];
  current = -1;
  for (const segment of document.querySelectorAll("#transcript .segment")) {
    const isFound = wanted.length > 1 && plain(segment.querySelector(".segment__text").textContent).includes(wanted);
    segment.classList.toggle("found", isFound);
    if (isFound) places.push(segment);
  }
  if (places.length) go(1);
  else showCount(wanted.length > 1);
}

function go(step) {
  if (!places.length) return;
  current = (current + step + places.length) % places.length;
  places[current].scrollIntoView({ block: "center" });
  showCount(true);
}

function showCount(isSearching) {
  const labels = document.getElementById("find").dataset;
  const count = fill(labels.count, { number: current + 1, total: places.length });
  const text = places.length ? count : labels.none;
  document.getElementById("find-count").textContent = isSearching ? text : "";
}
