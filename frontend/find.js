// Finds words in the transcript: Enter goes to the next place, Shift+Enter back.
import { sheet } from "./transcript/sheet.js";
import { fill } from "./words.js";

const SEARCH_AFTER = 200; // milliseconds without a key, where the server is asked

let places = [];
let current = -1;
let asked = 0;
let timer = 0;

export function findInTranscript() {
  const form = document.getElementById("find");
  form.hidden = false;
  const field = document.getElementById("find-text");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(field.value), sheet.isWhole ? 0 : SEARCH_AFTER);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") search((field.value = ""));
  });
}

function plain(text) {
  return text.toLocaleLowerCase().replaceAll("ё", "е");
}

async function search(text) {
  clearTimeout(timer);
  const mine = ++asked;
  const wanted = plain(text.trim());
  const found = wanted.length > 1 ? await segmentsWith(wanted) : [];
  if (mine !== asked || !found) return;
  places = found;
  current = -1;
  sheet.mark("found", places);
  if (places.length) go(1);
  else showCount(wanted.length > 1);
}

// The ids of the segments with these words, in order; the server knows those that are not in the page.
async function segmentsWith(wanted) {
  await sheet.ready;
  if (!sheet.isWhole) return ask(wanted);
  const has = ({ id }) => plain(sheet.rows.get(id).querySelector(".segment__text").textContent).includes(wanted);
  return sheet.outline.entries.filter(has).map(({ id }) => id);
}

async function ask(wanted) {
  const address = `${sheet.list.dataset.outline}?find=${encodeURIComponent(wanted)}`;
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  return response?.ok && !response.redirected ? (await response.json()).found : null;
}

function go(step) {
  if (!places.length) return;
  current = (current + step + places.length) % places.length;
  sheet.bring(places[current]);
  showCount(true);
}

function showCount(isSearching) {
  const labels = document.getElementById("find").dataset;
  const count = fill(labels.count, { number: current + 1, total: places.length });
  const text = places.length ? count : labels.none;
  document.getElementById("find-count").textContent = isSearching ? text : "";
}
