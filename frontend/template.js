// The editor of a template: sections added, moved, dropped; saved through the API; tried on a meeting.
import "./app.js";
import { announce } from "./notices.js";
import { ask, create } from "./minutes/requests.js";
import { once } from "./once.js";
import { connectPreview } from "./template/preview.js";
import { addSection, documentOf, label, moveSection, refreshAll } from "./template/sections.js";

const form = document.getElementById("template");
const list = document.getElementById("sections");
let changes = 0;
let saved = 0; // how many of the changes are

function showProblems(sentences) {
  const place = document.getElementById("problems");
  place.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })),
  );
  place.hidden = sentences.length === 0;
  if (sentences.length) place.scrollIntoView({ block: "nearest" });
}

function sentencesOf({ status, body }) {
  if (!status) return [form.dataset.away];
  const told = Object.values(body.errors ?? {}).flatMap(sentences);
  return [...new Set([body.detail, ...told].filter(Boolean))];
}

function sentences(error) {
  return typeof error === "string" ? [error] : Object.values(error).flatMap(sentences);
}

const sections = () => [...list.children].map(documentOf);

const save = once(async () => {
  const { id, workspace } = form.dataset;
  const told = {
    name: form.elements.name.value.trim(),
    layout: form.elements.layout.value,
    sections: sections(),
  };
  const mine = changes;
  const answer = id
    ? await ask("PATCH", `templates/${id}/`, told, { "If-Match": form.dataset.etag })
    : await create("templates/", { ...told, workspace: Number(workspace) });
  // Also where somebody else was quicker: who then saves again has been told.
  if (answer.etag) form.dataset.etag = answer.etag;
  showProblems(answer.ok ? [] : sentencesOf(answer));
  if (!answer.ok) return;
  saved = mine; // not what was changed meanwhile
  form.dataset.id ||= answer.body.id;
  announce(form.dataset.saved);
  if (!id) location.assign(form.dataset.page.replace("KEY", answer.body.id));
  else document.querySelector("h1").textContent = answer.body.name;
});

function drop(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  refreshAll(list);
  announce(form.dataset.dropped);
  (next?.querySelector('[data-act="drop"]') ?? form.querySelector('[data-act="add"]')).focus();
}

const acts = {
  add: () => addSection(list).querySelector("input").focus(),
  drop,
  up: (row) => move(row, -1, "up"),
  down: (row) => move(row, 1, "down"),
};

function move(row, step, act) {
  if (moveSection(row, step)) announce(`${form.dataset.moved}: ${label(row)}`);
  const button = row.querySelector(`[data-act="${act}"]`);
  button.focus();
  // At either end the button is gone; its opposite is the next at hand.
  if (document.activeElement !== button) row.querySelector(`[data-act="${act === "up" ? "down" : "up"}"]`).focus();
}

function start() {
  refreshAll(list);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    changes += 1;
    acts[button.dataset.act](button.closest(".part"));
  });
  form.addEventListener("input", () => {
    changes += 1;
    refreshAll(list);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  addEventListener("beforeunload", (event) => {
    if (changes !== saved) event.preventDefault();
  });
  document.getElementById("delete-template")?.addEventListener("submit", () => {
    saved = changes;
  });
  connectPreview(sections, (answer) => showProblems(sentencesOf(answer)), () => showProblems([]));
}

if (form) start();
