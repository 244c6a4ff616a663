// The page of a meeting's speakers: samples are heard in the player, times are taken from it, and
// what others change is shown unless it would take away what somebody writes.
import "./app.js";
import { routes } from "./api.js";
import { isTyping } from "./keys.js";
import { showConnection } from "./live/connection.js";
import { LiveSocket } from "./live/socket.js";
import { refresh } from "./live/refresh.js";
import { notify } from "./notices.js";
import { Player } from "./player/player.js";
import { clock } from "./words.js";

const samples = () => [...document.querySelectorAll("a[data-from]")];

function spanOf({ dataset }) {
  return { start: Number(dataset.from), end: Number(dataset.to), speaker: dataset.speaker };
}

const main = document.getElementById("main").dataset;
let player = null;

function showSpans() {
  player?.waveform.setSpans(samples().map(spanOf).sort((a, b) => a.start - b.start));
}

// Fields that need the player, or one another.
function prepare() {
  for (const button of document.querySelectorAll("[data-takes-time]")) button.hidden = !player;
  showSpans();
}

function startPlayer() {
  player = new Player();
  document.addEventListener("click", (event) => {
    const sample = event.target.closest("a[data-from]");
    if (!sample || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { start, end } = spanOf(sample);
    player.seek(start, { play: true, until: end });
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-takes-time]");
    if (button) document.getElementById(button.dataset.takesTime).value = clock(player.position);
  });
}

// A name that is written means somebody new.
document.addEventListener("input", ({ target }) => {
  if (target.id === "reassign-new" && target.value.trim()) document.getElementById("reassign-speaker").value = "";
});

const isWritten = (field) => (field.matches("select") ? field.selectedIndex > 0 : field.value !== field.defaultValue);

// Somebody wrote something here that was not sent, or is about to.
function isInUse(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")];
  return fields.some((field) => field === document.activeElement || isWritten(field)) || Boolean(part.querySelector("details[open]"));
}

document.addEventListener("refreshing", (event) => {
  if (!isInUse(event.target)) return;
  event.preventDefault();
  if (!document.querySelector(".notice--doubt")) notify(main.changed, { kind: "doubt", href: location.pathname + location.search });
});
document.addEventListener("refreshed", prepare);

const showChanges = () => refresh("airtime", "voices");
const on = {
  edit: showChanges,
  job({ state }) {
    if (document.getElementById("voices")) showChanges();
    else if (state === "succeeded") location.reload(); // nobody was heard until now
  },
  gone: () => notify(main.gone, { href: "/" }),
};
new LiveSocket(routes.socket(main.meeting), {
  message: (event) => on[event.type]?.(event),
  stale: showChanges,
  connected: showConnection,
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
prepare();
