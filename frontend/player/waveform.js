// The waveform over a lane for each speaker. Canvas alone; nothing inline, so the CSP stays strict.
const STEP = 3; // pixels a bar takes, gap included
const LANES = 12;
const LANE = 9; // pixels, the line between two included
const NUMBER = 14; // pixels that a speaker's number takes at the head of a lane
const JOINED = 2; // seconds of silence within which a speaker's segments are one stretch

export class Waveform {
  constructor(element, duration) {
    this.element = element;
    this.canvas = element.querySelector("canvas");
    this.duration = duration;
    this.peaks = [];
    this.spans = [];
    this.position = 0;
    this.view = null;
    this.loop = null;
    // Colours are read from it at once, also where everything changes in transitions of no time.
    this.canvas.style.setProperty("transition", "none", "important");
    new ResizeObserver(() => this.paint()).observe(element);
    document.addEventListener("theme", () => this.paint());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  // Peaks are the highest sample, 0..1, of equally long stretches.
  setPeaks(peaks) {
    const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0.05);
    this.peaks = peaks.map((peak) => peak / loudest);
    this.paint();
  }

  // Spans are {start, end, speaker}, rising by start; speaker is the number shown everywhere, as text.
  setSpans(spans) {
    this.spans = spans;
    this.lanes = Math.max(1, Math.min(LANES, new Set(spans.map(({ speaker }) => speaker)).size));
    this.element.closest(".player").style.setProperty("--lanes", `${this.lanes * LANE}px`);
    this.paint();
  }

  setPosition(seconds) {
    const moved = Math.abs(seconds - this.position) * (this.canvas.clientWidth / this.duration);
    if (moved < 0.5 && seconds !== 0) return;
    this.position = seconds;
    this.draw();
  }

  // What of the transcript is in sight: seconds.
  setView(from, to) {
    if (this.view?.from === from && this.view.to === to) return;
    this.view = { from, to };
    this.draw();
  }

  // What is played again and again, {from, to} in seconds; null for nothing.
  setLoop(loop) {
    this.loop = loop;
    this.draw();
  }

  speakerAt(seconds) {
    return this.spans.find((span) => span.start <= seconds && seconds < span.end)?.speaker;
  }

  x(seconds) {
    return (seconds / this.duration) * this.width;
  }

  // What does not move is painted once: bars that were heard, bars that were not, the lanes.
  paint() {
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    if (!this.width || !this.duration) return;
    this.ratio = devicePixelRatio || 1;
    this.canvas.width = this.width * this.ratio;
    this.canvas.height = this.height * this.ratio;
    this.pens = new Map();
    this.bars = this.height - (this.lanes ?? 1) * LANE;
    const colours = this.coloursByPixel();
    this.layers = {
      quiet: this.layer((pen) => this.paintBars(pen, colours, 0.5)),
      heard: this.layer((pen) => this.paintBars(pen, colours, 1)),
      lanes: this.layer((pen) => this.paintLanes(pen)),
    };
    this.draw();
  }

  layer(paint) {
    const canvas = document.createElement("canvas");
    canvas.width = this.canvas.width;
    canvas.height = this.canvas.height;
    const pen = canvas.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    paint(pen);
    return canvas;
  }

  draw() {
    if (!this.layers) return;
    const pen = this.canvas.getContext("2d");
    const played = Math.round(this.x(this.position) * this.ratio);
    const { width, height } = this.canvas;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (played > 0) pen.drawImage(this.layers.heard, 0, 0, played, height, 0, 0, played, height);
    if (played < width) pen.drawImage(this.layers.quiet, played, 0, width - played, height, played, 0, width - played, height);
    pen.drawImage(this.layers.lanes, 0, 0);
    pen.scale(this.ratio, this.ratio);
    this.drawLoop(pen);
    this.drawView(pen);
    pen.fillStyle = this.colour("--ink");
    pen.fillRect(Math.min(this.width - 2, this.x(this.position)), 0, 2, this.height);
  }

