// Find and replace: what would change is shown with its count before anything does.
import { ask, reason } from "../minutes/requests.js";
import { announce } from "../notices.js";
import { once } from "../once.js";
import { clock, fill } from "../words.js";
import { labels } from "./rows.js";

const LOOK_AFTER = 300; // milliseconds without a key
const LOOK_AGAIN_AFTER = 3000;

const dialog = document.getElementById("replace");
const form = dialog?.querySelector("form");
const button = form?.querySelector("[type=submit]");

let root = "";
let done = () => {};
let asked = 0;
let timer = 0;

export function openReplace(path, whenDone) {
  [root, done] = [path, whenDone];
  const sought = document.getElementById("find-text")?.value;
  if (sought) form.elements.find.value = sought;
  dialog.showModal();
  form.elements.find.select();
  look();
}

function wanted() {
  const { find, replace, match_case: matchCase, whole_words: wholeWords } = form.elements;
  return { find: find.value, replace: replace.value, match_case: matchCase.checked, whole_words: wholeWords.checked };
}

// Nothing can be replaced until the answer to these words is shown.
function lookSoon(milliseconds) {
  clearTimeout(timer);
  asked += 1;
  button.disabled = true;
  timer = setTimeout(look, milliseconds);
}

// The last question counts, whichever answer comes last.
async function look() {
  clearTimeout(timer);
  button.disabled = true;
  const mine = ++asked;
  const said = wanted();
  if (!said.find.trim()) return show({ hits: [], places: 0, segments_count: 0 });
  const answer = await ask("POST", `${root}replace/`, said);
  if (mine !== asked) return;
  if (answer.ok) return show(answer.body);
  showError(reason(answer));
  if (!answer.status && dialog.open) lookSoon(LOOK_AGAIN_AFTER);
}

function show({ hits, places, segments_count: segments }) {
  showError("");
  const count = form.querySelector("[data-count]");
  count.textContent = fill(labels.found, { places, segments });
  form.querySelector("[data-hits]").replaceChildren(...hits.map(hit));
  button.disabled = !hits.length;
}

function hit({ id, start, before, after }) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  label.className = "choice";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true, value: id });
  const words = document.createElement("span");
  const time = Object.assign(document.createElement("span"), { className: "quiet", textContent: clock(start) });
  const old = Object.assign(document.createElement("del"), { textContent: before });
  const fresh = Object.assign(document.createElement("ins"), { textContent: after });
  words.append(time, " ", old, " ", fresh);
  label.append(box, words);
  item.append(label);
  return item;
}

// What is shown, and nothing else: no other words since, no second press.
const replace = once(async () => {
  const boxes = [...form.querySelectorAll("[data-hits] input")];
  const segments = boxes.filter((box) => box.checked).map((box) => Number(box.value));
  if (!segments.length) return;
  const all = segments.length === boxes.length;
  const answer = await ask("POST", `${root}replace/`, { ...wanted(), dry_run: false, ...(all ? {} : { segments }) });
  if (!answer.ok) return refused(answer);
  dialog.close();
  announce(fill(labels.replaced, { number: answer.body.places }));
  done(answer.body.edit);
});

// Without an answer it may have been done: what stands there now is to be seen before it is asked for again.
function refused(answer) {
  showError(reason(answer));
  if (answer.status) return;
  form.elements.find.focus();
  lookSoon(LOOK_AGAIN_AFTER);
}

function showError(text) {
  const place = form.querySelector(".dialog__error");
  place.hidden = !text;
  place.textContent = text;
}

form?.addEventListener("input", (event) => {
  if (!event.target.closest("[data-hits]")) lookSoon(LOOK_AFTER);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  replace();
});
form?.querySelector("[data-close]").addEventListener("click", () => dialog.close());
