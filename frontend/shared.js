// The page that a link leads to: a meeting to be read and heard, nothing to be changed.
import "./theme_toggle.js";
import "./menus.js";
import { findInTranscript } from "./find.js";
import { isTyping } from "./keys.js";
import { showPane } from "./panes.js";
import { listen } from "./player/listening.js";
import "./transcript/paper.js";

document.addEventListener("keydown", (event) => {
  if (isTyping(event)) return;
  if (event.key === "?") document.getElementById("keys").showModal();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});

document.body.classList.add("scripted");
listen();
findInTranscript();
showPane(document.querySelector("#minutes .statement") ? "minutes" : "transcript");
