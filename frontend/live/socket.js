// A socket that comes back: messages in order, a snapshot after every gap and every half minute,
// polling while it is down.
import { ANONYMOUS, STRANGER } from "./codes.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const POLL = 10000;
const LOOK_AGAIN = 30000;
const REORDERED = 20; // numbers that are lower by less are old news, by more a new count

export class LiveSocket {
  // handlers: message(event), stale(): what is shown may be old, connected(isUp, code): by which it was closed.
  // brief: the socket tells only part of each meeting's messages, so that their numbers have gaps.
  constructor(path, handlers, { brief = false } = {}) {
    this.address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
    this.handlers = handlers;
    this.brief = brief;
    this.wait = FIRST_WAIT;
    this.seq = new Map();
    this.wasUp = false;
    this.open();
    document.addEventListener("visibilitychange", () => this.comeBack());
  }

  open() {
    this.isAway = false;
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.isUp());
    this.socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    this.socket.addEventListener("close", ({ code }) => this.isDown(code));
  }

  isUp() {
    this.wait = FIRST_WAIT;
    this.repeat(() => this.askForSnapshot(), LOOK_AGAIN);
    this.handlers.connected(true);
    if (this.wasUp) this.handlers.stale();
    this.wasUp = true;
  }

  isDown(code) {
    this.handlers.connected(false, code);
    this.repeat(this.handlers.stale, POLL);
    if (code === ANONYMOUS || code === STRANGER) this.wait = LONGEST_WAIT; // until they sign in again, in another tab
    this.isAway = true;
    this.opening = setTimeout(() => this.open(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  // Who looks at the page again need not wait.
  comeBack() {
    if (document.hidden || !this.isAway) return;
    clearTimeout(this.opening);
    this.open();
  }

  // One repeated action at a time; hidden pages rest.
  repeat(action, every) {
    if (this.repeated === action) return;
    this.repeated = action;
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (!document.hidden) action();
    }, every);
  }

  askForSnapshot() {
    this.socket.send(JSON.stringify({ type: "snapshot" }));
  }

  receive(event) {
    for (const { meeting, seq } of event.meetings ?? []) this.seq.set(meeting, seq);
    if (event.seq !== undefined) {
      const ahead = this.ahead(event);
      if (ahead <= 0 && ahead > -REORDERED) return;
      this.seq.set(this.streamOf(event), event.seq);
      if (ahead < 0 || (ahead > 1 && !this.brief)) this.catchUp();
    }
    this.handlers.message(event);
  }

  // By how much the message's number is above the last one; 1 where nothing was missed.
  ahead(event) {
    const last = this.seq.get(this.streamOf(event));
    return event.type === "snapshot" || last === undefined ? 1 : event.seq - last;
  }

  streamOf(event) {
    return this.brief ? event.meeting : "";
  }

  catchUp() {
    this.askForSnapshot();
    this.handlers.stale();
  }
}
