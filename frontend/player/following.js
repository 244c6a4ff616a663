// The words that sound are marked and kept in sight, until the person scrolls.
const SCROLLING_KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);

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

  // Words and segments by their start; segments without words count as one word.
  index() {
    const found = document.querySelectorAll("#transcript [data-start]");
    this.words = [...found]
      .filter((element) => element.matches("span") || !element.querySelector("span[data-start]"))
      .map((element) => ({ element, start: Number(element.dataset.start), end: Number(element.dataset.end) }))
      .sort((a, b) => a.start - b.start);
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
    if (this.isOn && word && this.player.isPlaying) this.bringIntoSight(word.element.closest(".segment"));
    this.showButton();
  }

  wordAt(seconds) {
    let low = 0;
    let high = this.words.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.words[middle].start <= seconds) low = middle + 1;
      else high = middle - 1;
    }
    const word = this.words[high];
    return word && seconds < word.end + 1.5 ? word : null;
  }

  light(word, isNow) {
    if (!word) return;
    word.element.classList.toggle("now", isNow);
    word.element.closest(".segment")?.classList.toggle("now", isNow);
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
    const segment = this.now?.element.closest(".segment");
    if (segment) this.bringIntoSight(segment);
    this.showButton();
  }

  showButton() {
    const button = document.getElementById("follow");
    if (button) button.hidden = this.isOn || !this.player.isPlaying;
  }
}
