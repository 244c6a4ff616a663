// One statement being written: its words, its section, what it rests on, and the verdict meanwhile.
import { clock } from "../words.js";
import { readPaper } from "../papers.js";
import { isCiting, startCiting, stopCiting } from "./citing.js";
import { ask, create, reason } from "./requests.js";

export const template = document.getElementById("statement-form");
export const labels = template?.dataset;

const CHECK_AFTER = 350; // milliseconds without a key

export class StatementForm {
  // row: the <li>; ended(saved) is called with the statement as stored, or null.
  constructor(row, { minutes, ended }) {
    Object.assign(this, { row, minutes, ended, revision: Number(row.dataset.revision), asked: 0 });
    this.form = template.content.firstElementChild.cloneNode(true);
    this.fields = this.form.elements;
    this.list = this.form.querySelector(".citations__list");
    this.verdict = this.form.querySelector(".statement-form__verdict");
    this.fill();
    row.classList.add("statement--editing");
    row.append(this.form);
    this.listen();
    this.fields.text.focus();
    this.check();
  }

  fill() {
    const { dataset } = this.row;
    const home = this.row.closest("[data-section]");
    for (const section of document.querySelectorAll("#minutes [data-section]")) {
      this.fields.section.append(new Option(section.dataset.title, section.dataset.section, false, section === home));
    }
    this.fields.text.value = this.row.querySelector(".statement__text")?.textContent ?? "";
    this.fields.assignee.value = dataset.assignee ?? "";
    this.fields.due.value = dataset.due ?? "";
    this.fields.due_text.value = dataset.dueText ?? "";
    for (const link of this.row.querySelectorAll(".statement__evidence .evidence")) {
      if (link.dataset.attachment) {
        this.citePaper({ ...link.dataset, page: Number(link.dataset.page), quote: link.title, href: link.href });
        continue;
      }
      const start = Number(link.dataset.start);
      const end = Number(link.dataset.end);
      this.cite({ segment: Number(link.dataset.segment), start, end, text: link.title, from: start, to: end });
    }
    this.showTask();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.form.addEventListener("input", () => {
      this.showTask();
      this.checkSoon();
    });
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.form.querySelector("[data-cancel]").addEventListener("click", () => this.close(null));
    this.citeButton = this.form.querySelector("[data-cite]");
    this.citeButton.addEventListener("click", () => this.toggleCiting());
    this.offerPapers();
    this.escape = (event) => {
      if (event.key !== "Escape" || !isCiting()) return;
      event.stopImmediatePropagation();
      this.toggleCiting();
    };
    document.addEventListener("keydown", this.escape, true);
  }

  key(event) {
    if (event.key === "Escape") this.close(null);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  toggleCiting() {
    if (isCiting()) stopCiting();
    else startCiting((span) => this.cite(span));
    this.citeButton.setAttribute("aria-pressed", String(isCiting()));
    this.form.querySelector(".citations__hint").hidden = !isCiting();
    if (!isCiting()) this.citeButton.focus();
  }

  // The documents whose text is there; one is chosen where there are several.
  offerPapers() {
    const button = this.form.querySelector("[data-cite-from]");
    const choice = this.form.querySelector(".citations__papers");
    const papers = [...document.querySelectorAll("#attachments a[data-paper]")];
    choice.append(...papers.map((link) => new Option(link.textContent, link.href)));
    button.hidden = papers.length === 0;
    choice.hidden = papers.length < 2;
    button.addEventListener("click", () => readPaper(choice.value, (span) => this.citePaper(span)));
  }

  cite(span) {
    const play = document.createElement("a");
    play.href = `#segment-${span.segment}`;
    Object.assign(play.dataset, { from: span.from, to: span.to });
    play.textContent = clock(span.from);
    play.setAttribute("aria-label", `${labels.play} ${clock(span.from)}`);
    const cited = { segment: span.segment };
    if (span.start !== undefined) Object.assign(cited, { start: span.start, end: span.end });
    this.enlist(cited, play, span.text);
  }

  citePaper({ attachment, page, quote, label, href }) {
    const read = document.createElement("a");
    read.href = href;
    read.dataset.paper = "";
    read.textContent = label;
    this.enlist({ attachment, page, quote }, read, quote);
  }

  enlist(span, link, text) {
    const item = document.createElement("li");
    item.className = "citation";
    item.span = span;
    const quote = document.createElement("q");
    quote.textContent = text;
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "link", textContent: labels.remove });
    remove.setAttribute("aria-label", `${labels.remove}: ${text}`);
    remove.addEventListener("click", () => {
      item.remove();
      this.citeButton.focus();
      this.check();
    });
    item.append(link, " ", quote, " ", remove);
    this.list.append(item);
    this.checkSoon();
  }

  get kind() {
    const chosen = document.querySelector(`#minutes [data-section="${this.fields.section.value}"]`);
    const isHome = chosen === this.row.closest("[data-section]");
    return isHome && this.row.dataset.kind ? this.row.dataset.kind : chosen?.dataset.kind;
  }

  showTask() {
    this.form.querySelector(".statement-form__task").hidden = this.kind !== "action_item";
  }

  get wording() {
    const said = {
      text: this.fields.text.value.trim(),
      evidence: [...this.list.children].map((item) => item.span),
    };
    if (this.kind === "action_item") {
      said.assignee = this.fields.assignee.value.trim();
      said.due_text = this.fields.due_text.value.trim();
      said.due = this.fields.due.value || null;
    }
    return said;
  }

  checkSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  // The last question counts, whichever answer comes last.
  async check() {
    clearTimeout(this.timer);
    const mine = ++this.asked;
    const said = this.wording;
    if (!said.text) return;
    if (this.kind === "action_item") said.kind = this.kind;
    const answer = await ask("POST", this.path("check/"), said);
    if (!answer.ok || mine !== this.asked) return;
    const { verdict, label, words } = answer.body;
    this.form.dataset.verdict = verdict;
    const why = [label, words && `“${words}”`].filter(Boolean).join(": ");
    this.verdict.textContent = verdict === "supported" ? labels.supported : `${labels.unverified}. ${why}`;
  }

  path(end = "") {
    const { id } = this.row.dataset;
    return id ? `statements/${id}/${end}` : `minutes/${this.minutes}/statements/${end}`;
  }

  async save() {
    if (this.isSaving || !this.form.reportValidity()) return;
    this.isSaving = true;
    const said = this.wording;
    const section = Number(this.fields.section.value);
    const { id } = this.row.dataset;
    if (id) said.revision = this.revision;
    if (!id || section !== Number(this.row.closest("[data-section]").dataset.section)) said.section = section;
    const answer = id ? await ask("PATCH", this.path(), said) : await create(this.path(), said);
    this.isSaving = false;
    if (answer.ok) this.close(answer.body);
    else this.refused(answer);
  }

  // What stands there now is shown; saving once more replaces it knowingly.
  refused(answer) {
    clearTimeout(this.timer);
    this.asked += 1;
    const { current } = answer.body;
    this.form.dataset.verdict = "refused";
    this.verdict.textContent = reason(answer);
    if (!current) return;
    this.revision = current.revision;
    this.verdict.textContent += ` ${labels.now} “${current.text}”`;
  }

  close(saved) {
    stopCiting();
    clearTimeout(this.timer);
    this.asked += 1;
    document.removeEventListener("keydown", this.escape, true);
    this.form.remove();
    this.row.classList.remove("statement--editing");
    this.ended(saved);
  }
}
