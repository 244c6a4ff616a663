// From the draft to the signature: dialogs for the steps, comments, a further version.
import { once } from "../once.js";
import { minutesId, pane, refreshMinutes } from "./pane.js";
import { ask, reason, tell, tellNew } from "./requests.js";

const bodies = {
  review: (form) => ({ reviewers: new FormData(form).getAll("reviewers").map(Number) }),
  regenerate: (form) => ({ overwrite: new FormData(form).has("overwrite") }),
  return: (form) => ({ reason: new FormData(form).get("reason") }),
  approve: () => undefined,
};

const step = once(async (form) => {
  const { step: name } = form.dataset;
  const answer = await ask("POST", `minutes/${minutesId()}/${name}/`, bodies[name](form));
  const error = form.querySelector(".dialog__error");
  error.hidden = answer.ok;
  if (!answer.ok) {
    error.textContent = reason(answer);
    return;
  }
  form.closest("dialog").close();
  await refreshMinutes();
  pane().focus();
});

const comment = once(async (form) => {
  const text = form.elements.text.value.trim();
  if (!text) return;
  const answer = await tellNew(`minutes/${minutesId()}/comments/`, { text, lineage: form.dataset.lineage || null });
  if (!answer.ok) return;
  form.reset();
  await refreshMinutes();
  document.querySelector(`[data-comment="${answer.body.id}"] [data-settle]`)?.focus();
});

function open(details) {
  details.open = true;
  details.querySelector("textarea").focus();
}

const settle = once(async (button) => {
  const { comment: id } = button.closest("[data-comment]").dataset;
  await tell("PATCH", `comments/${id}/`, { resolved: button.dataset.settle === "true" });
  await refreshMinutes();
  document.querySelector(`[data-comment="${id}"] [data-settle]`)?.focus();
});

const newVersion = once(async () => {
  const answer = await tellNew(`minutes/${minutesId()}/versions/`);
  if (!answer.ok) return;
  history.replaceState(null, "", location.pathname);
  await refreshMinutes();
  pane().focus();
});

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (form.matches("#minutes form[data-step]")) step(form);
  else if (form.matches("#minutes .remarks__form")) comment(form);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("#minutes button");
  if (!button) return;
  if (button.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  else if ("close" in button.dataset) button.closest("dialog").close();
  else if ("comments" in button.dataset) open(button.closest(".statement").querySelector(".remarks__new"));
  else if (button.dataset.settle) settle(button);
  else if ("newVersion" in button.dataset) newVersion();
});
