// A stretch that is played again and again: selected words, what is drawn on the waveform, or from A to B.
import { isTyping, latin } from "../keys.js";
import { announce } from "../notices.js";
import { clock, fill } from "../words.js";

const SHORTEST = 0.3; // seconds
const EDGE = 0.05;

export class Loop {
  constructor(player) {
    Object.assign(this, { player, from: null, range: null, button: document.getElementById("loop") });
    this.times = document.getElementById("loop-times");
    this.labels = this.button.dataset;
    this.button.addEventListener("click", () => this.press());
    // A press on the button must not take the selection away.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.key(event));
    player.onMove((seconds, byHand) => this.moved(seconds, byHand));
    this.show();
  }

  key(event) {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (latin(event) === "l" && !event.shiftKey) this.press();
    else if (event.key === "Escape" && (this.range || this.from !== null)) this.end();
    else return;
    event.preventDefault();
  }

  press() {
    const words = selectedWords();
    if (words) this.begin(words.from - EDGE, words.to + EDGE);
    else if (this.range) this.end();
    else if (this.from === null) this.mark(this.player.position);
    else this.begin(this.from, this.player.position);
  }

  mark(seconds) {
    this.from = seconds;
    this.show();
    announce(fill(this.labels.begun, { from: clock(seconds) }));
  }

  begin(one, other) {
    const from = Math.max(0, Math.min(one, other));
    this.range = { from, to: Math.max(from + SHORTEST, one, other) };
    this.from = null;
    this.show();
    this.player.seek(from, { play: true });
    announce(fill(this.labels.on, { from: clock(from), to: clock(this.range.to) }));
  }

  // Drawn on the waveform, before the pointer is let go.
  draw(one, other) {
    this.range = { from: Math.min(one, other), to: Math.max(one, other) };
    this.show();
  }

  end() {
    this.range = null;
    this.from = null;
    this.show();
    announce(this.labels.off);
  }

  // Back to its beginning; who goes elsewhere by hand has done with it.
  moved(seconds, byHand) {
    if (!this.range || this.isDrawn) return;
    const { from, to } = this.range;
    if (byHand && (seconds < from - 0.5 || seconds > to + 0.5)) this.end();
    else if (!byHand && seconds >= to && this.player.isPlaying) this.player.goBack(from);
  }

  show() {
    const { range, from } = this;
    this.button.setAttribute("aria-pressed", String(Boolean(range)));
    this.button.classList.toggle("player__loop--begun", from !== null);
    const begin = range?.from ?? from;
    this.times.hidden = begin === null;
    if (begin !== null) {
      this.times.textContent = `${clock(begin)}–${range ? clock(range.to) : "…"}`;
      this.times.style.left = `${Math.min(90, (100 * begin) / (this.player.duration || 1))}%`;
    }
    this.player.waveform.setLoop(range ?? (from === null ? null : { from, to: from }));
  }
}

// From the first to the last selected word of the transcript; null where none is.
function selectedWords() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const rows = [...document.querySelectorAll("#transcript .segment")].filter((row) => range.intersectsNode(row));
  const words = rows.flatMap((row) => [...row.querySelectorAll(".segment__text span[data-start]")]).filter((word) => range.intersectsNode(word));
  if (!words.length) return null;
  return { from: Number(words[0].dataset.start), to: Math.max(...words.map((word) => Number(word.dataset.end))) };
}
