// The segments on the page: found, and taken anew one by one, in their places.
import { mayStand, newQuestion } from "../live/answers.js";
import { tidy } from "../words.js";
import { sheet } from "./sheet.js";

export const labels = document.getElementById("segment-form")?.dataset;

export const list = () => document.querySelector("#transcript .segments");
export const mayEdit = () => Boolean(labels && list() && "editable" in list().dataset);
export const rowOf = (element) => element?.closest?.("#transcript .segment") ?? null;
export const rowById = (id) => document.getElementById(`segment-${id}`);
export const idOf = (row) => Number(row.id.replace("segment-", ""));
export const etagOf = (row) => `"${idOf(row)}-${row.dataset.revision}"`;
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
  await sheet.ready;
  const wanted = new Set(ids.map(Number));
  for (const id of ids) {
    const next = sheet.outline.at((sheet.outline.placeOf(id) ?? NaN) + 1);
    if (next) wanted.add(next.id);
  }
  const question = newQuestion();
  const page = await sheet.ask([...wanted]);
  if (!page) return;
  if (!mayStand("transcript", question)) return takeAnew(ids, held);
  document.getElementById("voices")?.replaceWith(page.getElementById("voices"));
  const told = [...wanted].map((id) => [id, page.getElementById(`segment-${id}`)]);
  const free = told.filter(([id, fresh]) => !(rowById(id) && held(rowById(id), fresh)));
  sheet.remove(free.filter(([, fresh]) => !fresh).map(([id]) => id));
  sheet.put(free.map(([, fresh]) => fresh).filter(Boolean));
  sheet.render();
  changed();
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
