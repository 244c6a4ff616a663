// A template tried on a meeting: asked for, looked for every two seconds, shown with its evidence.
import { ask } from "../minutes/requests.js";
import { clock } from "../words.js";

const PAUSE = 2000;
const NO_MEETING = "00000000-0000-0000-0000-000000000000";

export function connectPreview(sections, refused, accepted) {
  const form = document.getElementById("preview");
  if (!form) return;
  const state = document.getElementById("preview-state");
  const result = document.getElementById("preview-result");
  let newest = 0;

  async function show() {
    newest += 1;
    const mine = newest;
    const button = form.querySelector("button");
    button.disabled = true;
    result.replaceChildren();
    state.textContent = form.dataset.waiting;
    const answer = await written({ meeting: form.elements.meeting.value, sections: sections() }, () => mine === newest);
    button.disabled = false;
    if (mine !== newest) return;
    const isDone = answer.ok && answer.body.state === "done";
    state.textContent = isDone ? form.dataset.done : answer.ok ? form.dataset.failed : "";
    if (answer.ok) accepted();
    else refused(answer);
    if (isDone) result.replaceChildren(...parts(answer.body, form.dataset));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
}

async function written(told, isWanted) {
  let answer = await ask("POST", "templates/previews/", told);
  while (answer.ok && answer.body.state === "waiting" && isWanted()) {
    await new Promise((go) => setTimeout(go, PAUSE));
    answer = await ask("GET", `templates/previews/${answer.body.id}/`);
  }
  return answer;
}

function parts(body, labels) {
  const notes = body.notes.map((note) => element("p", "quiet", note));
  return [...notes, ...body.sections.map((section) => chapter(section, body.meeting, labels))];
}

function chapter(section, meeting, labels) {
  const made = element("section", "chapter");
  made.append(element("h3", "chapter__title", section.title));
  if (!section.statements.length) {
    made.append(element("p", "quiet", labels.nothing));
    return made;
  }
  const list = element("ol", "chapter__list");
  list.append(...section.statements.map((statement) => item(statement, meeting, labels)));
  made.append(list);
  return made;
}

function item(statement, meeting, labels) {
  const made = element("li", "statement");
  made.append(element("span", "statement__text", statement.text));
  const charged = [statement.assignee, statement.due_text].filter(Boolean).join(", ");
  if (charged) made.append(" ", element("span", "quiet", `(${charged})`));
  for (const evidence of statement.evidence) made.append(" ", moment(evidence, meeting, labels));
  if (statement.verdict === "unverified") {
    made.append(" ", element("span", "badge badge--unverified", labels.unverified), " ");
    made.append(element("span", "quiet", statement.detail));
  }
  return made;
}

function moment(evidence, meeting, labels) {
  const link = element("a", "evidence", clock(evidence.start));
  const page = labels.meetingPage.replace(NO_MEETING, meeting);
  Object.assign(link, { href: `${page}#segment-${evidence.segment}`, title: evidence.quote });
  link.setAttribute("aria-label", `${labels.play} ${clock(evidence.start)}: ${evidence.quote}`);
  return link;
}

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
