// Dialogs that a button opens and whose form goes to the API.
import { csrfToken, randomKey } from "./api.js";

// The dialog's form with the button that opened it; the address is the button's.
export function connect(name, { open = () => {}, method, document: documentOf, done }) {
  const dialog = document.getElementById(name);
  if (!dialog) return;
  const form = dialog.querySelector("form");
  let opener = null;
  let key = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest(`[data-open="${name}"]`);
    if (!button) return;
    opener = { ...button.dataset };
    key = randomKey();
    tell(form, "");
    open(form, opener);
    dialog.showModal();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  form.addEventListener("input", () => tell(form, ""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = documentOf(form);
    if (!sent) return;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const error = await send(opener.address, method, sent, key, form.dataset.failed);
      tell(form, error);
      if (error) return;
      dialog.close();
      done(form);
    } finally {
      button.disabled = false;
    }
  });
}

export function tell(form, text) {
  const place = form.querySelector("[data-error]");
  place.hidden = !text;
  place.textContent = text;
}

// What went wrong, in the server's words; empty when nothing did.
async function send(address, method, body, key, failed) {
  const response = await fetch(address, {
    method,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken(),
      "Idempotency-Key": key,
    },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response?.ok) return "";
  const problem = await response?.json().catch(() => null);
  if (!problem) return failed;
  const details = Object.values(problem.errors ?? {}).flatMap(sentences);
  return [...new Set([problem.detail, ...details])].join(" ");
}

function sentences(error) {
  return typeof error === "string" ? [error] : Object.values(error).flatMap(sentences);
}
