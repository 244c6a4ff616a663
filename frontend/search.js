// The page of a search: moments are heard where they stand; j and k go from one to the next.
import "./app.js";
import { isTyping, latin } from "./keys.js";
import { askAnew } from "./player/anew.js";

const audio = document.getElementById("audio");
let heard = null; // the moment's link
let until = 0;

const moments = () => [...document.querySelectorAll("[data-moment]")];
const current = () => document.activeElement.closest?.("[data-moment]");

function stop() {
  audio.pause();
  heard?.classList.remove("moment__hear--now");
  heard = null;
}

async function hear(link) {
  stop();
  heard = link;
  until = Number(link.dataset.to);
  link.classList.add("moment__hear--now");
  const source = link.href.split("#")[0];
  if (audio.src !== source) audio.src = source;
  audio.currentTime = Number(link.dataset.from);
  await audio.play().catch(({ name }) => name === "AbortError" || stop()); // aborted: it is asked for anew
}

function toggle(link) {
  if (link === heard) stop();
  else if (link) hear(link);
}

function go(step) {
  const all = moments();
  const place = all.indexOf(current());
  const next = all[place < 0 ? 0 : Math.min(all.length - 1, Math.max(0, place + step))];
  next?.querySelector(".moment__link").focus();
}

function showKeys() {
  document.getElementById("keys").showModal();
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  " ": () => toggle(current().querySelector("[data-from]")),
  "?": showKeys,
};

askAnew(audio);
audio.addEventListener("timeupdate", () => {
  if (heard && audio.currentTime >= until) stop();
});
audio.addEventListener("ended", stop);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-from]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggle(link);
});
document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[latin(event)];
  if (!act || (event.key === " " && !current())) return;
  event.preventDefault();
  act();
});
