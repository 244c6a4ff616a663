// One recording of the queue: what it was told, what became of it, and the buttons of its card.
import { randomKey } from "../api.js";
import { drop } from "../recorder/kept.js";
import { Speed } from "../speed.js";
import { fill, lasting, size } from "../words.js";
import { Away, Refused } from "./asking.js";
import { Card, labels } from "./card.js";
import { attachTo, tellBroken } from "./documents.js";
import { claim, forget, remember } from "./remembered.js";
import { arrivedOf, giveUp, known, send } from "./sending.js";

const PATIENCE = [1, 2, 4, 8, 15, 30]; // seconds
const OVER = ["known", "failed", "stopped", "done"];

export function pageOf(meeting) {
  return labels.meetingUrl.replace("00000000-0000-0000-0000-000000000000", meeting);
}

export class Upload {
  // record: what is remembered; file: null after a reload, unless it was recorded here; release() lets go of that.
  // handlers: wanted(upload), idle(upload), finished(upload), changed().
  constructor(record, file, handlers, release = null) {
    Object.assign(this, { record, file, handlers, release, reached: 0, isWhole: true });
    this.card = new Card(record, {
      pause: () => this.pause(),
      goOn: () => this.wait(),
      stop: () => this.stop(),
      again: () => this.wait(),
      anyway: () => this.insist(),
      choose: () => this.choose(),
      remove: () => this.dismiss(),
    });
    claim(record.id);
    if (file || this.meeting) this.wait();
    else this.lose();
  }

  get state() {
    return this.card.element.dataset.state;
  }

  // Its id, as soon as the server has the recording; what follows are the documents.
  get meeting() {
    return this.record.meeting;
  }

  get isOver() {
    return OVER.includes(this.state);
  }

  isOf({ name, size: bytes, lastModified }) {
    const { record } = this;
    return record.name === name && record.bytes === bytes && record.lastModified === lastModified;
  }

  saved() {
    return remember(this.record);
  }

  wait() {
    this.card.show("waiting", labels.waiting);
    this.saved();
    this.handlers.wanted(this);
  }

  async lose() {
    const { bytes } = this.record;
    this.card.show("lost", fill(labels.lost, { sent: size(0), size: size(bytes) }));
    const arrived = await arrivedOf(this.record);
    if (this.state !== "lost") return;
    this.card.progress((arrived ?? 0) / bytes);
    this.card.show("lost", fill(labels.lost, { sent: size(arrived ?? 0), size: size(bytes) }));
  }

  // After a reload: the same file goes on, another one does not.
  takeUp(file) {
    if (this.state !== "lost") return;
    if (!this.isOf(file)) {
      this.card.show("lost", fill(labels.other, { name: this.record.name }));
      return;
    }
    this.file = file;
    this.wait();
  }

  choose() {
    const input = Object.assign(document.createElement("input"), { type: "file" });
    input.addEventListener("change", () => input.files[0] && this.takeUp(input.files[0]));
    input.click();
  }

  insist() {
    this.record.isWanted = true;
    this.wait();
  }

  pause() {
    this.halt("paused", labels.paused);
  }

  async stop() {
    if (this.meeting) return this.leaveDocuments();
    this.halt("stopped", this.record.recording ? labels.stoppedRecorded : labels.stopped);
    if (!this.file) {
      this.dismiss();
      return;
    }
    await giveUp(this.record);
    Object.assign(this.record, { upload: "", key: randomKey() });
    this.reached = 0;
    forget(this.record.id);
    this.card.progress(0);
  }

  leaveDocuments() {
    this.stopping?.abort();
    this.isWhole = false;
    for (const file of this.record.documents.splice(0)) tellBroken(file, labels.paperStopped);
    this.end();
  }

  dismiss() {
    if (!this.meeting) giveUp(this.record);
    forget(this.record.id);
    this.card.remove();
    this.handlers.idle(this);
    this.letGo();
  }

  // Of a recording that was made in this browser.
  async letGo() {
    await this.release?.();
    this.handlers.changed();
  }

  halt(state, text) {
    this.card.show(state, text);
    this.stopping?.abort();
    this.handlers.idle(this);
  }

