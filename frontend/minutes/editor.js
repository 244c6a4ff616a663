// The minutes edited in place: by buttons, and by keys where a statement has the focus.
import { isTyping, latin } from "../keys.js";
import { announce } from "../notices.js";
import { once } from "../once.js";
import { StatementForm, labels, template } from "./form.js";
import { caughtUp, minutesId, pane, refreshMinutes } from "./pane.js";
import { tell, tellNew } from "./requests.js";

const UNDO_SECONDS = 20;

let open = null;

const rowOf = (element) => element?.closest?.("#minutes .statement");
const mayEdit = () => Boolean(template && pane().querySelector('[data-act="add"]'));

// Where there is little room, only the chosen statement shows its tools.
function choose(row) {
  pane().querySelector(".statement--chosen")?.classList.remove("statement--chosen");
  row?.classList.add("statement--chosen");
}

// After the pane was taken anew, the same statement has the focus again.
async function shown(id, act = "edit") {
  await refreshMinutes();
  const row = id && document.getElementById(`statement-${id}`);
  choose(row);
  (row?.querySelector(`[data-act="${act}"]`) ?? row)?.focus();
}

function edit(row) {
  if (!row || !mayEdit()) return;
  if (open) {
    open.fields.text.focus();
    return;
  }
  choose(row);
  const isNew = !row.dataset.id;
  open = new StatementForm(row, {
    minutes: minutesId(),
    ended(saved) {
      open = null;
      if (isNew) row.remove();
      if (!saved) {
        row.querySelector('[data-act="edit"]')?.focus();
        caughtUp();
        return;
      }
      announce(labels.saved);
      shown(saved.id);
    },
  });
}

function add(section) {
  if (open) return edit(open.row);
  const row = document.createElement("li");
  row.className = "statement";
  section.querySelector(".chapter__list").append(row);
  edit(row);
}

const move = once(async (row, step) => {
  const rows = [...row.parentElement.querySelectorAll(":scope > .statement")];
  const position = rows.indexOf(row) + step;
  if (open || position < 0 || position >= rows.length) return;
  const { id, revision } = row.dataset;
  const answer = await tell("PATCH", `statements/${id}/`, { revision: Number(revision), position });
  if (answer.ok) announce(labels.moved);
  await shown(id, step < 0 ? "up" : "down");
});

const drop = once(async (row) => {
  const { id, revision, lineage } = row.dataset;
  const next = rowOf(row.nextElementSibling) ?? rowOf(row.previousElementSibling);
  const answer = await tell("DELETE", `statements/${id}/?revision=${revision}`);
  if (answer.ok) offerUndo(minutesId(), lineage);
  await shown(next?.dataset.id);
});

let hiding = 0;

function offerUndo(minutes, lineage) {
  const bar = document.getElementById("undo");
  const button = bar.querySelector("button");
  bar.querySelector(".undo__text").textContent = labels.dropped;
  bar.hidden = false;
  button.onclick = async () => {
    bar.hidden = true;
    const answer = await tell("POST", `minutes/${minutes}/statements/`, { restore: lineage });
    if (answer.ok) announce(labels.restored);
    shown(answer.body.id);
  };
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    bar.hidden = !bar.contains(document.activeElement);
  }, UNDO_SECONDS * 1000);
}

const writeAnew = once(async (_row, scope, isEdited) => {
  if (isEdited && !confirm(labels.overwrite)) return;
  const answer = await tellNew(`minutes/${minutesId()}/regenerate/`, { ...scope, overwrite: isEdited });
  if (answer.ok) announce(labels.started);
});

const acts = {
  edit: (row) => edit(row),
  up: (row) => move(row, -1),
  down: (row) => move(row, 1),
  drop: (row) => drop(row),
  anew: (row) => writeAnew(row, { statement: row.dataset.lineage }, "edited" in row.dataset),
  add: (_row, section) => add(section),
  "section-anew": (_row, section) => writeAnew(section, { section: Number(section.dataset.section) }, false),
};

document.addEventListener("click", (event) => {
  const more = event.target.closest("#minutes [data-more]");
  if (more) {
    choose(rowOf(more));
    rowOf(more).querySelector(".statement__tools button").focus();
  }
  const button = event.target.closest("#minutes [data-act]");
  if (button) acts[button.dataset.act](rowOf(button), button.closest("[data-section]"));
});

function takeBack(event) {
  const bar = document.getElementById("undo");
  if (bar.hidden || !event.target.closest("#minutes, #undo")) return;
  event.preventDefault();
  bar.querySelector("button").click();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && latin(event) === "z" && !isTyping(event)) takeBack(event);
  if (isTyping(event) || event.ctrlKey || event.metaKey || !mayEdit()) return;
  if (document.activeElement.closest("#transcript")) return;
  const row = rowOf(document.activeElement) ?? pane().querySelector(".statement.citing");
  if (!row) return;
  if (latin(event) === "e" && !event.altKey) edit(row);
  else if (event.altKey && event.key === "ArrowUp") move(row, -1);
  else if (event.altKey && event.key === "ArrowDown") move(row, 1);
  else return;
  event.preventDefault();
});

addEventListener("beforeunload", (event) => {
  if (open) event.preventDefault();
});
