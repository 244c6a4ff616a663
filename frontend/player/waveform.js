// The waveform, coloured by who speaks. One canvas; nothing inline, so the CSP stays strict.
const BAND = 14; // pixels below the waves, for the speakers' band with their numbers
const STEP = 3; // pixels a bar takes, gap included

export class Waveform {
  constructor(element, duration) {
    this.element = element;
    this.canvas = element.querySelector("canvas");
    this.duration = duration;
    this.peaks = [];
    this.spans = [];
    this.position = 0;
    new ResizeObserver(() => this.draw()).observe(element);
    document.addEventListener("theme", () => this.draw());
  }

  // Peaks are the highest sample, 0..1, of equally long stretches.
  setPeaks(peaks) {
    const loudest = Math.max(0.05, ...peaks);
    this.peaks = peaks.map((peak) => peak / loudest);
    this.draw();
  }

  // Spans are {start, end, speaker}; speaker is the number shown everywhere, as text.
  setSpans(spans) {
    this.spans = spans;
    this.draw();
  }

  setPosition(seconds) {
    const moved = Math.abs(seconds - this.position) * (this.canvas.clientWidth / this.duration);
    if (moved < 0.5 && seconds !== 0) return;
    this.position = seconds;
    this.draw();
  }

  speakerAt(seconds) {
    return this.spans.find((span) => span.start <= seconds && seconds < span.end)?.speaker;
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !this.duration) return;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    this.pens = new Map();
    this.drawBars(pen, width, height - BAND);
    this.drawBand(pen, width, height);
    this.drawCursor(pen, width, height);
  }

  drawBars(pen, width, height) {
    const middle = height / 2;
    const played = (this.position / this.duration) * width;
    const colours = this.coloursByPixel(width);
    for (let x = 0; x < width; x += STEP) {
      const reach = Math.max(0.5, this.peakBetween(x / width, (x + STEP) / width) * (middle - 2));
      pen.globalAlpha = x < played ? 1 : 0.5;
      pen.fillStyle = colours[x / STEP];
      pen.fillRect(x, middle - reach, STEP - 1, 2 * reach);
    }
    pen.globalAlpha = 1;
  }

  coloursByPixel(width) {
    const quiet = this.colour("--line-strong");
    const colours = Array.from({ length: Math.ceil(width / STEP) }, () => quiet);
    for (const span of this.spans) {
      const from = Math.floor(((span.start / this.duration) * width) / STEP);
      const to = Math.ceil(((span.end / this.duration) * width) / STEP);
      colours.fill(this.speakerColour(span.speaker), from, to);
    }
    return colours;
  }

  drawBand(pen, width, height) {
    pen.font = `600 10px ${getComputedStyle(this.element).fontFamily}`;
    for (const span of this.joined()) {
      const from = (span.start / this.duration) * width;
      const wide = Math.max(1, ((span.end - span.start) / this.duration) * width - 1);
      pen.fillStyle = this.speakerColour(span.speaker);
      pen.fillRect(from, height - BAND + 3, wide, BAND - 3);
      if (wide < 14) continue;
      pen.fillStyle = this.colour("--on-speaker");
      pen.fillText(span.speaker, from + 4, height - 2.5);
    }
  }

  // Neighbouring spans of one speaker as one, so that their number stands once.
  joined() {
    const joined = [];
    for (const span of this.spans) {
      const last = joined.at(-1);
      if (last && last.speaker === span.speaker && span.start - last.end < 2) last.end = span.end;
      else joined.push({ ...span });
    }
    return joined;
  }

  drawCursor(pen, width, height) {
    pen.fillStyle = this.colour("--ink");
    pen.fillRect(Math.min(width - 2, (this.position / this.duration) * width), 0, 2, height);
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