  // From the queue: it is this one's turn.
  async run() {
    const stopping = (this.stopping = new AbortController());
    try {
      if (await this.persist(stopping.signal)) await this.end();
    } catch (error) {
      if (stopping.signal.aborted) return;
      this.card.show("failed", sentence(error));
      if (!(error instanceof Refused || error instanceof DOMException)) throw error;
    } finally {
      if (!stopping.signal.aborted) this.handlers.idle(this);
    }
  }

  // Tries until it and what follows it is sent, or it is refused or stopped; false where it is known already.
  async persist(signal) {
    for (let tries = 0; ; tries += 1) {
      try {
        if (!this.meeting && !(await this.isNew(signal))) return false;
        if (!this.meeting) {
          const progress = (bytes) => {
            if (bytes > this.reached) tries = 0;
            this.progress(bytes, signal);
          };
          await this.received(await this.sent(progress, signal));
        }
        await this.attach(signal);
        return true;
      } catch (error) {
        if (signal.aborted || !(error instanceof Away)) throw error;
        this.card.show("away", labels.away);
        this.speed = null;
        await pause(error.seconds || PATIENCE[Math.min(tries, PATIENCE.length - 1)], signal);
      }
    }
  }

  sent(progress, signal) {
    const saved = () => this.saved();
    const checking = () => this.card.show("checking", labels.checking);
    return send(this.record, this.file, { signal, saved, checking, progress });
  }

  // The server has it: only now may what was recorded here go.
  async received({ id }) {
    this.record.meeting = id;
    this.card.progress(1);
    await this.saved();
    if (this.record.recording) await drop(this.record.recording).catch(() => {});
  }

  // What is left of the documents; each has its key, so that one whose answer was lost is not attached twice.
  async attach(signal) {
    const { documents, key, meeting } = this.record;
    let isMended = this.state !== "away"; // else it is not said before one has arrived
    while (documents.length) {
      if (isMended) this.card.show("attaching", fill(labels.attaching, { name: documents[0].name }));
      const isAttached = await attachTo(meeting, documents[0], { key: `${key}-document-${documents.length}`, signal });
      documents.shift();
      isMended = true;
      this.isWhole &&= isAttached;
      await this.saved();
    }
  }

  // Whether nothing holds it already; the person may insist.
  async isNew(signal) {
    if (this.record.isWanted || this.record.upload) return true;
    if (this.state !== "away") this.card.show("looking", labels.looking);
    const meeting = await known(this.file, signal);
    if (!meeting) return true;
    this.card.show("known", labels.known);
    this.card.link(pageOf(meeting.id), meeting.title);
    forget(this.record.id);
    return false;
  }

  progress(bytes, signal) {
    if (signal.aborted || (this.state === "away" && bytes <= this.reached)) return; // not mended yet
    this.reached = Math.max(this.reached, bytes);
    const total = this.record.bytes;
    this.card.progress(bytes / total);
    this.speed ??= new Speed();
    const speed = this.speed.at(bytes);
    const told = { sent: size(bytes), size: size(total), speed: size(speed) };
    const left = speed ? `, ${fill(labels.left, { time: lasting((total - bytes) / speed) })}` : "";
    this.card.show("sending", speed ? fill(labels.sending, told) + left : fill(labels.sent, told));
  }

  // Nothing of it is here any more that the server does not have.
  async end() {
    this.card.progress(1);
    this.card.show("done", labels.done);
    this.card.link(pageOf(this.meeting), labels.open);
    await forget(this.record.id);
    this.handlers.idle(this);
    this.handlers.finished(this);
  }
}

// Over as soon as the browser thinks that it is connected again.
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(over, seconds * 1000);
    addEventListener("online", over);
    signal.addEventListener("abort", over, { once: true });
  });
}

// What a problem document says, its fields included.
function sentence(error) {
  if (error instanceof DOMException) return labels.unreadable;
  if (error.status === 401) return labels.signedOut;
  const { detail = "", errors = {} } = error.problem ?? {};
  const said = Object.values(errors).flat().map(String);
  return (said.length ? said.join(" ") : detail) || fill(labels.refused, { status: error.status ?? "—" });
}
