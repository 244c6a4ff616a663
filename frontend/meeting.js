// The page of one meeting: the sound, the words that follow it, and what happens to the recording.
import "./app.js";
import { routes } from "./api.js";
import { manageAttachments } from "./attachments.js";
import "./exports.js";
import { manageBookmarks, refreshBookmarks } from "./bookmarks.js";
import { findInTranscript } from "./find.js";
import { keepStates } from "./items.js";
import { showConnection } from "./live/connection.js";
import { showSegments } from "./live/segments.js";
import { tell } from "./live/notifications.js";
import { LiveSocket } from "./live/socket.js";
import { refresh } from "./live/refresh.js";
import { jobState, showInTitle, showStage, showTimeLeft } from "./live/stages.js";
import { showEnd } from "./live/tab.js";
import { isTyping } from "./keys.js";
import "./minutes_dialogs.js";
import { notify } from "./notices.js";
import "./minutes/editor.js";
import { isBusy, refreshMinutes } from "./minutes/pane.js";
import "./minutes/review.js";
import { showPane } from "./panes.js";
import { openPapers } from "./papers.js";
import { listen, showSpeakers } from "./player/listening.js";
import "./sharing.js";
import { heard, isWriting, refreshTranscript } from "./transcript/editing.js";
import { sheet } from "./transcript/sheet.js";

const ACTIVE = ["queued", "running"];
let player = null;

function startPlayer() {
  player ??= listen();
}

// The segment that a link from elsewhere leads to, e.g. where an action item was said.
function momentOf(hash) {
  return /^#segment-(\d+)$/.exec(hash)?.[1] ?? null;
}

async function showMoment() {
  const id = momentOf(location.hash);
  if (!id) return;
  showPane("transcript");
  const segment = await sheet.bring(id);
  if (!segment) return;
  sheet.mark("cited", [Number(id)]);
  player?.seek(Number(segment.dataset.start));
}

// A player that is there keeps its sound and what listens to it; who spoke comes anew.
function sound() {
  return player ? "talks" : "player";
}

// Minutes or words that somebody writes in are taken anew when they have finished.
function parts() {
  if (isBusy()) refreshMinutes();
  if (isWriting()) refreshTranscript();
  return ["job", "exports", "attachments", "bookmarks", ...(isWriting() ? [] : ["transcript"]), ...(isBusy() ? [] : ["minutes"]), sound()];
}

const on = {
  snapshot({ job }) {
    const shown = document.querySelector("[data-job]")?.dataset;
    if (!job) return;
    if (shown?.job !== job.id || shown.state !== job.state) refresh(...parts());
    for (const stage of job.stages) showStage(stage);
    showTimeLeft(job.eta_seconds);
  },
  stage(event) {
    showStage(event);
    if (event.state !== "succeeded") return;
    if (event.name === "convert") refresh(sound());
    if (event.name === "align") refresh("transcript", "exports", sound());
  },
  job(event) {
    if (event.state !== jobState()) refresh(...parts());
    showEnd(event.state);
    showTimeLeft(event.eta_seconds);
  },
  segments(event) {
    showSegments(event.segments);
  },
  minutes() {
    refreshMinutes();
  },
  attachment() {
    refresh("attachments");
  },
  bookmark() {
    refreshBookmarks();
  },
  edit: heard,
  gone() {
    notify(document.getElementById("main").dataset.gone, { href: "/" });
  },
  notification: tell,
};

new LiveSocket(routes.socket(document.getElementById("main").dataset.meeting), {
  message: (event) => on[event.type]?.(event),
  stale: () => refresh(...parts()),
  connected: showConnection,
});

// What somebody began to write while it was on its way stays, and is taken anew later.
document.addEventListener("refreshing", (event) => {
  const later = { minutes: isBusy() && refreshMinutes, transcript: isWriting() && refreshTranscript }[event.target.id];
  if (!later) return;
  event.preventDefault();
  later();
});

document.addEventListener("refreshed", (event) => {
  startPlayer();
  showSpeakers(player);
  showInTitle();
  if (event.target.id === "transcript") findInTranscript();
});

// What the transcript wants to be heard, or to be silent.
document.addEventListener("hear", ({ detail: { from, to, toggle } }) => {
  if (toggle && player?.isPlaying) player.toggle();
  else player?.seek(from, { play: true, until: to });
});
document.addEventListener("hush", () => player?.isPlaying && player.toggle());

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !isTyping(event)) document.getElementById("keys").showModal();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});

document.body.classList.add("scripted");
startPlayer();
keepStates();
manageAttachments();
manageBookmarks(() => player?.position ?? 0);
openPapers();
findInTranscript();
showInTitle();
showPane(ACTIVE.includes(jobState()) || momentOf(location.hash) ? "transcript" : "minutes");
showMoment();
addEventListener("hashchange", showMoment);
