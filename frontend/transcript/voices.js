// Who speaks: chosen, new, renamed, merged; in one segment, a stretch, or everywhere.
import { ask, reason } from "../minutes/requests.js";
import { once } from "../once.js";
import { etagOf, idOf, rowById, rowOf } from "./rows.js";
import { sheet } from "./sheet.js";

const dialog = document.getElementById("voice");
const form = dialog?.querySelector("form");
const meeting = document.getElementById("main").dataset.meeting;

let row = null;
let selected = [];
let done = () => {};

const voices = () => [...document.querySelectorAll("#voices li")].map((item) => ({ ...item.dataset, shown: item.textContent }));
const ofRow = () => voices().find(({ number }) => number === row.dataset.speaker);

export function openVoices(of, whenDone) {
  [row, done] = [of, whenDone];
  selected = selectedIds();
  form.reset();
  showError("");
  form.querySelector("[data-voices]").replaceChildren(...voices().map(choice));
  const mine = ofRow();
  form.elements.voice.value = mine?.label ?? "new";
  form.querySelector('[data-where="selected"]').hidden = selected.length < 2;
  form.querySelector('[data-where="all"]').hidden = !mine;
  form.elements.where.value = selected.length > 1 ? "selected" : "here";
  dialog.showModal();
}

function choice({ label, shown, number }) {
  const item = document.createElement("label");
  item.className = "choice";
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "voice", value: label });
  const marker = document.createElement("span");
  marker.className = `marker speaker-${((Number(number) - 1) % 12) + 1}`;
  marker.setAttribute("aria-hidden", "true");
  marker.textContent = number;
  const name = document.createElement("span");
  name.textContent = shown;
  item.append(input, " ", marker, " ", name);
  return item;
}

// The ids of the segments in which words are selected, also of those that have been scrolled away.
function selectedIds() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return [];
  const range = selection.getRangeAt(0);
  const touched = [...document.querySelectorAll("#transcript .segment")].filter((found) => range.intersectsNode(found.querySelector(".segment__text")));
  if (!touched.length) return [];
  const [first, last] = [touched[0], touched.at(-1)].map((found) => sheet.outline.placeOf(idOf(found)));
  return sheet.outline.entries.slice(first, last + 1).map(({ id }) => id);
}

// Those of the segments from here until somebody else speaks.
function turn() {
  const first = sheet.outline.placeOf(idOf(row));
  let last = first;
  while (last + 1 < sheet.outline.length && !sheet.outline.isTurn(last + 1)) last += 1;
  return sheet.outline.entries.slice(first, last + 1).map(({ id }) => id);
}

const chosen = (where) => ({ here: [idOf(row)], turn: turn(), selected })[where];

// What is asked of the server: [method, path, body, headers].
function request() {
  const { voice, where, name } = form.elements;
  const isNew = voice.value === "new";
  const told = isNew ? { new_speaker: name.value.trim() } : { speaker: voice.value };
  const ids = chosen(where.value);
  const mine = ofRow();
  if (!ids && isNew) return ["PATCH", `speakers/${mine.id}/`, { name: name.value.trim() }];
  if (!ids) {
    const into = voices().find(({ label }) => label === voice.value);
    return ["POST", `speakers/${mine.id}/merge/`, { into: Number(into.id) }];
  }
  if (ids.length === 1) return ["PATCH", `segments/${idOf(row)}/`, told, { "If-Match": etagOf(row) }];
  return ["POST", `meetings/${meeting}/transcript/reassign/`, { first: ids[0], last: ids.at(-1), ...told }];
}

const submit = once(async () => {
  row = rowById(idOf(row)) ?? row;
  const everywhere = form.elements.where.value === "all";
  if (everywhere && form.elements.voice.value === ofRow()?.label) return dialog.close();
  const touched = chosen(form.elements.where.value) ?? [];
  const answer = await ask(...request());
  if (!answer.ok) return showError(reason(answer));
  dialog.close();
  getSelection().removeAllRanges();
  done({ segments: touched, speakers: everywhere ? [1] : [] });
});

function showError(text) {
  const place = form.querySelector(".dialog__error");
  place.hidden = !text;
  place.textContent = text;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.elements.voice.value === "new" && !form.elements.name.value.trim()) form.elements.name.focus();
  else submit();
});
form?.elements.name.addEventListener("input", () => {
  form.elements.voice.value = "new";
  // A name for a voice that has none is meant for all that it says.
  if (ofRow() && !ofRow().name && form.elements.where.value === "here") form.elements.where.value = "all";
});
form?.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog?.addEventListener("close", () => rowOf(row)?.querySelector(".segment__time").focus({ preventScroll: true }));
