// An upload as people see it: what it is, how far, what can be done about it.
import { announce } from "../notices.js";
import { size } from "../words.js";

const panel = document.getElementById("uploads");
export const labels = panel?.dataset;

// What each state offers; what is over can be dismissed.
const TOOLS = {
  waiting: ["pause", "stop"],
  looking: ["stop"],
  sending: ["pause", "stop"],
  away: ["pause", "stop"],
  paused: ["goOn", "stop"],
  lost: ["choose", "stop"],
  known: ["anyway", "remove"],
  checking: [],
  attaching: ["pause", "stop"],
  failed: ["again", "remove"],
  stopped: ["again", "remove"],
  done: ["remove"],
};

export class Card {
  // acts: what the buttons do, by their names.
  constructor({ name, bytes }, acts) {
    panel.hidden = false;
    this.element = document.getElementById("upload-card").content.firstElementChild.cloneNode(true);
    this.element.querySelector(".upload__name").textContent = name;
    this.element.querySelector(".upload__size").textContent = size(bytes);
    this.status = this.element.querySelector(".upload__status");
    this.bar = this.element.querySelector(".upload__bar");
    this.bar.setAttribute("aria-label", name);
    this.name = name;
    for (const button of this.tools()) {
      button.setAttribute("aria-label", `${button.textContent.trim()}: ${name}`);
      button.addEventListener("click", () => acts[button.dataset.tool]());
    }
    document.getElementById("upload-cards").append(this.element);
  }

  tools() {
    return this.element.querySelectorAll("[data-tool]");
  }

  // A stage is read out, percents are not.
  show(state, text) {
    const isNew = this.element.dataset.state !== state;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.dataset.state = state;
    this.status.textContent = text;
    for (const button of this.tools()) button.hidden = !TOOLS[state].includes(button.dataset.tool);
    if (!isNew) return;
    announce(`${this.name}: ${text}`);
    if (hadFocus && document.activeElement?.hidden !== false) this.element.querySelector("[data-tool]:not([hidden])")?.focus();
  }

  progress(share) {
    this.bar.value = share;
  }

  link(href, text) {
    const link = document.createElement("a");
    Object.assign(link, { href, textContent: text });
    this.status.append(" ", link);
  }

  focus() {
    this.element.scrollIntoView({ block: "nearest" });
    this.element.querySelector("[data-tool]:not([hidden])")?.focus();
  }

  remove() {
    this.element.remove();
    panel.hidden = !document.querySelector("#upload-cards > *");
  }
}
