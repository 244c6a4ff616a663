// The rows of a transcript of any length: those in sight stand in the page, the others come as they are needed.
import { mayStand, newQuestion } from "../live/answers.js";
import { Heights } from "./heights.js";
import { Outline, entriesOf, entryOfRow, wordingOf } from "./outline.js";

const WHOLE = 200; // as many segments stand in the page at once
const ROOM = 1.5; // screens of rows above and below what is in sight
const LEAST_ROOM = 0.6;
const AT_ONCE = 40; // segments asked for together
const KEPT = 900; // rows that are remembered
const TRY_AGAIN_AFTER = 3000;
const ANCHORS = CSS.supports("overflow-anchor", "auto");

const idOf = (row) => Number(row.id.replace("segment-", ""));

class Sheet {
  constructor() {
    this.marks = new Map();
    this.heights = new Heights();
    this.sizes = new ResizeObserver((changes) => this.measure(changes));
    this.adopt();
    document.addEventListener("refreshed", ({ target }) => target.id === "transcript" && this.adopt());
    document.addEventListener("refreshing", (event) => event.target.id === "transcript" && this.keep(event));
    addEventListener("scroll", () => this.soon(), { passive: true });
    addEventListener("resize", () => this.soon());
  }

  // Takes over the list as the server wrote it, and asks for what is not in it.
  adopt() {
    this.list = document.querySelector("#transcript .segments");
    this.rows = new Map();
    this.awaited = new Map();
    this.window = [0, -1];
    this.outline = new Outline();
    this.ready = Promise.resolve();
    this.sizes.disconnect();
    if (!this.list) return;
    const rows = [...this.list.querySelectorAll(":scope > .segment")];
    for (const row of rows) this.keepRow(idOf(row), row);
    this.outline.put(rows.map(entryOfRow));
    this.sizes.observe(this.list);
    if (Number(this.list.dataset.total ?? 0) > rows.length) this.ready = this.learn();
  }

  get isWhole() {
    return this.outline.length <= WHOLE || this.isPrinted;
  }

  // The list stays when the page is taken anew; what changed in it is taken over, or asked for where it is long.
  keep(event) {
    const fresh = event.detail.fresh.querySelector(".segments");
    const isSame = fresh?.dataset.transcript && fresh.dataset.transcript === this.list?.dataset.transcript;
    if (!isSame || fresh.dataset.complete !== this.list.dataset.complete) return;
    const rows = [...fresh.querySelectorAll(":scope > .segment")];
    const isWhole = Number(fresh.dataset.total) === rows.length;
    if (isWhole !== this.isWhole) return;
    event.preventDefault();
    for (const name of [".transcript__tools", ".transcript__waiting"]) {
      const [old, now] = [event.target, event.detail.fresh].map((part) => part.querySelector(name));
      if (old && now && old.outerHTML !== now.outerHTML) old.replaceWith(now);
    }
    if ("editable" in fresh.dataset !== "editable" in this.list.dataset) {
      this.list.toggleAttribute("data-editable", "editable" in fresh.dataset);
      if (!isWhole) this.rows.clear();
    }
    if (isWhole) this.take(rows, event.detail.fresh);
    else this.ready = this.learn();
  }

  // All rows as the server has them now; those that say the same stay as they are, and so does one that is written in.
  take(rows, fresh) {
    const wanted = new Set(rows.map(idOf));
    const isWritten = (id) => this.rows.get(id)?.matches(".segment--editing");
    const isNews = (row) => !this.rows.has(idOf(row)) || wordingOf(this.rows.get(idOf(row))) !== wordingOf(row);
    const news = rows.filter((row) => isNews(row) && !isWritten(idOf(row)));
    const gone = [...this.rows.keys()].filter((id) => !wanted.has(id) && !isWritten(id));
    if (!news.length && !gone.length) return;
    const voices = fresh.querySelector("#voices");
    if (voices) document.getElementById("voices")?.replaceWith(voices);
    this.remove(gone);
    this.put(news);
    this.render();
    this.tell();
  }

