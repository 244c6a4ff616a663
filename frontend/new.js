// New recordings: chosen, dropped or made here, described once, sent one after the other.
import "./app.js";
import { recall, remember } from "./choices.js";
import { acceptDrops } from "./drop.js";
import { once } from "./once.js";
import { drop } from "./recorder/kept.js";
import { Panel } from "./recorder/panel.js";
import { Unsent } from "./recorder/unsent.js";
import { Uploads } from "./uploads.js";
import { labels } from "./uploads/card.js";
import { pageOf } from "./uploads/upload.js";
import { routes } from "./api.js";
import { tell } from "./live/notifications.js";
import { LiveSocket } from "./live/socket.js";
import { size } from "./words.js";

const form = document.getElementById("new");
let files = [];
let papers = [];

function showFiles() {
  const list = document.getElementById("picked");
  list.replaceChildren(...files.map((file) => entry(file, files, list.dataset.remove, showFiles)));
  form.querySelector(".picker").classList.toggle("picker--filled", files.length > 0);
  const title = form.elements.title;
  title.disabled = files.length > 1;
}

function showPapers() {
  const part = document.getElementById("papers");
  const entries = papers.map((file) => entry(file, papers, part.dataset.remove, showPapers));
  part.querySelector("ul").replaceChildren(...entries);
}

function entry(file, among, removeLabel, shown) {
  const item = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "link";
  remove.textContent = removeLabel;
  remove.addEventListener("click", () => {
    among.splice(among.indexOf(file), 1);
    shown();
  });
  item.append(`${file.name} · ${size(file.size)} `, remove);
  return item;
}

// When it was: as the form says, of a recording that was made here when it began unless somebody said otherwise.
function heldAt(record) {
  const { value, defaultValue } = form.elements.held_at;
  if (record && value === defaultValue) return new Date(record.begunAt).toISOString();
  return value;
}

// The fields as the API takes them; the time as it is shown, in the person's zone and not the browser's.
function fields({ title, record }) {
  const values = new FormData(form);
  return [
    ["title", title],
    ["held_at", heldAt(record)],
    ["language", values.get("language")],
    ["speakers", values.get("speakers")],
    ...(values.get("workspace") ? [["workspace", values.get("workspace")]] : []),
    ["series", values.get("series")],
    ["template", values.get("template")],
    ["agenda", values.get("agenda")],
    ["vocabulary", values.get("vocabulary")],
  ];
}

// What is made here: the recorder, and what lies here unsent. Gives what the form is to send of it.
function recorder({ send }) {
  const made = new Set();
  const unsent = new Unsent(send);
  const panel = new Panel({
    begun: () => remember(form, labels.person),
    async over(record, { isUnwanted, hadFocus }) {
      if (isUnwanted) await drop(record.id);
      else made.add(record.id);
      await unsent.refresh();
      if (hadFocus) unsent.focus(record.id);
    },
  });
  return { panel, unsent, taken: () => unsent.takenSince(made) };
}

function start() {
  recall(form, labels.person);
  const picker = document.getElementById("recording");
  let sent = 0;
  let isAnother = false; // something is being filled in that was not sent
  const uploads = new Uploads({
    finished({ isWhole, meeting }, queue) {
      const isIdle = !queue.isBusy && !here.panel.isLive && !isAnother && !files.length && !papers.length;
      if (isWhole && sent === 1 && isIdle) location.assign(pageOf(meeting));
    },
    changed: () => here.unsent.refresh(),
  });
  // Each: a file, and where it was made here its record and what lets go of it.
  const send = (all) => {
    remember(form, labels.person);
    sent += all.length;
    const title = all.length > 1 ? "" : form.elements.title.value;
    for (const { file, record, release } of all) {
      uploads.add(file, fields({ title, record }), papers, { recording: record?.id, release });
    }
    papers = [];
    isAnother = false;
    showPapers();
  };
  const here = recorder({ send });
  uploads.ready.then(() => here.unsent.refresh()); // what goes on by itself is not offered
  const take = (more) => {
    files.push(...more.filter((file) => !uploads.takeUp(file)));
    showFiles();
  };
  picker.addEventListener("change", () => {
    take([...picker.files]);
    picker.value = "";
  });
  document.getElementById("attach").addEventListener("change", ({ target }) => {
    papers.push(...target.files);
    target.value = "";
    showPapers();
  });
  acceptDrops(take);
  form.addEventListener("input", () => (isAnother = true));
  const submit = once(async () => {
    const chosen = files.map((file) => ({ file }));
    files = [];
    const all = [...chosen, ...(await here.taken())];
    if (all.length) {
      send(all);
      showFiles();
      return;
    }
    if (here.panel.isLive) here.panel.insist();
    else if (uploads.isBusy && !isAnother) uploads.all.at(-1).card.focus(); // pressed twice
    else if (!here.unsent.focusFirst()) {
      picker.focus();
      picker.click();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}

if (form) start();

new LiveSocket(
  routes.socket(),
  {
    message: (event) => event.type === "notification" && tell(event),
    stale() {},
    connected() {},
  },
  { brief: true },
);
