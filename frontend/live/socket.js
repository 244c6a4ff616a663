// A socket that comes back: messages in order, a snapshot after every gap, polling while it is down.
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const POLL = 10000;

export class LiveSocket {
  // handlers: message(event), stale(): what is shown may be old, connected(isUp).
  constructor(path, handlers) {
    this.address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
    this.handlers = handlers;
    this.wait = FIRST_WAIT;
    this.seq = new Map();
    this.wasUp = false;
    this.poll = null;
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.isUp());
    this.socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    this.socket.addEventListener("close", () => this.isDown());
  }

  isUp() {
    this.wait = FIRST_WAIT;
    clearInterval(this.poll);
    this.poll = null;
    this.handlers.connected(true);
    if (this.wasUp) this.handlers.stale();
    this.wasUp = true;
  }

  isDown() {
    this.handlers.connected(false);
    this.poll ??= setInterval(this.handlers.stale, POLL);
    setTimeout(() => this.open(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  receive(event) {
    if (event.seq !== undefined && this.isGap(event)) {
      this.socket.send(JSON.stringify({ type: "snapshot" }));
      this.handlers.stale();
    }
    this.handlers.message(event);
  }

  isGap(event) {
    const stream = event.meeting ?? "";
    const last = this.seq.get(stream);
    this.seq.set(stream, event.seq);
    return event.type !== "snapshot" && last !== undefined && event.seq > last + 1;
  }
}
