// A page of an attachment, read in a dialog; while a statement is written its words can be cited.
import { notify } from "./notices.js";

const MOST = 500; // characters of a quote
const dialog = document.getElementById("paper-dialog");
const shown = document.getElementById("paper-shown");
let picked = null;
let base = "";
let chosen = ""; // the words selected last: pressing a button may end a selection

// onPick({attachment, page, quote, label, href}) is called for every choice until the dialog closes.
export function readPaper(address, onPick = null) {
  picked = onPick;
  dialog.querySelector("[data-cite-paper]").hidden = !picked;
  return show(address);
}

async function show(address) {
  const wanted = new URL(address, base || location.href);
  const response = await fetch(wanted, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html");
  const paper = page && page.getElementById("paper");
  if (!paper) {
    notify(document.getElementById("connection").dataset.unanswered);
    return;
  }
  base = wanted.href;
  hint("");
  chosen = "";
  shown.replaceChildren(...paper.childNodes);
  Object.assign(shown.dataset, paper.dataset);
  if (!dialog.open) dialog.showModal();
  shown.scrollTop = 0;
  shown.querySelector("mark")?.scrollIntoView({ block: "center" });
  shown.querySelector(".paper__text")?.focus({ preventScroll: true });
}

function hint(text) {
  const place = dialog.querySelector(".paper__hint");
  place.hidden = !text;
  place.textContent = text;
}

function cite() {
  const { select, most } = dialog.querySelector(".paper__hint").dataset;
  const quote = chosen;
  if (!quote) return hint(select);
  if (quote.length > MOST) return hint(most);
  const { attachment, page, label } = shown.dataset;
  const href = new URL(base);
  href.search = new URLSearchParams({ page, quote });
  picked({ attachment, page: Number(page), quote, label, href: href.href });
  dialog.close();
}

function choose() {
  const selection = getSelection();
  const text = shown.querySelector(".paper__text");
  const isInside = text?.contains(selection.anchorNode) && text.contains(selection.focusNode);
  if (isInside && !selection.isCollapsed) chosen = selection.toString().trim();
}

export function openPapers() {
  if (!dialog) return;
  document.addEventListener("selectionchange", choose);
  shown.addEventListener("pointerdown", () => (chosen = ""));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-paper]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (link.closest("#paper-shown")) show(link.getAttribute("href"));
      else {
        base = "";
        readPaper(link.href);
      }
    }
    if (event.target.closest("#paper-dialog [data-close]")) dialog.close();
    if (event.target.closest("[data-cite-paper]")) cite();
  });
  dialog.addEventListener("close", () => {
    picked = null;
    base = "";
  });
}
