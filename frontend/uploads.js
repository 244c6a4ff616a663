// Recordings on their way to the server, one after the other, each with its own card.
import { csrfToken, randomKey } from "./api.js";
import { Speed } from "./speed.js";
import { fill, lasting, size } from "./words.js";

const panel = document.getElementById("uploads");
const labels = panel?.dataset;

export class Uploads {
  // finished(meeting, queue, documents) is called with the API's answer for every file that was taken.
  constructor({ finished }) {
    this.finished = finished;
    this.waiting = [];
    this.active = null;
    addEventListener("beforeunload", (event) => {
      if (this.isBusy) event.preventDefault();
    });
  }

  get isBusy() {
    return Boolean(this.active) || this.waiting.length > 0;
  }

  // fields: what the API is told beside the file, as pairs; documents: what is to follow it.
  add(file, fields = [], documents = []) {
    const upload = new Upload(file, fields, {
      ended: (meeting) => this.ended(upload, meeting, documents),
      again: () => this.enqueue(upload),
    });
    this.enqueue(upload);
  }

  enqueue(upload) {
    upload.show(labels.waiting, "waiting");
    this.waiting.push(upload);
    this.next();
  }

  next() {
    if (this.active) return;
    this.waiting = this.waiting.filter((upload) => upload.state === "waiting");
    this.active = this.waiting.shift() ?? null;
    this.active?.send();
  }

  ended(upload, meeting, documents) {
    if (this.active === upload) this.active = null;
    this.next();
    if (meeting) this.finished(meeting, this, documents);
  }
}

class Upload {
  constructor(file, fields, handlers) {
    Object.assign(this, { file, fields, handlers, state: "waiting", key: randomKey() });
    panel.hidden = false;
    this.card = document.getElementById("upload-card").content.firstElementChild.cloneNode(true);
    this.card.querySelector(".upload__name").textContent = file.name;
    document.getElementById("upload-cards").append(this.card);
    this.button("stop").addEventListener("click", () => this.stop());
    this.button("again").addEventListener("click", () => handlers.again());
    this.button("remove").addEventListener("click", () => this.card.remove());
  }

  button(name) {
    return this.card.querySelector(`[data-${name}]`);
  }

  show(text, state) {
    this.state = state;
    this.card.dataset.state = state;
    this.card.querySelector(".upload__status").textContent = text;
    const isOver = ["failed", "stopped", "done"].includes(state);
    this.button("stop").hidden = isOver;
    this.button("again").hidden = !["failed", "stopped"].includes(state);
    this.button("remove").hidden = !isOver;
  }

  send() {
    const body = new FormData();
    for (const [name, value] of this.fields) if (value !== "") body.append(name, value);
    body.append("recording", this.file, this.file.name);
    this.speed = new Speed();
    this.request = new XMLHttpRequest();
    this.request.open("POST", labels.url);
    this.request.setRequestHeader("X-CSRFToken", csrfToken());
    this.request.setRequestHeader("Idempotency-Key", this.key);
    this.request.setRequestHeader("Accept", "application/json");
    this.request.upload.addEventListener("progress", (event) => this.progress(event));
    this.request.upload.addEventListener("load", () => this.show(labels.checking, "checking"));
    this.request.addEventListener("load", () => this.answered());
    this.request.addEventListener("error", () => this.end(labels.broken, "failed"));
    this.show("", "sending");
    this.request.send(body);
  }

  progress({ loaded, total }) {
    this.card.querySelector(".upload__bar").value = total ? loaded / total : 0;
    const speed = this.speed.at(loaded);
    if (!speed) return;
    const sent = fill(labels.sending, { sent: size(loaded), size: size(total), speed: size(speed) });
    const left = fill(labels.left, { time: lasting((total - loaded) / speed) });
    this.show(`${sent}, ${left}`, "sending");
  }

  answered() {
    const answer = this.answer();
    if (this.request.status >= 200 && this.request.status < 300) {
      this.end(labels.done, "done", answer);
      this.link(answer.id);
      return;
    }
    this.key = randomKey();
    this.end(sentence(answer) || fill(labels.refused, { status: this.request.status }), "failed");
  }

  answer() {
    try {
      return JSON.parse(this.request.responseText);
    } catch {
      return {};
    }
  }

  stop() {
    this.request?.abort();
    this.end(labels.stopped, "stopped");
  }

  end(text, state, meeting = null) {
    this.show(text, state);
    this.handlers.ended(meeting);
  }

  link(id) {
    const link = document.createElement("a");
    link.href = labels.meetingUrl.replace("00000000-0000-0000-0000-000000000000", id);
    link.textContent = labels.open;
    this.card.querySelector(".upload__status").append(" ", link);
  }
}

// What a problem document says, its fields included.
function sentence({ detail = "", errors = {} }) {
  const said = Object.values(errors).flat().map(String);
  return said.length ? said.join(" ") : detail;
}
