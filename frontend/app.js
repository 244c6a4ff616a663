// What every page has: notices that stay until dismissed, the theme, the search key, choices that act at once.
import "./theme_toggle.js";
import "./allow.js";
import "./menus.js";
import "./recorder/reminder.js";
import { isTyping } from "./keys.js";
import { pollWaiting } from "./poll.js";

pollWaiting();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) button.closest(".notice").remove();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
