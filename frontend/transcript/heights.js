// How high each segment is: as it was measured, else by its letters; and where it lies in the list.
import { placeIn } from "./outline.js";

const LINE = 27.2; // pixels: a line of words, what is around them, a speaker's name, doubts in words
const AROUND = 5;
const NAME = 32;
const DOUBT = 30;
const MARGIN = 90; // pixels beside the words
const WIDEST = 736;
const LETTER = 8.9;

export class Heights {
  constructor() {
    this.measured = new Map();
    this.width = 0;
  }

  // The list has become narrower or wider: what was measured is no more.
  setWidth(width) {
    if (!width || width === this.width) return;
    this.width = width;
    this.measured.clear();
    this.sums = null;
  }

  measure(id, height) {
    if (!height || this.measured.get(id) === height) return;
    this.measured.set(id, height);
    this.sums = null;
  }

  forget(id) {
    this.measured.delete(id);
    this.sums = null;
  }

  of(outline, place) {
    const entry = outline.at(place);
    const known = this.measured.get(entry.id);
    if (known) return known;
    const room = Math.max(160, Math.min(WIDEST, (this.width || WIDEST) - MARGIN));
    const lines = Math.max(1, Math.ceil((entry.letters * LETTER) / room));
    return lines * LINE + AROUND + (outline.isTurn(place) ? NAME : 0) + (entry.isDropped ? DOUBT : 0);
  }

  // Where each place begins, pixels from the first; one more for the end of the last.
  lie(outline) {
    if (this.sums?.length === outline.length + 1 && this.outline === outline.entries) return this.sums;
    this.sums = new Float64Array(outline.length + 1);
    this.outline = outline.entries;
    for (let place = 0; place < outline.length; place += 1) {
      this.sums[place + 1] = this.sums[place] + this.of(outline, place);
    }
    return this.sums;
  }

  // The segment that lies so many pixels below the first.
  placeAt(outline, pixels) {
    const sums = this.lie(outline);
    return Math.max(0, placeIn(outline.length, (place) => sums[place] <= pixels));
  }
}
