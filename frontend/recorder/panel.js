// The part of the page that records: what, for how long, how loud, and in words what went wrong.
import { microphoneOf, rememberMicrophone } from "../choices.js";
import { announce } from "../notices.js";
import { clock, fill, lasting } from "../words.js";
import { rest, stayAwake } from "./awake.js";
import { obstacle, Recording } from "./recording.js";
import { Silence } from "./silence.js";
import { Deaf, listen, microphones } from "./sound.js";

const LOOK = 100; // ms
const PATIENCE = 15; // seconds of silence
const RANGE = 60; // dB that the meter shows

export const panel = document.getElementById("recorder");
export const labels = panel?.dataset;
const part = (name) => panel.querySelector(`[data-part="${name}"]`);

// A day and a time that no file system minds.
function stamp(now = new Date()) {
  const [day, time] = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().split("T");
  return `${day} ${time.slice(0, 5).replace(":", "-")}`;
}

export class Panel {
  // begun(): a recording runs; over(record, {isUnwanted, hadFocus}): it has ended, what there is of it is saved.
  constructor(handlers) {
    Object.assign(this, { handlers, recording: null, title: document.title, reason: "" });
    panel.hidden = false;
    const why = obstacle();
    if (why) this.warn(labels[why]);
    this.show(why ? "off" : "idle");
    if (!navigator.mediaDevices?.getDisplayMedia) this.offerMicrophoneAlone();
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.offerMicrophones());
    this.offerMicrophones();
    const acts = { begin: () => this.begin(), pause: () => this.pause(), resume: () => this.resume() };
    Object.assign(acts, { stop: () => this.recording?.stop(), discard: () => this.discard() });
    for (const [name, act] of Object.entries(acts)) part(name).addEventListener("click", act);
    panel.addEventListener("change", () => this.hint());
    part("microphone").addEventListener("change", ({ target }) => rememberMicrophone(target.value, labels.person));
    addEventListener("beforeunload", (event) => {
      if (this.isLive) event.preventDefault();
    });
    this.hint();
  }

  get isLive() {
    return Boolean(this.recording);
  }

  get kind() {
    return panel.querySelector("[name=source]:checked").value;
  }

  offerMicrophoneAlone() {
    for (const choice of panel.querySelectorAll("[name=source]")) {
      choice.disabled = choice.value !== "microphone";
      choice.checked = !choice.disabled;
    }
    part("tabless").hidden = panel.dataset.state === "off";
  }

  // A choice where there are several; one that was unplugged is chosen no longer.
  async offerMicrophones() {
    const found = await microphones();
    const field = part("microphone");
    const [first] = field.options;
    const chosen = field.value || microphoneOf(labels.person);
    field.replaceChildren(first, ...found.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === chosen)));
    this.hint();
  }

  hint() {
    part("microphones").hidden = this.kind === "tab" || part("microphone").options.length < 3;
    part("choose").hidden = this.kind === "microphone" || panel.dataset.state !== "idle";
  }

  show(state) {
    panel.dataset.state = state;
    const isLive = ["recording", "paused"].includes(state);
    part("before").disabled = state !== "idle";
    part("before").hidden = isLive;
    part("during").hidden = !isLive;
    part("begin").hidden = isLive;
    part("begin").disabled = state !== "idle";
    part("pause").hidden = state !== "recording";
    part("resume").hidden = state !== "paused";
    document.title = state === "recording" ? `● ${this.title}` : this.title;
    this.hint();
  }

  warn(text) {
    part("trouble").textContent = text;
  }

  doubt(text) {
    if (part("doubt").textContent !== text) part("doubt").textContent = text;
  }

  // Nothing can be sent before it is stopped.
  insist() {
    this.warn(labels.live);
    part("stop").focus();
  }

  async begin() {
    this.warn("");
    this.show("asking");
    let sound;
    try {
      sound = await listen(this.kind, part("microphone").value);
      const told = { person: labels.person, name: fill(labels.name, { when: stamp() }) };
      this.recording = await Recording.begin(sound, { ...told, over: (...how) => this.end(...how) });
    } catch (error) {
      sound?.stop();
      this.show("idle");
      part("begin").focus();
      this.warn(error instanceof Deaf ? labels[error.why] : labels.unsupported);
      if (!(error instanceof Deaf)) throw error;
      return;
    }
    this.run(sound);
    this.offerMicrophones();
  }

  run(sound) {
    Object.assign(this, { reason: "", muted: new Set(), silences: new Map(), isUnwanted: false });
    sound.watch({
      lost: (name, isLast) => this.lose(name, isLast),
      muted: (name, isMuted) => this.muted[isMuted ? "add" : "delete"](name),
    });
    this.timer = setInterval(() => this.look(sound), LOOK);
    stayAwake();
    this.look(sound);
    this.show("recording");
    part("pause").focus();
    announce(labels.started);
    this.handlers.begun();
  }

  look(sound) {
    const { seconds } = this.recording;
    const levels = sound.levels();
    const highest = Math.max(...Object.values(levels));
    part("level").value = panel.dataset.state === "paused" ? 0 : Math.max(0, 1 + (20 * Math.log10(highest || 1e-9)) / RANGE);
    const time = clock(seconds);
    if (part("time").textContent !== time) part("time").textContent = time;
    this.doubt(panel.dataset.state === "paused" ? "" : this.doubts(levels));
    if (seconds < Number(labels.longest)) return;
    this.reason = "endless";
    this.recording.stop();
  }

  // Of the microphone; of a tab only where nothing else is recorded: tabs may be silent.
  doubts(levels) {
    const name = "microphone" in levels ? "microphone" : "tab";
    if (this.muted.has(name) && name === "microphone") return labels.muted;
    if (!this.silences.has(name)) this.silences.set(name, new Silence());
    const silent = this.silences.get(name).at(levels[name]);
    const pattern = name === "microphone" ? labels.silent : labels.silentTab;
    return silent < PATIENCE ? "" : fill(pattern, { time: lasting(PATIENCE) });
  }

  lose(name, isLast) {
    if (!isLast) this.warn(name === "tab" ? labels.tabGoneOn : labels.microphoneGoneOn);
    else this.reason = name === "tab" ? "tabGone" : "microphoneGone";
    if (isLast) this.recording?.stop();
  }

  pause() {
    if (panel.dataset.state !== "recording") return;
    this.recording.pause();
    this.silences.clear();
    this.show("paused");
    part("resume").focus();
    announce(labels.paused);
  }

  resume() {
    this.recording.resume();
    this.show("recording");
    part("pause").focus();
    announce(labels.resumed);
  }

  discard() {
    if (!this.recording || !confirm(fill(labels.sure, { length: lasting(this.recording.seconds) }))) return;
    if (!this.recording) return; // it ended while the question stood
    this.isUnwanted = true;
    this.recording.stop();
  }

  end(record, error) {
    clearInterval(this.timer);
    rest();
    this.recording = null;
    this.doubt("");
    const hadFocus = panel.contains(document.activeElement);
    this.show("idle");
    if (hadFocus) part("begin").focus();
    this.sumUp(record, error);
    this.handlers.over(record, { isUnwanted: this.isUnwanted, hadFocus });
  }

  sumUp({ seconds, parts }, error) {
    const length = lasting(seconds);
    if (error) this.reason = error.name === "QuotaExceededError" ? "full" : "broke";
    if (!parts && !this.isUnwanted) this.warn(labels.nothing);
    else if (this.reason) this.warn(fill(labels[this.reason], { length }));
    else if (part("trouble").textContent === labels.live) this.warn("");
    if (this.isUnwanted) announce(labels.discarded);
    else if (parts) announce(fill(labels.stopped, { length }));
  }
}
