// Recordings on their way to the server, one after the other, each with its own card; a reload forgets none.
import { randomKey } from "./api.js";
import { take } from "./locks.js";
import { fileOf, lockOf } from "./recorder/kept.js";
import { labels } from "./uploads/card.js";
import { remembered } from "./uploads/remembered.js";
import { Upload } from "./uploads/upload.js";

export class Uploads {
  // finished(upload, queue) is called for every recording that the server has, its documents too;
  // changed() when a recording of this browser is no longer on its way.
  constructor({ finished, changed = () => {} }) {
    this.all = [];
    this.waiting = [];
    this.active = null;
    this.handlers = {
      wanted: (upload) => this.enqueue(upload),
      idle: (upload) => this.next(upload),
      finished: (upload) => finished(upload, this),
      changed,
    };
    addEventListener("beforeunload", (event) => {
      if (this.isBusy) event.preventDefault();
    });
    this.ready = this.recall();
  }

  get isBusy() {
    return Boolean(this.active) || this.waiting.length > 0;
  }

  async recall() {
    for (const record of await remembered(labels.person)) {
      const file = record.recording ? await fileOf(record.recording) : null;
      const release = file && (await take(lockOf(record.recording)));
      this.all.push(new Upload({ meeting: "", documents: [], ...record }, file, this.handlers, release));
    }
  }

  // Whether the file is one that was interrupted; then it goes on.
  takeUp(file) {
    const same = this.all.find((upload) => upload.state === "lost" && upload.isOf(file));
    same?.takeUp(file);
    return Boolean(same);
  }

  // fields: what the API is told beside the file, as pairs; documents: what is to follow it;
  // recording: where it was made in this browser, its id and what lets go of it.
  add(file, fields = [], documents = [], { recording = "", release = null } = {}) {
    if (this.takeUp(file)) return;
    const same = this.all.find((upload) => !upload.isOver && upload.isOf(file));
    if (same) {
      same.card.focus();
      return;
    }
    const record = {
      id: randomKey(),
      key: randomKey(),
      person: labels.person,
      begunAt: Date.now(),
      name: file.name,
      bytes: file.size,
      lastModified: file.lastModified,
      upload: "",
      meeting: "",
      fields,
      documents: [...documents],
      recording,
    };
    this.all.push(new Upload(record, file, this.handlers, release));
  }

  enqueue(upload) {
    this.waiting.push(upload);
    this.next();
  }

  // idle: an upload that is not being sent any more.
  next(idle = null) {
    if (idle && this.active === idle) this.active = null;
    this.waiting = this.waiting.filter((upload) => upload.state === "waiting");
    if (this.active) return;
    this.active = this.waiting.shift() ?? null;
    this.active?.run();
  }
}
