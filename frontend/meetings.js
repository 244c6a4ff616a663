// The list of meetings: drops are sent at once, rows go on by themselves.
import "./app.js";
import { routes } from "./api.js";
import { acceptDrops } from "./drop.js";
import { tell } from "./live/notifications.js";
import { refresh } from "./live/refresh.js";
import { LiveSocket } from "./live/socket.js";
import { Uploads } from "./uploads.js";
import { attachTo } from "./uploads/documents.js";
import { lasting } from "./words.js";

const ACTIVE = ["queued", "running"];
const rowOf = (meeting) => document.querySelector(`.row[data-meeting="${meeting}"]`);

if (document.getElementById("uploads")) {
  const uploads = new Uploads({
    finished(meeting, _queue, documents) {
      refresh("rows");
      attachTo(meeting, documents);
    },
  });
  acceptDrops((files) => files.forEach((file) => uploads.add(file)));
}

const on = {
  notification: tell,
  gone: () => refresh("rows"),
  back: () => refresh("rows"),
  snapshot({ meetings }) {
    const shown = document.querySelectorAll('[data-job-state="queued"], [data-job-state="running"]');
    const active = new Map(meetings.map(({ meeting, job }) => [meeting, job.state]));
    const isSame = (state) => active.get(state.closest(".row").dataset.meeting) === state.dataset.jobState;
    if (![...shown].every(isSame)) refresh("rows");
  },
  stage(event) {
    const part = rowOf(event.meeting)?.querySelector(`[data-track="${event.name}"]`);
    if (!part) return;
    part.value = ["succeeded", "skipped"].includes(event.state) ? 1 : event.progress;
    part.dataset.state = event.state;
    if (event.state === "running") part.closest(".row").querySelector("[data-stage-now]").textContent = part.dataset.label;
  },
  job(event) {
    const state = rowOf(event.meeting)?.querySelector("[data-job-state]");
    if (!state || state.dataset.jobState !== event.state || !ACTIVE.includes(event.state)) {
      refresh("rows");
      return;
    }
    state.querySelector("[data-eta]").textContent = event.eta_seconds ? `≈ ${lasting(event.eta_seconds)}` : "";
  },
};

new LiveSocket(
  routes.socket(),
  {
    message: (event) => on[event.type]?.(event),
    stale: () => refresh("rows"),
    connected(isUp) {
      document.getElementById("connection").hidden = isUp;
    },
  },
  { brief: true },
);
