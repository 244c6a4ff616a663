// The page of a meeting's speakers: samples are heard in the player, times are taken from it.
import "./app.js";
import { isTyping } from "./keys.js";
import { Player } from "./player/player.js";
import { clock } from "./words.js";

const samples = () => [...document.querySelectorAll("a[data-from]")];

function spanOf({ dataset }) {
  return { start: Number(dataset.from), end: Number(dataset.to), speaker: dataset.speaker };
}

function startPlayer() {
  const player = new Player();
  player.waveform.setSpans(samples().map(spanOf).sort((a, b) => a.start - b.start));
  document.addEventListener("click", (event) => {
    const sample = event.target.closest("a[data-from]");
    if (!sample || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { start, end } = spanOf(sample);
    player.seek(start, { play: true, until: end });
  });
  for (const button of document.querySelectorAll("[data-takes-time]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.getElementById(button.dataset.takesTime).value = clock(player.position);
    });
  }
}

// A name that is written means somebody new.
document.getElementById("reassign-new")?.addEventListener("input", ({ target }) => {
  if (target.value.trim()) document.getElementById("reassign-speaker").value = "";
});

function showKeys() {
  document.getElementById("keys").showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !isTyping(event)) showKeys();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) showKeys();
});

if (document.getElementById("audio")) startPlayer();
