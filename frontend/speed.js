// Bytes a second over the last few seconds, so that the estimate is calm.
const SPAN = 5000;

export class Speed {
  constructor() {
    this.marks = [];
  }

  // The speed when ``bytes`` have been sent; 0 until it can be told.
  at(bytes, now = performance.now()) {
    this.marks.push({ bytes, now });
    while (this.marks.length > 2 && now - this.marks[0].now > SPAN) this.marks.shift();
    const first = this.marks[0];
    const seconds = (now - first.now) / 1000;
    return seconds > 0.3 ? (bytes - first.bytes) / seconds : 0;
  }
}
