// Ticks of action items: kept at once, undone by one press; without scripts the forms are sent.
import { csrfToken } from "./api.js";
import { announce, notify } from "./notices.js";

const ticked = [];

export function keepStates() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-state-form]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    setState(form.closest("[data-item]"), event.submitter.value);
  });
}

export function undoLast() {
  const last = ticked.pop();
  if (last) setState(last.row, last.before, { isUndo: true });
}

async function setState(row, state, { isUndo = false } = {}) {
  const before = row.dataset.state;
  if (before === state) return;
  const form = row.querySelector("[data-state-form]");
  const body = new FormData(form);
  body.set("state", state);
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
  if (!answer?.ok) {
    notify(form.dataset.failed);
    return;
  }
  if (!isUndo) ticked.push({ row, before });
  show(row, state);
}

function show(row, state) {
  row.dataset.state = state;
  const tick = row.querySelector(".tick");
  if (tick) {
    tick.value = state === "open" ? "done" : "open";
    tick.setAttribute("aria-pressed", String(state === "done"));
  }
  const had = row.contains(document.activeElement);
  for (const part of row.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(state);
    if (part.dataset.undoLabel) part.textContent = part.dataset.undoLabel;
  }
  if (had && document.activeElement?.hidden !== false) (tick ?? row.querySelector("button:not([hidden])"))?.focus();
  announce(row.querySelector("[data-state-form]").dataset[state] ?? "");
}
