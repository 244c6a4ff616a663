// The page of action items: j and k go from item to item, x ticks, z takes the last tick back.
import "./app.js";
import { keepStates, undoLast } from "./items.js";
import { isTyping, latin } from "./keys.js";

const rows = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.activeElement.closest?.("[data-item]");

function go(step) {
  const all = rows();
  const place = all.indexOf(current());
  const next = all[place < 0 ? 0 : Math.min(all.length - 1, Math.max(0, place + step))];
  (next?.querySelector(".item__moment") ?? next?.querySelector("button, a"))?.focus();
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: () => current()?.querySelector("button.tick")?.click(),
  z: () => undoLast(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[latin(event)];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
  if (event.target.matches("[data-selects]")) event.target.select();
});
keepStates();
