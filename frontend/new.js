// New recordings: chosen or dropped, described once, sent one after the other.
import "./app.js";
import { acceptDrops } from "./drop.js";
import { Uploads } from "./uploads.js";
import { attachTo } from "./uploads/documents.js";
import { pageOf } from "./uploads/upload.js";
import { routes } from "./api.js";
import { tell } from "./live/notifications.js";
import { LiveSocket } from "./live/socket.js";
import { size } from "./words.js";

const form = document.getElementById("new");
const REMEMBERED = ["language", "speakers", "workspace", "series", "template", "vocabulary"];
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

// The fields as the API takes them; times with the browser's zone.
function fields() {
  const values = new FormData(form);
  const heldAt = values.get("held_at");
  return [
    ["title", files.length > 1 ? "" : (values.get("title") ?? "")],
    ["held_at", heldAt ? new Date(heldAt).toISOString() : ""],
    ["language", values.get("language")],
    ["speakers", values.get("speakers")],
    ...(values.get("workspace") ? [["workspace", values.get("workspace")]] : []),
    ["series", values.get("series")],
    ["template", values.get("template")],
    ["agenda", values.get("agenda")],
    ["vocabulary", values.get("vocabulary")],
  ];
}

function remember() {
  try {
    const kept = Object.fromEntries(REMEMBERED.map((name) => [name, form.elements[name]?.value]));
    localStorage.setItem("new-recording", JSON.stringify(kept));
  } catch {
    // Nothing is remembered where storage is switched off.
  }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem("new-recording") ?? "{}");
    for (const name of REMEMBERED.filter((field) => form.elements[field])) {
      if (kept[name]) form.elements[name].value = kept[name];
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = ""; // it is gone
    }
  } catch {
    // The fields stay empty.
  }
}

function start() {
  recall();
  const picker = document.getElementById("recording");
  let sent = 0;
  const uploads = new Uploads({
    async finished(meeting, queue, documents) {
      const isWhole = await attachTo(meeting, documents);
      if (isWhole && sent === 1 && !queue.isBusy) location.assign(pageOf(meeting.id));
    },
  });
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
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!files.length) {
      picker.focus();
      picker.click();
      return;
    }
    remember();
    const told = fields();
    sent += files.length;
    for (const file of files) uploads.add(file, told, papers);
    files = [];
    papers = [];
    showFiles();
    showPapers();
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
