// Takes parts of the page anew from the server: one rendering, in the templates.
import { mayStand, newQuestion } from "./answers.js";
import { showSignedOut } from "./connection.js";
import { saysTheSame, takeHiddenFields } from "./same.js";

const wanted = new Set();
let isBusy = false;

export async function refresh(...ids) {
  for (const id of ids) wanted.add(id);
  if (isBusy) return;
  isBusy = true;
  try {
    while (wanted.size) {
      const now = [...wanted];
      wanted.clear();
      await take(now);
    }
  } finally {
    isBusy = false;
  }
}

async function take(ids) {
  const question = newQuestion();
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return;
  showSignedOut(response.redirected);
  if (response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ids) {
    if (mayStand(id, question)) replace(document.getElementById(id), page.getElementById(id));
    else wanted.add(id);
  }
}

function replace(old, fresh) {
  if (!old || !fresh) return;
  if (saysTheSame(old, fresh)) {
    takeHiddenFields(old, fresh);
    return;
  }
  const isTaken = old.dispatchEvent(new CustomEvent("refreshing", { bubbles: true, cancelable: true, detail: { fresh } }));
  if (!isTaken) return;
  const focused = old.contains(document.activeElement) && document.activeElement.closest("[id]").id;
  old.replaceChildren(...fresh.childNodes);
  if (focused && focused !== old.id) focusIn(document.getElementById(focused));
  old.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
}

function focusIn(part) {
  const control = part?.matches("a, button, input, textarea, select") ? part : part?.querySelector("a, button");
  control?.focus({ preventScroll: true });
}