  // Asks for the outline; rows that are older than it go.
  async learn() {
    const question = newQuestion();
    const response = await fetch(this.list.dataset.outline, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const entries = entriesOf(await response.json());
    if (!mayStand("transcript", question)) return this.learn();
    const known = this.outline;
    this.outline = new Outline(entries);
    this.outline.put(this.written().filter((row) => this.outline.placeOf(idOf(row)) === undefined).map(entryOfRow));
    for (const [id, row] of this.rows) {
      const [was, is] = [known.entryOf(id)?.revision, this.outline.entryOf(id)?.revision];
      if (is && (!was || was === is)) continue;
      if (!row.matches(".segment--editing")) this.rows.delete(id);
    }
    this.list.toggleAttribute("data-windowed", !this.isWhole);
    this.render();
    this.tell();
  }

  tell() {
    this.list.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
  }

  keepRow(id, row) {
    for (const [name, ids] of this.marks) row.classList.toggle(name, ids.has(id));
    this.rows.set(id, row);
    this.awaited.delete(id);
    return row;
  }

  // New rows, or rows in the place of those with their ids; who was at one of these still is.
  put(rows) {
    for (const row of rows) {
      const id = idOf(row);
      const old = this.rows.get(id);
      const hadFocus = old?.contains(document.activeElement);
      old?.replaceWith(row);
      if (hadFocus) row.querySelector(".segment__time").focus({ preventScroll: true });
      this.keepRow(id, row);
      this.heights.forget(id);
    }
    this.outline.put(rows.map(entryOfRow));
  }

  remove(ids) {
    for (const id of ids) this.rows.delete(id);
    this.outline.remove(ids);
  }

  // Gives a class to the segments with these ids and takes it from the others.
  mark(name, ids) {
    this.marks.set(name, new Set(ids));
    for (const [id, row] of this.rows) row.classList.toggle(name, this.marks.get(name).has(id));
  }

  // The row of a segment, come into the page if need be and scrolled to; null where there is none.
  async bring(id, scroll = { block: "center" }) {
    await this.ready;
    const place = this.outline.placeOf(id);
    if (place === undefined) return null;
    if (!this.rows.get(this.outline.at(place).id)?.isConnected) await this.goTo(place);
    const row = this.rows.get(Number(id)) ?? null;
    if (scroll) row?.scrollIntoView(scroll);
    return row;
  }

  async goTo(place) {
    const { id } = this.outline.at(place);
    this.render(this.around(place));
    this.standing(this.outline.at(place)).scrollIntoView({ block: "center" });
    const near = this.outline.entries.slice(Math.max(0, place - AT_ONCE / 2), place + AT_ONCE / 2);
    await this.load(near.map((entry) => entry.id).filter((one) => !this.rows.has(one)));
    if (this.outline.placeOf(id) !== undefined) this.render(this.around(this.outline.placeOf(id)));
  }

  around(place) {
    const y = this.heights.lie(this.outline)[place];
    return this.between(y - innerHeight * (ROOM + 0.5), y + innerHeight * (ROOM + 0.5));
  }

  between(top, bottom) {
    return [this.heights.placeAt(this.outline, top), this.heights.placeAt(this.outline, bottom)];
  }

  // The places in sight, with so many screens around them.
  sight(room) {
    const top = -this.list.getBoundingClientRect().top;
    return this.between(top - innerHeight * room, top + innerHeight * (room + 1));
  }

  soon() {
    if (this.isWhole || this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.list?.offsetParent) return;
      const [first, last] = this.sight(LEAST_ROOM);
      if (first < this.window[0] || last > this.window[1]) this.render();
    });
  }

  // The row that somebody writes in stays, also when its segment is gone.
  written() {
    return [...this.list.querySelectorAll(".segment--editing")];
  }

  // Rows that stay wherever they are: written in, with the focus, or where a selection begins or ends.
  pinned() {
    const selection = getSelection();
    const nodes = [document.activeElement, ...(selection.isCollapsed ? [] : [selection.anchorNode, selection.focusNode])];
    const rows = nodes.map((node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest("#transcript .segment"));
    return [...rows, ...this.written()].filter(Boolean).map((row) => this.outline.placeOf(idOf(row)));
  }

  shown([first, last]) {
    const places = new Set(this.pinned().filter((place) => place !== undefined));
    for (let place = first; place <= last; place += 1) places.add(place);
    return [...places].sort((a, b) => a - b);
  }

  // Puts into the page what is to stand there, and nothing else; what stays is not moved.
  render(wanted) {
    if (!this.list) return;
    if (!this.isWhole && !this.list.offsetParent) return;
    this.list.toggleAttribute("data-windowed", !this.isWhole);
    this.window = this.isWhole ? [0, this.outline.length - 1] : (wanted ?? this.sight(ROOM));
    const places = this.shown(this.window);
    const anchor = ANCHORS ? null : this.anchor();
    this.stand(this.children(places));
    anchor?.();
    this.forget();
    this.loadMissing();
  }

  children(places) {
    const sums = this.heights.lie(this.outline);
    const children = [];
    let next = 0;
    for (const place of places) {
      if (place > next) children.push(this.gap(children.length, sums[place] - sums[next]));
      children.push(this.standing(this.outline.at(place), place));
      next = place + 1;
    }
    if (next < this.outline.length) children.push(this.gap(-1, sums[this.outline.length] - sums[next]));
    return children;
  }

  gap(key, height) {
    const gaps = (this.list.gaps ??= new Map());
    if (!gaps.has(key)) {
      gaps.set(key, Object.assign(document.createElement("li"), { className: "segments__gap", ariaHidden: "true" }));
      gaps.get(key).dataset.print = this.list.dataset.print ?? "";
    }
    gaps.get(key).style.height = `${height}px`;
    return gaps.get(key);
  }

  // The row of an entry; until it has come, its time in as much room as it will take.
  standing(entry, place = this.outline.placeOf(entry.id)) {
    const row = this.rows.get(entry.id);
    if (row) {
      row.classList.toggle("segment--turn", this.outline.isTurn(place));
      if (!this.isWhole) Object.assign(row, { ariaSetSize: String(this.outline.length), ariaPosInSet: String(place + 1) });
      return row;
    }
    if (!this.awaited.has(entry.id)) {
      const item = document.createElement("li");
      item.className = "segment-awaited";
      item.style.height = `${this.heights.of(this.outline, place)}px`;
      this.awaited.set(entry.id, item);
    }
    return this.awaited.get(entry.id);
  }

  stand(children) {
    const staying = new Set(children);
    for (const child of [...this.list.children]) {
      if (!staying.has(child) && (children.length || !child.matches(".empty"))) child.remove();
    }
    let at = this.list.firstElementChild;
    for (const child of children) {
      if (child === at) {
        at = at.nextElementSibling;
        continue;
      }
      this.list.insertBefore(child, at);
      if (!this.isWhole && child.id) this.sizes.observe(child);
    }
  }

  // For browsers that do not keep in place what is looked at.
  anchor() {
    const row = [...this.list.children].find((child) => child.getBoundingClientRect().bottom > innerHeight / 4);
    const top = row?.getBoundingClientRect().top;
    return () => row?.isConnected && scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
  }

  measure(changes) {
    for (const { target, borderBoxSize } of changes) {
      if (target === this.list) this.heights.setWidth(target.clientWidth);
      else if (target.isConnected && !target.matches(".segment--editing")) this.heights.measure(idOf(target), borderBoxSize[0].blockSize);
      if (!target.isConnected) this.sizes.unobserve(target);
    }
    this.soon();
  }

  forget() {
    if (this.rows.size <= KEPT) return;
    const [first, last] = this.window;
    for (const [id, row] of this.rows) {
      const place = this.outline.placeOf(id);
      if (!row.isConnected && (place < first - KEPT / 3 || place > last + KEPT / 3)) this.rows.delete(id);
    }
  }

  // Asks for rows that stand in the page without words: those in the middle of it first, then what may come next.
  async loadMissing() {
    if (this.isLoading || this.isWhole) return;
    const [first, last] = this.window;
    const middle = (first + last) / 2;
    const near = this.outline.entries.slice(Math.max(0, first - AT_ONCE), last + AT_ONCE).filter(({ id }) => !this.rows.has(id));
    const isIn = ({ id }) => this.awaited.get(id)?.isConnected;
    if (!near.some(isIn)) return;
    near.sort((a, b) => Math.abs(this.outline.placeOf(a.id) - middle) - Math.abs(this.outline.placeOf(b.id) - middle));
    this.isLoading = true;
    const came = await this.load(near.slice(0, AT_ONCE).map(({ id }) => id));
    this.isLoading = false;
    if (came) this.render();
    else setTimeout(() => this.render(), TRY_AGAIN_AFTER);
  }

  // Whether the server told these segments; those it no longer has go.
  async load(ids) {
    if (!ids.length) return true;
    const page = await this.ask(ids);
    if (!page) return false;
    const [came, gone] = [[], []];
    for (const id of ids) {
      const row = page.getElementById(`segment-${id}`);
      if (row) came.push([id, row]);
      else gone.push(id);
    }
    for (const [id, row] of came) this.rows.has(id) || this.keepRow(id, row);
    if (gone.length) this.remove(gone);
    return true;
  }

  // The server's page with these segments; null where it does not answer.
  async ask(ids) {
    const address = `${this.list.dataset.segments}?segments=${ids.join(",")}`;
    const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!response?.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }
}

export const sheet = new Sheet();
