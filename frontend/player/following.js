// The words that sound are marked and kept in sight, until the person scrolls.
import { sheet } from "../transcript/sheet.js";

const OVERLAPPING = 8; // segments before the last one that may still sound
const LINGERS = 1.5; // seconds that a word stays marked after its end
const SCROLLING_KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);

function wordsOf(row) {
  const words = row.querySelectorAll("span[data-start]");
  return words.length ? words : [row];
}

export class Following {
  constructor(player) {
    this.player = player;
    this.isOn = true;
    this.index();
    document.addEventListener("refreshed", () => this.index());
    player.onMove((seconds, byHand) => this.mark(seconds, byHand));
    for (const kind of ["wheel", "touchmove"]) {
      document.addEventListener(kind, (event) => this.letGo(event), { passive: true });
    }
    document.addEventListener("keydown", (event) => {
      if (SCROLLING_KEYS.has(event.key)) this.letGo(event);
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("#follow")) this.resume();
    });
  }

  // What is marked no longer stands in the page.
  index() {
    this.now = null;
    this.showButton();
  }

  mark(seconds, byHand) {
    const word = this.wordAt(seconds + 0.02);
    if (word !== this.now) {
      this.light(this.now, false);
      this.light(word, true);
      this.now = word;
    }
    if (byHand) this.isOn = true;
    if (this.isOn && this.player.isPlaying) this.follow(seconds, word);
    this.showButton();
  }

  // The word, or the segment without words, that began last of those near ``seconds``.
  wordAt(seconds) {
    const last = sheet.outline.placeAt(seconds);
    let found = null;
    for (const { id } of sheet.outline.entries.slice(Math.max(0, last - OVERLAPPING), last + 1)) {
      const row = sheet.rows.get(id);
      for (const element of row?.isConnected ? wordsOf(row) : []) {
        const start = Number(element.dataset.start);
        if (start <= seconds && !(start < found?.start)) found = { element, start };
      }
    }
    return found && seconds < Number(found.element.dataset.end) + LINGERS ? found.element : null;
  }

  follow(seconds, word) {
    if (word) {
      this.bringIntoSight(word.closest(".segment"));
      return;
    }
    const entry = sheet.outline.at(sheet.outline.placeAt(seconds));
    if (!entry || this.isBringing || seconds > entry.end + LINGERS || sheet.rows.get(entry.id)?.isConnected) return;
    this.isBringing = true;
    sheet.bring(entry.id).finally(() => {
      this.isBringing = false;
      this.mark(this.player.position, false);
    });
  }

  light(word, isNow) {
    if (!word) return;
    word.classList.toggle("now", isNow);
    word.closest(".segment")?.classList.toggle("now", isNow);
  }

  bringIntoSight(segment) {
    const box = segment.getBoundingClientRect();
    const top = document.getElementById("player").getBoundingClientRect().bottom;
    if (box.top >= top + 8 && box.bottom <= innerHeight - 80) return;
    scrollTo({
      top: scrollY + box.top - top - (innerHeight - top) / 3,
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
    });
  }

  letGo(event) {
    if (!this.player.isPlaying || event.target.closest?.("#minutes")) return;
    this.isOn = false;
    this.showButton();
  }

  resume() {
    this.isOn = true;
    this.follow(this.player.position, this.now?.isConnected ? this.now : null);
    this.showButton();
  }

  showButton() {
    const button = document.getElementById("follow");
    if (button) button.hidden = this.isOn || !this.player.isPlaying;
  }
}
