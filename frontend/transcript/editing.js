// The transcript edited in place: by buttons, by a double click, and by keys.
import { isTyping, latin } from "../keys.js";
import { refresh } from "../live/refresh.js";
import { tell } from "../minutes/requests.js";
import { announce } from "../notices.js";
import { once } from "../once.js";
import { showPane } from "../panes.js";
import { fill } from "../words.js";
import { SegmentForm } from "./form.js";
import { openHistory } from "./history.js";
import { openReplace } from "./replace.js";
import { currentRow, etagOf, idOf, labels, mayEdit, rowById, rowOf, showName, takeAnew, textOf, timeOf } from "./rows.js";
import "./paper.js";
import { sheet } from "./sheet.js";
import { goToUncertain, isUncertainRow } from "./uncertain.js";
import { openVoices } from "./voices.js";

const root = `meetings/${document.getElementById("main").dataset.meeting}/transcript/`;
const tools = document.getElementById("segment-tools")?.content.firstElementChild.cloneNode(true);

let form = null;
let isWholeWanted = false;
let isMerging = false;

export const isWriting = () => form !== null;

// A form keeps its segment; it is told what others wrote there, or that it is no more.
function held(row, fresh) {
  if (form?.row !== row) return false;
  if (fresh) form.conflict(textOf(fresh), fresh.dataset.revision);
  else form.lost();
  return true;
}

const take = (ids) => takeAnew(ids, held);

// Everything anew, but not under somebody's hands.
export function refreshTranscript() {
  isWholeWanted = isWriting();
  if (!isWholeWanted) refresh("transcript", "talks");
}

async function edit(row, caret) {
  if (!row || !mayEdit() || row.classList.contains("segment--dropped")) return;
  if (form?.row === row) return form.field.focus();
  await finish();
  if (form) return form.field.focus();
  tools.remove();
  showPane("transcript");
  form = new SegmentForm(row, {
    caret,
    ended: () => ended(row),
    split: (at) => split(row, at),
    merge: () => mergeUp(row, true),
  });
}

async function ended(row) {
  const isHere = row.isConnected;
  form = null;
  if (isHere) timeOf(row).focus({ preventScroll: true });
  if (isWholeWanted) refreshTranscript();
  else await take([idOf(row)]);
}

// Whatever is being written is saved and closed; it stays open where it could not be saved.
async function finish() {
  if (form && !form.row.isConnected) form.close();
  await form?.done();
}

const split = once(async (row, at) => {
  const answer = await tell("POST", `segments/${idOf(row)}/split/`, { at }, { "If-Match": form.etag });
  if (!answer.ok || !form) return;
  form.close();
  const [first, second] = answer.body.segments;
  await take([first.id, second.id]);
  announce(labels.split);
  edit(rowById(second.id), 0);
});

async function mergeUp(row, isWritten = false) {
  const above = row.previousElementSibling;
  if (!above?.id || isMerging) return;
  isMerging = true;
  await merge(above, row, isWritten).finally(() => (isMerging = false));
}

async function merge(above, row, isWritten) {
  const caret = textOf(above).length + 1;
  const answer = await tell("POST", `segments/${idOf(above)}/merge/`, undefined, { "If-Match": etagOf(above) });
  if (!answer.ok) return;
  if (isWritten) form.close();
  await take([idOf(above), idOf(row)]);
  announce(labels.merged);
  if (isWritten) edit(rowById(answer.body.id), caret);
  else timeOf(rowById(answer.body.id)).focus();
}

const patch = once(async (row, body, said) => {
  const answer = await tell("PATCH", `segments/${idOf(row)}/`, body, { "If-Match": etagOf(row) });
  if (answer.ok) announce(said);
  await take([idOf(row)]);
  return answer.ok;
});

async function confirm(row) {
  const wasUncertain = isUncertainRow(row);
  if ((await patch(row, { confirmed: true }, labels.confirmed)) && wasUncertain) goToUncertain(1);
}

async function step(name, said) {
  await finish();
  const answer = await tell("POST", `${root}${name}/`);
  if (!answer.ok) return;
  announce(said);
  await showEdit(answer.body);
}

// After one's own edit of many segments; names come by the socket.
async function showEdit(made) {
  if (!made) return;
  const isLive = document.getElementById("connection").hidden;
  if (made.speakers.length && isLive) return;
  if (made.speakers.length || made.segments.length > 200) refreshTranscript();
  else await take(made.segments);
  const row = rowById(made.segments[0]) ?? (await sheet.bring(made.segments[0]));
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  timeOf(row).focus({ preventScroll: true });
}

const acts = {
  edit: (row) => edit(row),
  speaker: (row) => openVoices(row, showEdit),
  merge: (row) => mergeUp(row),
  confirm: (row) => confirm(row),
  drop: (row) => patch(row, { dropped: true }, labels.dropped),
  "bring-back": (row) => patch(row, { dropped: false }, labels.back),
  undo: () => step("undo", labels.undone),
  redo: () => step("redo", labels.redone),
  replace: () => openReplace(root, showEdit),
  uncertain: () => goToUncertain(1),
  history: () => openHistory(root, showEdit),
};

// An edit of anybody, by the socket.
export function heard(event) {
  for (const { number, name } of event.names ?? []) {
    showName(number, name || fill(labels?.speaker ?? document.getElementById("segment").dataset.speaker, { number }));
  }
  if (event.whole) refreshTranscript();
  else take(event.segment_ids);
}

function showTools(event) {
  const row = rowOf(event.target);
  if (!tools || !row || !mayEdit() || form?.row === row || row.contains(tools)) return;
  if (row.classList.contains("segment--dropped") || tools.contains(document.activeElement)) return;
  tools.querySelector('[data-do="merge"]').hidden = !row.previousElementSibling?.id;
  row.append(tools);
}

for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, showTools);

document.addEventListener("click", (event) => {
  const button = event.target.closest("#transcript [data-do]");
  if (button) acts[button.dataset.do](rowOf(button));
});

// A press elsewhere in the transcript ends the writing; one on the player does not.
document.addEventListener("pointerdown", (event) => {
  if (form && event.target.closest("#transcript") && !form.form.contains(event.target)) finish();
});

document.addEventListener("dblclick", (event) => {
  const text = event.target.closest("#transcript .segment__text");
  if (!text || !mayEdit()) return;
  document.dispatchEvent(new CustomEvent("hush"));
  getSelection().removeAllRanges();
  const words = [...text.querySelectorAll("span[data-start]")];
  const before = words.slice(0, Math.max(0, words.indexOf(event.target.closest("span[data-start]"))));
  edit(rowOf(text), before.reduce((sum, word) => sum + word.textContent.length + 1, 0));
});

const keys = { e: "edit", s: "speaker", k: "confirm" };

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.altKey || event.defaultPrevented) return;
  const isControl = event.ctrlKey || event.metaKey;
  const key = latin(event);
  if (isControl && event.target.closest("#minutes, #undo")) return; // not the transcript is meant there
  if (isControl && key === "z" && mayEdit()) acts[event.shiftKey ? "redo" : "undo"]();
  else if (isControl && key === "y" && mayEdit()) acts.redo();
  else if (!isControl && key === "u") goToUncertain(event.shiftKey ? -1 : 1);
  else if (!isControl && !event.shiftKey && keys[key] && mayEdit() && currentRow()) acts[keys[key]](currentRow());
  else return;
  event.preventDefault();
});

addEventListener("beforeunload", (event) => {
  if (!form?.isDirty) return;
  form.save();
  event.preventDefault();
});
