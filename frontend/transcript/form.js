// One segment being written: saved as one writes, split, merged; two texts where two people write.
import { ask, reason } from "../minutes/requests.js";
import { tidy } from "../words.js";
import { idOf, labels, textOf } from "./rows.js";

const SAVE_AFTER = 1200; // milliseconds without a key
const TRY_AGAIN_AFTER = 5000;
const template = document.getElementById("segment-form");
const GONE = ["unknown_segment", "not_found", "transcript_superseded"]; // merged away, deleted, of an earlier transcript

// Whether it may be taken when it is sent again as it is; after a sign-in in another tab, too.
const isForNow = ({ status, body }) => !status || status >= 500 || [401, 429].includes(status) || body.code === "csrf_failed";

export class SegmentForm {
  // ended(saved) is called when the form is gone; split(at) and merge() when asked for, all saved.
  constructor(row, { caret, ended, split, merge }) {
    Object.assign(this, { row, ended, split, merge, revision: Number(row.dataset.revision), original: textOf(row) });
    this.saved = this.original;
    this.form = template.content.firstElementChild.cloneNode(true);
    this.field = this.form.elements.text;
    this.state = this.form.querySelector(".segment-form__state");
    this.box = this.form.querySelector(".segment-form__conflict");
    this.loss = this.form.querySelector(".segment-form__loss");
    this.field.value = this.original;
    this.field.lang = row.querySelector(".segment__text").lang;
    row.classList.add("segment--editing");
    row.append(this.form);
    this.listen();
    this.grow();
    this.field.focus();
    const at = caret ?? this.field.value.length;
    this.field.setSelectionRange(at, at);
    row.scrollIntoView({ block: "nearest" });
  }

  get text() {
    return tidy(this.field.value);
  }

  get isDirty() {
    return this.text !== this.saved || !this.box.hidden;
  }

  get etag() {
    return `"${idOf(this.row)}-${this.revision}"`;
  }

  // Nobody has this segment any more: what is written in it can be copied, not saved.
  get isLost() {
    return !this.loss.hidden;
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done();
    });
    this.field.addEventListener("input", () => {
      this.grow();
      this.state.textContent = "";
      this.saveSoon(SAVE_AFTER);
    });
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("keydown", (event) => this.key(event));
    const on = (name, act) => this.form.querySelector(`[data-${name}]`).addEventListener("click", act);
    on("cancel", () => this.discard());
    on("split", () => this.splitHere());
    on("mine", () => this.keepMine());
    on("theirs", () => this.close());
    on("leave", () => this.close());
    on("copy", ({ target }) => this.copy(target));
  }

  key(event) {
    const isInField = event.target === this.field;
    const atStart = isInField && this.field.selectionEnd === 0;
    if (event.key === "Escape") this.discard();
    else if (event.code === "Space" && event.ctrlKey) this.hear();
    else if (isInField && event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.splitHere();
    else if (isInField && event.key === "Enter" && !event.shiftKey && !event.isComposing) this.done();
    else if (atStart && event.key === "Backspace" && this.row.previousElementSibling?.id) {
      if (!event.repeat) this.mergeUp();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  hear() {
    const { start, end } = this.row.dataset;
    document.dispatchEvent(new CustomEvent("hear", { detail: { from: Number(start), to: Number(end), toggle: true } }));
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  saveSoon(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // Whether everything is saved; one request at a time.
  async save() {
    clearTimeout(this.timer);
    while (this.saving) await this.saving;
    if (this.isClosed) return true;
    if (!this.box.hidden || this.isLost) return false;
    if (this.text === this.saved) return true;
    if (!this.text) {
      this.state.textContent = labels.empty;
      return false;
    }
    this.saving = this.send(this.text);
    try {
      return await this.saving;
    } finally {
      this.saving = null;
    }
  }

  async send(text) {
    this.state.textContent = labels.saving;
    const answer = await ask("PATCH", `segments/${idOf(this.row)}/`, { text }, { "If-Match": this.etag });
    if (answer.ok) {
      this.took(answer.body);
      this.state.textContent = labels.saved;
      return true;
    }
    this.state.textContent = answer.body.current ? "" : answer.body.detail ? reason(answer) : labels.unsaved;
    if (answer.body.current) this.conflict(answer.body.current.text, answer.body.current.revision);
    else if (GONE.includes(answer.body.code)) this.lost();
    else if (isForNow(answer)) this.saveSoon(TRY_AGAIN_AFTER);
    return false;
  }

  took({ text, revision }) {
    this.saved = text;
    this.revision = revision;
  }

  // Somebody merged it into another, or the words were recognised anew; where all is saved nothing is lost with it.
  async lost() {
    while (this.saving) await this.saving;
    if (this.isClosed || this.isLost) return;
    if (this.text === this.saved) return this.close();
    this.state.textContent = "";
    this.box.hidden = true;
    this.loss.hidden = false;
  }

  async copy(button) {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      button.textContent = labels.copied;
    } catch {
      // What is selected can be copied by hand.
    }
  }

  // What somebody else wrote stands beside one's own words until one of the two is chosen.
  async conflict(text, revision) {
    while (this.saving) await this.saving;
    if (!(Number(revision) > this.revision) || this.isClosed) return; // older than what was saved here meanwhile
    if (text === this.saved || text === this.text) {
      this.took({ text, revision: Number(revision) });
      return;
    }
    if (this.text === this.saved) {
      this.field.value = text;
      this.original = text;
      this.took({ text, revision: Number(revision) });
      this.grow();
      return;
    }
    this.theirs = { text, revision: Number(revision) };
    this.form.querySelector(".segment-form__theirs").textContent = text;
    this.box.hidden = false;
  }

  keepMine() {
    this.took(this.theirs);
    this.box.hidden = true;
    this.field.focus();
    this.save();
  }

  async done() {
    if (await this.save()) this.close();
  }

  // As it was when the form was opened, also if something of it was saved meanwhile.
  async discard() {
    while (this.saving) await this.saving;
    if (this.isLost) return this.close();
    this.field.value = this.box.hidden ? this.original : this.saved;
    if (this.box.hidden && !(await this.save())) return;
    this.close();
  }

  async splitHere() {
    const at = tidy(this.field.value.slice(0, this.field.selectionStart)).length;
    if (await this.save()) this.split(at);
  }

  async mergeUp() {
    if (await this.save()) this.merge();
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.timer);
    this.form.remove();
    this.row.classList.remove("segment--editing");
    this.ended();
  }
}
