// The sound: played, moved, slower and faster, by pointer and by keys.
import { announce } from "../notices.js";
import { clock } from "../words.js";
import { belongsToControl, isTyping } from "../keys.js";
import { askAnew } from "./anew.js";
import { Loop } from "./loop.js";
import { Waveform } from "./waveform.js";

const EDGE = 0.05; // seconds before a word, so that its first sound is heard

export class Player {
  constructor() {
    this.audio = document.getElementById("audio");
    this.audio.controls = false;
    this.board = document.querySelector(".player__board");
    this.board.hidden = false;
    this.wave = document.getElementById("wave");
    this.duration = Number(this.wave.dataset.duration);
    this.waveform = new Waveform(this.wave, this.duration);
    this.until = null;
    this.listeners = [];
    askAnew(this.audio);
    this.loop = new Loop(this);
    this.listen();
    this.loadPeaks();
  }

  onMove(listener) {
    this.listeners.push(listener);
  }

  get position() {
    return this.audio.currentTime;
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  toggle() {
    this.until = null;
    if (this.isPlaying) this.audio.pause();
    else this.start();
  }

  // Goes to ``seconds``; plays on, or starts where ``play`` is true.
  seek(seconds, { play = false, until = null } = {}) {
    this.audio.currentTime = Math.min(Math.max(0, seconds), this.duration || Infinity);
    this.until = until;
    if (play) this.start();
    this.moved(true);
  }

  // Goes there without a person's doing, as a loop does.
  goBack(seconds) {
    this.isGoingBack = true;
    this.audio.currentTime = seconds;
  }

  skip(seconds) {
    this.seek(this.position + seconds, { until: null });
  }

  start() {
    this.audio.play().catch(() => this.show(false));
  }

  changeRate(step) {
    const rate = document.getElementById("rate");
    const next = rate.selectedIndex + step;
    if (next < 0 || next >= rate.options.length) return;
    rate.selectedIndex = next;
    this.setRate(rate.value);
    announce(`${rate.value}×`);
  }

  setRate(rate) {
    this.audio.playbackRate = Number(rate);
  }

  async loadPeaks() {
    const response = await fetch(this.wave.dataset.peaks).catch(() => null);
    if (!response?.ok) return;
    const { peaks, data } = await response.json();
    this.waveform.setPeaks(peaks ?? data ?? []);
  }

  listen() {
    const rate = document.getElementById("rate");
    document.getElementById("play").addEventListener("click", () => this.toggle());
    rate.addEventListener("change", () => this.setRate(rate.value));
    this.audio.addEventListener("play", () => this.tick());
    this.audio.addEventListener("play", () => this.show(true));
    this.audio.addEventListener("pause", () => this.show(false));
    this.audio.addEventListener("seeked", () => {
      this.moved(!this.isGoingBack);
      this.isGoingBack = false;
    });
    this.audio.addEventListener("loadedmetadata", () => this.setRate(rate.value));
    this.listenToPointer();
    document.addEventListener("keydown", (event) => this.key(event));
  }

  listenToPointer() {
    const at = (event) => {
      const box = this.wave.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * this.duration;
    };
    this.wave.addEventListener("pointerdown", (event) => {
      this.wave.setPointerCapture(event.pointerId);
      this.loop.isDrawn = event.shiftKey;
      this.drawnFrom = at(event);
      if (!event.shiftKey) this.seek(at(event));
    });
    this.wave.addEventListener("pointermove", (event) => {
      if (event.buttons && this.loop.isDrawn) this.loop.draw(this.drawnFrom, at(event));
      else if (event.buttons) this.seek(at(event));
      this.hint(at(event), event);
    });
    this.wave.addEventListener("pointerup", (event) => {
      if (!this.loop.isDrawn) return;
      this.loop.isDrawn = false;
      this.loop.begin(this.drawnFrom, at(event));
    });
    this.wave.addEventListener("pointerleave", () => {
      this.wave.querySelector(".player__hint").hidden = true;
    });
  }

  hint(seconds, event) {
    const hint = this.wave.querySelector(".player__hint");
    const speaker = this.waveform.speakerAt(seconds);
    hint.hidden = false;
    hint.textContent = [clock(seconds), this.nameOf?.(speaker)].filter(Boolean).join(" · ");
    const left = event.clientX - this.wave.getBoundingClientRect().left;
    hint.style.left = `${Math.min(left, this.wave.clientWidth - hint.offsetWidth)}px`;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === " " && belongsToControl(event)) return;
    const step = event.shiftKey ? 10 : 3;
    const actions = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.skip(-step),
      ArrowRight: () => this.skip(step),
      "[": () => this.changeRate(-1),
      "]": () => this.changeRate(1),
    };
    // The same physical keys on a Russian keyboard.
    const action = actions[event.key] ?? { BracketLeft: actions["["], BracketRight: actions["]"] }[event.code];
    if (!action) return;
    event.preventDefault();
    action();
  }

  tick() {
    this.moved(false);
    if (this.until !== null && this.position >= this.until) {
      this.until = null;
      this.audio.pause();
    }
    if (this.isPlaying) requestAnimationFrame(() => this.tick());
  }

  moved(byHand) {
    const seconds = this.position;
    document.getElementById("position").textContent = clock(seconds);
    this.wave.setAttribute("aria-valuenow", Math.round(seconds));
    this.wave.setAttribute("aria-valuetext", clock(seconds));
    this.waveform.setPosition(seconds);
    for (const listener of this.listeners) listener(seconds, byHand);
  }

  show(isPlaying) {
    const button = document.getElementById("play");
    button.setAttribute("aria-label", isPlaying ? button.dataset.pause : button.dataset.play);
    button.querySelector('[data-icon="play"]').hidden = isPlaying;
    button.querySelector('[data-icon="pause"]').hidden = !isPlaying;
  }
}

export { EDGE };
