// The documents of a meeting: attached, removed, and the agenda taken from one.
import { csrfToken, randomKey } from "./api.js";
import { refresh } from "./live/refresh.js";
import { reason, tell } from "./minutes/requests.js";
import { announce, notify } from "./notices.js";
import { once } from "./once.js";

const panel = () => document.getElementById("attachments");

// What became of a document that was sent: {ok, body} as the API answers.
async function attach(file) {
  const body = new FormData();
  body.append("meeting", document.getElementById("main").dataset.meeting);
  body.append("file", file, file.name);
  const headers = { "X-CSRFToken": csrfToken(), "Idempotency-Key": randomKey(), Accept: "application/json" };
  const response = await fetch("/api/v1/attachments/", { method: "POST", headers, body }).catch(() => null);
  if (!response) return { ok: false, body: {} };
  return { ok: response.ok, body: await response.json().catch(() => ({})) };
}

async function attachAll(input) {
  const { sending, sent, broken } = panel().dataset;
  const files = [...input.files];
  input.value = ""; // so that one that failed can be chosen again
  announce(sending);
  for (const file of files) {
    const answer = await attach(file);
    if (answer.ok) announce(sent);
    else notify(`${file.name}: ${answer.body.detail ? reason(answer) : broken}`);
  }
  await refresh("attachments");
}

const remove = once(async (row) => {
  if (!confirm(`${panel().dataset.sure} ${row.dataset.name}`)) return;
  const answer = await tell("DELETE", `attachments/${row.dataset.attachment}/`);
  if (!answer.ok) return;
  await refresh("attachments");
  panel().querySelector("summary").focus();
});

const proposeAgenda = once(async (row) => {
  const answer = await tell("GET", `attachments/${row.dataset.attachment}/agenda/`);
  if (!answer.ok) return;
  const dialog = document.getElementById("agenda-dialog");
  const form = dialog.querySelector("form");
  const { items } = answer.body;
  form.querySelector(".form__told").textContent = items.length ? form.dataset.found : form.dataset.none;
  form.elements.items.value = items.join("\n");
  form.elements.items.rows = Math.min(16, Math.max(6, items.length + 2));
  form.querySelector(".dialog__error").hidden = true;
  dialog.showModal();
  form.elements.items.focus();
});

const setAgenda = once(async (form) => {
  const agenda = form.elements.items.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const answer = await tell("PATCH", `meetings/${document.getElementById("main").dataset.meeting}/`, { agenda });
  const error = form.querySelector(".dialog__error");
  error.hidden = answer.ok;
  if (!answer.ok) {
    error.textContent = reason(answer);
    return;
  }
  form.closest("dialog").close();
  notify(form.dataset.set, { kind: "good" });
  refresh("agenda");
});

const acts = { agenda: proposeAgenda, remove };

export function manageAttachments() {
  panel().addEventListener("refreshed", () => {
    const isEmpty = !panel().querySelector("[data-attachment]");
    panel().hidden = isEmpty && !document.getElementById("attach");
    panel().open ||= !isEmpty;
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "attach") attachAll(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#attachments [data-act-on]");
    if (button) acts[button.dataset.actOn](button.closest("[data-attachment]"));
    if (event.target.closest("#agenda-dialog [data-close]")) document.getElementById("agenda-dialog").close();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#agenda-dialog form")) return;
    event.preventDefault();
    setAgenda(event.target);
  });
}
