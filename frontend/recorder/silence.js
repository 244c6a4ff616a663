// Since when nothing is heard of a source.
const QUIET = 0.001; // of full scale: −60 dB, less than any room

export class Silence {
  constructor() {
    this.since = null;
  }

  // Seconds of silence up to now; now: ms.
  at(level, now = performance.now()) {
    if (this.since === null || level > QUIET) this.since = now;
    return (now - this.since) / 1000;
  }
}
