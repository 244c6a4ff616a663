// A recording while it is made: each part is on this computer's disk before anything else is done with it.
import { randomKey } from "../api.js";
import { take } from "../locks.js";
import { begin, drop, keep, lockOf } from "./kept.js";
import { Deaf } from "./sound.js";

const PART = 2000; // ms; what a crash costs at most
const BITS = 64_000; // a second
const KINDS = { "audio/webm;codecs=opus": "webm", "audio/ogg;codecs=opus": "ogg", "audio/mp4": "m4a" };

// Why this browser cannot record on this page: the name of a sentence; empty where it can.
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  return window.MediaRecorder && navigator.mediaDevices && kind() ? "" : "unsupported";
}

function kind() {
  return Object.keys(KINDS).find((type) => MediaRecorder.isTypeSupported(type));
}

export class Recording {
  // over(record, error): it has stopped, and what could be saved is; error is what stopped it.
  static async begin(sound, { person, name, over }) {
    const type = kind();
    const record = { id: randomKey(), person, name: `${name}.${KINDS[type]}`, type: type.split(";")[0] };
    Object.assign(record, { begunAt: Date.now(), seconds: 0, bytes: 0, parts: 0 });
    const release = await take(lockOf(record.id));
    try {
      await begin(record);
    } catch {
      await release();
      throw new Deaf("storage");
    }
    navigator.storage?.persist?.().catch(() => {});
    return new Recording(sound, record, { type, release, over });
  }

  constructor(sound, record, { type, release, over }) {
    Object.assign(this, { sound, record, release, over, spent: 0, since: null, error: null, saving: Promise.resolve() });
    this.recorder = new MediaRecorder(sound.stream, { mimeType: type, audioBitsPerSecond: BITS });
    this.recorder.addEventListener("start", () => (this.since = performance.now()));
    this.recorder.addEventListener("dataavailable", ({ data }) => this.save(data, this.seconds));
    this.recorder.addEventListener("error", ({ error }) => this.fail(error));
    this.recorder.addEventListener("stop", () => this.end());
    this.recorder.start(PART);
  }

  // Of sound; pauses do not count.
  get seconds() {
    return (this.spent + (this.since === null ? 0 : performance.now() - this.since)) / 1000;
  }

  // One after the other; behind a part that could not be saved there is no other one.
  save(part, seconds) {
    this.saving = this.saving.then(async () => {
      if (!part.size || this.error) return;
      try {
        await keep(this.record, await part.arrayBuffer(), seconds);
      } catch (error) {
        this.fail(error);
      }
    });
  }

  fail(error) {
    this.error ??= error;
    this.stop();
  }

  pause() {
    this.recorder.requestData();
    this.recorder.pause();
    this.halt();
  }

  resume() {
    this.recorder.resume();
    this.since = performance.now();
  }

  halt() {
    this.spent = this.seconds * 1000;
    this.since = null;
  }

  stop() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }

  async end() {
    this.halt();
    this.sound.stop();
    await this.saving;
    if (!this.record.parts) await drop(this.record.id).catch(() => {});
    await this.release();
    this.over(this.record, this.error);
  }
}
