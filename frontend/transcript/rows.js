// The segments on the page: found, and taken anew one by one, in their places.
export const labels = document.getElementById("segment-form")?.dataset;

export const list = () => document.querySelector("#transcript .segments");
export const mayEdit = () => Boolean(labels && list() && "editable" in list().dataset);
export const rowOf = (element) => element?.closest?.("#transcript .segment") ?? null;
export const rowById = (id) => document.getElementById(`segment-${id}`);
export const idOf = (row) => Number(row.id.replace("segment-", ""));
export const etagOf = (row) => `"${idOf(row)}-${row.dataset.revision}"`;
export const tidy = (text) => text.split(/\s+/).filter(Boolean).join(" ");
export const textOf = (row) => tidy(row.querySelector(".segment__text").textContent);
export const timeOf = (row) => row.querySelector(".segment__time");

// The segment that keys are about: with the focus, sounding, or the first in sight.
export function currentRow() {
  const focused = rowOf(document.activeElement);
  if (focused) return focused;
  const sounding = document.querySelector("#transcript .segment.now");
  if (sounding) return sounding;
  const top = document.getElementById("player").getBoundingClientRect().bottom;
  return [...document.querySelectorAll("#transcript .segment")].find((row) => row.getBoundingClientRect().top >= top) ?? null;
}

// Asks the server for these segments; one in which somebody writes is given to ``held`` instead.
export async function takeAnew(ids, held = () => false) {
  const wanted = new Set(ids.map(Number));
  for (const id of ids) {
    const next = rowById(id)?.nextElementSibling;
    if (next?.id) wanted.add(idOf(next));
  }
  const address = `${location.pathname}segments/?segments=${[...wanted].join(",")}`;
  const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.getElementById("voices")?.replaceWith(page.getElementById("voices"));
  for (const id of wanted) put(id, page.getElementById(`segment-${id}`), held);
  for (const id of wanted) showTurn(rowById(id));
  changed();
}

function put(id, fresh, held) {
  const row = rowById(id);
  if (row && held(row, fresh)) return;
  if (!fresh) {
    row?.remove();
    return;
  }
  if (!row) {
    insert(fresh);
    return;
  }
  const isFocused = row.contains(document.activeElement);
  for (const name of ["cited", "found"]) fresh.classList.toggle(name, row.classList.contains(name));
  row.replaceWith(fresh);
  if (isFocused) timeOf(fresh).focus({ preventScroll: true });
}

function insert(fresh) {
  const place = (row) => [Number(row.dataset.start), Number(row.dataset.end), idOf(row)];
  const isBehind = (row) => {
    const [a, b] = [place(row), place(fresh)];
    const n = a.findIndex((value, at) => value !== b[at]);
    return n >= 0 && a[n] > b[n];
  };
  let after = list().lastElementChild;
  while (after && (!after.id || isBehind(after))) after = after.previousElementSibling;
  list().insertBefore(fresh, after ? after.nextElementSibling : list().firstElementChild);
  list().querySelector(":scope > .empty")?.remove();
}

function showTurn(row) {
  row?.classList.toggle("segment--turn", row.dataset.speaker !== row.previousElementSibling?.dataset.speaker);
}

let telling = 0;

// Who marks the words that sound or counts who speaks looks again, once for several changes.
function changed() {
  clearTimeout(telling);
  const tell = () => list()?.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
  telling = setTimeout(() => (window.requestIdleCallback ?? setTimeout)(tell), 250);
}

// A speaker's name everywhere, without taking the page anew.
export function showName(number, name) {
  const places = [`.segment[data-speaker="${number}"] .segment__name`, `#talks [data-voice="${number}"]`];
  for (const place of document.querySelectorAll(places.join(","))) place.textContent = name;
}
