// Who changed what and when; back to any state.
import { tell } from "../minutes/requests.js";
import { announce } from "../notices.js";
import { once } from "../once.js";
import { labels } from "./rows.js";

const dialog = document.getElementById("history");
const place = dialog.querySelector("[data-edits]");

let root = "";
let done = () => {};

export async function openHistory(path, whenDone) {
  [root, done] = [path, whenDone];
  place.replaceChildren();
  dialog.showModal();
  await more("");
}

async function more(before) {
  const address = `${location.pathname}history/?before=${before}`;
  const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  place.append(...page.body.childNodes);
}

const restore = once(async (number) => {
  const answer = await tell("POST", `${root}restore/`, { number });
  dialog.close();
  if (!answer.ok) return;
  announce(labels.restored);
  if (answer.status !== 204) done(answer.body);
});

dialog.addEventListener("click", (event) => {
  const { target: button } = event;
  if (button.dataset.restore) restore(Number(button.dataset.restore));
  if (!("earlier" in button.dataset)) return;
  const shown = place.querySelectorAll("[data-number]");
  button.remove();
  more(shown[shown.length - 1].dataset.number);
});
