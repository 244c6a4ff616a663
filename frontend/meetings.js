// The list of meetings: drops are sent at once, rows go on by themselves.
import "./app.js";
import { routes } from "./api.js";
import { acceptDrops } from "./drop.js";
import { showConnection } from "./live/connection.js";
import { tell } from "./live/notifications.js";
import { refresh } from "./live/refresh.js";
import { LiveSocket } from "./live/socket.js";
import { showEnd, showInTab } from "./live/tab.js";
import { Uploads } from "./uploads.js";
import { lasting } from "./words.js";

const ACTIVE = ["queued", "running"];
const LIST = ["rows", "states", "pages"];
const RUNNING = '[data-job-state="queued"], [data-job-state="running"]';
const sought = new Set(); // meetings that were looked for: another page or a filter may hide them
const rowOf = (meeting) => document.querySelector(`.row[data-meeting="${meeting}"]`);

if (document.getElementById("uploads")) {
  const uploads = new Uploads({ finished: () => refresh(...LIST) });
  acceptDrops((files) => files.forEach((file) => uploads.add(file)));
}

function seek(meeting) {
  if (sought.has(meeting)) return;
  sought.add(meeting);
  refresh(...LIST);
}

// How far all rows together are that are worked on; null where there are none.
function showProgress() {
  const shares = [...document.querySelectorAll(`#rows :is(${RUNNING})`)].map(shareDone);
  showInTab(shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null);
}

function shareDone(state) {
  const parts = [...state.querySelectorAll("[data-track]")];
  const all = parts.reduce((sum, part) => sum + Number(part.dataset.weight), 0);
  const done = parts.reduce((sum, part) => sum + Number(part.dataset.weight) * part.value, 0);
  return all ? done / all : 0;
}

const on = {
  notification: tell,
  gone: () => refresh(...LIST),
  back: () => refresh(...LIST),
  snapshot({ meetings }) {
    const shown = document.querySelectorAll(RUNNING);
    const active = new Map(meetings.map(({ meeting, job }) => [meeting, job.state]));
    const isSame = (state) => active.get(state.closest(".row").dataset.meeting) === state.dataset.jobState;
    if (![...shown].every(isSame)) refresh(...LIST);
    for (const { meeting } of meetings) if (!rowOf(meeting)) seek(meeting);
  },
  stage(event) {
    const row = rowOf(event.meeting);
    if (!row) seek(event.meeting);
    const part = row?.querySelector(`[data-track="${event.name}"]`);
    if (!part) return;
    part.value = ["succeeded", "skipped"].includes(event.state) ? 1 : event.progress;
    part.dataset.state = event.state;
    if (event.state === "running") part.closest(".row").querySelector("[data-stage-now]").textContent = part.dataset.label;
    showProgress();
  },
  job(event) {
    const state = rowOf(event.meeting)?.querySelector("[data-job-state]");
    showEnd(event.state);
    if (!state && ACTIVE.includes(event.state)) {
      seek(event.meeting);
      return;
    }
    if (state?.dataset.jobState !== event.state || !ACTIVE.includes(event.state)) {
      refresh(...LIST);
      return;
    }
    state.querySelector("[data-eta]").textContent = event.eta_seconds ? `≈ ${lasting(event.eta_seconds)}` : "";
  },
};

new LiveSocket(
  routes.socket(),
  {
    message: (event) => on[event.type]?.(event),
    stale: () => refresh(...LIST),
    connected: showConnection,
  },
  { brief: true },
);

document.addEventListener("refreshed", showProgress);
showProgress();
