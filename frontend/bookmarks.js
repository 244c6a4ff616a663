// Moments marked for oneself, or with a comment for everybody: made, listed, heard, settled, removed.
import { rememberOpen } from "./choices.js";
import { isTyping, latin } from "./keys.js";
import { refresh } from "./live/refresh.js";
import { create, reason, tell } from "./minutes/requests.js";
import { announce } from "./notices.js";
import { once } from "./once.js";
import { showPane } from "./panes.js";
import { sheet } from "./transcript/sheet.js";
import { clock } from "./words.js";

const dialog = document.getElementById("bookmark");
const form = dialog.querySelector("form");
const { text, shared } = form.elements;
const meeting = document.getElementById("main").dataset.meeting;

let at = 0;
let position = () => 0;

const place = () => document.getElementById("bookmarks");
export const refreshBookmarks = () => refresh("bookmarks");

// ``now`` tells the moment that sounds, seconds.
export function manageBookmarks(now) {
  position = now;
  rememberOpen(place(), place().dataset.person);
  showInWords();
}

function open() {
  const row = document.activeElement?.closest("#transcript .segment");
  at = row ? Number(row.dataset.start) : position();
  form.reset();
  showError("");
  form.querySelector("[data-time]").textContent = clock(at);
  dialog.showModal();
  text.focus();
}

const submit = once(async () => {
  const body = { at: Math.round(at * 100) / 100, text: text.value.trim(), shared: Boolean(shared?.checked) };
  const answer = await create(`meetings/${meeting}/bookmarks/`, body);
  if (!answer.ok) return showError(reason(answer));
  dialog.close();
  announce(dialog.dataset.marked);
  await refreshBookmarks();
});

function showError(words) {
  const line = form.querySelector(".dialog__error");
  line.hidden = !words;
  line.textContent = words;
}

const act = once(async (button, id) => {
  const isRemoved = "removes" in button.dataset;
  const answer = isRemoved
    ? await tell("DELETE", `bookmarks/${id}/`)
    : await tell("PATCH", `bookmarks/${id}/`, { resolved: button.dataset.settles === "true" });
  if (!answer.ok) return;
  if (isRemoved) announce(dialog.dataset.removed);
  await refreshBookmarks();
  if (!place().contains(document.activeElement)) place().querySelector("[data-bookmark]").focus();
});

async function hear(seconds) {
  showPane("transcript");
  document.dispatchEvent(new CustomEvent("hear", { detail: { from: seconds, to: null } }));
  await sheet.ready;
  const entry = sheet.outline.at(Math.max(0, sheet.outline.placeAt(seconds + 0.02)));
  if (entry) sheet.bring(entry.id);
}

// A flag beside the time of every segment that has a mark.
function showInWords() {
  const times = [...place().querySelectorAll("[data-at]")].map(({ dataset }) => Number(dataset.at));
  const entries = times.map((seconds) => sheet.outline.at(sheet.outline.placeAt(seconds + 0.02)));
  sheet.mark("marked", entries.filter(Boolean).map(({ id }) => id));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.querySelector("[data-close]").addEventListener("click", () => dialog.close());

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-bookmark]")) return open();
  const bookmark = event.target.closest("#bookmarks .bookmark");
  const button = bookmark && event.target.closest("[data-settles], [data-removes]");
  if (button) act(button, bookmark.dataset.id);
  if (!bookmark || !event.target.closest("[data-hear]")) return;
  event.preventDefault();
  hear(Number(bookmark.dataset.at));
});
document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || latin(event) !== "b") return;
  event.preventDefault();
  open();
});
document.addEventListener("refreshed", ({ target }) => {
  if (target.id === "bookmarks" || target.closest("#transcript")) showInWords();
});
