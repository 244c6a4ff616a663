// The editor of a template: sections added, moved, dropped; saved through the API; tried on a meeting.
import "./app.js";
import { announce } from "./notices.js";
import { ask } from "./minutes/requests.js";
import { connectPreview } from "./template/preview.js";
import { addSection, documentOf, label, moveSection, refreshAll } from "./template/sections.js";

const form = document.getElementById("template");
const list = document.getElementById("sections");
let isChanged = false;

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

async function save() {
  const { id, workspace } = form.dataset;
  const told = {
    name: form.elements.name.value.trim(),
    layout: form.elements.layout.value,
    sections: sections(),
  };
  const answer = id
    ? await ask("PATCH", `templates/${id}/`, told, { "If-Match": form.dataset.etag })
    : await ask("POST", "templates/", { ...told, workspace: Number(workspace) });
  // Also where somebody else was quicker: who then saves again has been told.
  if (answer.etag) form.dataset.etag = answer.etag;
  showProblems(answer.ok ? [] : sentencesOf(answer));
  if (!answer.ok) return;
  isChanged = false;
  announce(form.dataset.saved);
  if (!id) location.assign(form.dataset.page.replace("KEY", answer.body.id));
  else document.querySelector("h1").textContent = answer.body.name;
}

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
    isChanged = true;
    acts[button.dataset.act](button.closest(".part"));
  });
  form.addEventListener("input", () => {
    isChanged = true;
    refreshAll(list);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
  document.getElementById("delete-template")?.addEventListener("submit", () => {
    isChanged = false;
  });
  connectPreview(sections, (answer) => showProblems(sentencesOf(answer)), () => showProblems([]));
}

if (form) start();