  drawLoop(pen) {
    if (!this.loop) return;
    const [from, to] = [this.x(this.loop.from), Math.max(this.x(this.loop.to), this.x(this.loop.from) + 3)];
    pen.fillStyle = this.colour("--accent");
    pen.globalAlpha = 0.25;
    pen.fillRect(from, 0, to - from, this.bars);
    pen.globalAlpha = 1;
    for (const edge of [from, to]) pen.fillRect(edge - 1, 0, 2, this.bars);
  }

  drawView(pen) {
    if (!this.view) return;
    const from = this.x(this.view.from);
    const wide = Math.max(6, this.x(this.view.to) - from);
    pen.strokeStyle = this.colour("--ink");
    pen.lineWidth = 1.5;
    pen.strokeRect(Math.min(from, this.width - wide) + 0.75, this.bars + 0.75, wide - 1.5, this.height - this.bars - 1.5);
  }

  paintBars(pen, colours, alpha) {
    const middle = this.bars / 2;
    pen.globalAlpha = alpha;
    for (let x = 0; x < this.width; x += STEP) {
      const reach = Math.max(0.5, this.peakBetween(x / this.width, (x + STEP) / this.width) * (middle - 2));
      pen.fillStyle = colours[x / STEP];
      pen.fillRect(x, middle - reach, STEP - 1, 2 * reach);
    }
  }

  coloursByPixel() {
    const colours = Array.from({ length: Math.ceil(this.width / STEP) }, () => this.colour("--line-strong"));
    for (const span of this.spans) {
      colours.fill(this.speakerColour(span.speaker), Math.floor(this.x(span.start) / STEP), Math.ceil(this.x(span.end) / STEP));
    }
    return colours;
  }

  // Who spoke when: each speaker's lane has their place among the speakers, and their number at its head.
  paintLanes(pen) {
    const speakers = [...new Set(this.spans.map(({ speaker }) => speaker))].sort((a, b) => Number(a) - Number(b) || 0);
    const laneOf = new Map(speakers.map((speaker, place) => [speaker, place % LANES]));
    const top = (speaker) => this.bars + laneOf.get(speaker) * LANE + 1;
    for (const span of this.joined()) {
      pen.fillStyle = this.speakerColour(span.speaker);
      pen.fillRect(this.x(span.start), top(span.speaker), Math.max(1, this.x(span.end) - this.x(span.start)), LANE - 2);
    }
    pen.font = `600 ${LANE - 1}px ${getComputedStyle(this.element).fontFamily}`;
    pen.textBaseline = "middle";
    for (const speaker of speakers.slice(0, LANES)) {
      pen.fillStyle = this.speakerColour(speaker);
      pen.fillRect(0, top(speaker), NUMBER, LANE - 1);
      pen.fillStyle = this.colour("--on-speaker");
      pen.fillText(speaker, 3, top(speaker) + LANE / 2 - 0.5);
    }
  }

  // Segments of one speaker with little between them as one.
  joined() {
    const joined = [];
    const latest = new Map();
    for (const { start, end, speaker } of this.spans) {
      const last = latest.get(speaker);
      if (last && start - last.end < JOINED) {
        last.end = Math.max(last.end, end);
        continue;
      }
      latest.set(speaker, { start, end, speaker });
      joined.push(latest.get(speaker));
    }
    return joined;
  }

  speakerColour(speaker) {
    const number = Number(speaker);
    return number ? this.colour(`--speaker-${((number - 1) % 12) + 1}`) : this.colour("--line-strong");
  }

  // A token's colour as the page resolves it now, light or dark.
  colour(name) {
    if (!this.pens.has(name)) {
      this.canvas.style.color = `var(${name})`;
      this.pens.set(name, getComputedStyle(this.canvas).color);
    }
    return this.pens.get(name);
  }

  peakBetween(from, to) {
    const first = Math.floor(from * this.peaks.length);
    const last = Math.max(first + 1, Math.floor(to * this.peaks.length));
    let highest = 0;
    for (let i = first; i < last && i < this.peaks.length; i += 1) {
      highest = Math.max(highest, this.peaks[i]);
    }
    return highest;
  }
}
