// The dialog of the transcript's export: choices that this browser remembers, and the first lines.
const REMEMBERED = "transcript-export"; // in localStorage
const PAUSE = 200; // ms without a change, after which the first lines are asked for

const dialog = document.getElementById("transcript-export");
const form = dialog?.querySelector("form");
let timer = 0;
let asked = new AbortController();

// The choices that the format heeds, as the API takes them.
function query() {
  const fields = [...form.elements].filter((field) => field.name && !field.disabled);
  const told = fields.map((field) => [field.name, field.type === "checkbox" ? String(field.checked) : field.value]);
  return new URLSearchParams(told);
}

// What another format has is hidden and not sent.
function fit() {
  for (const part of form.querySelectorAll("[data-for]")) {
    const isOut = !part.dataset.for.split(" ").includes(form.elements.format.value);
    part.hidden = isOut;
    part.querySelector("input, select").disabled = isOut;
  }
}

function changed() {
  fit();
  clearTimeout(timer);
  const link = document.getElementById("export-download");
  if (!form.checkValidity()) {
    link.removeAttribute("href");
    return;
  }
  link.href = `${dialog.dataset.address}?${query()}`;
  timer = setTimeout(preview, PAUSE);
}

async function preview() {
  asked.abort();
  const { signal } = (asked = new AbortController());
  const place = document.getElementById("export-preview");
  place.setAttribute("aria-busy", "true");
  const address = `${dialog.dataset.address}?${query()}&preview=true`;
  const text = await fetch(address, { signal }).then((response) => (response.ok ? response.text() : null)).catch(() => null);
  if (signal.aborted) return;
  place.removeAttribute("aria-busy");
  document.getElementById("export-failed").hidden = text !== null;
  place.textContent = text ?? "";
}

function remember() {
  const told = [...form.elements].filter((field) => field.name);
  const choices = told.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(Object.fromEntries(choices)));
  } catch {
    // Storage is switched off: they hold for this page.
  }
}

function recall() {
  let choices = {};
  try {
    choices = JSON.parse(localStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    // Nothing is remembered.
  }
  for (const [name, value] of Object.entries(choices)) take(form.elements[name], value);
}

function take(field, value) {
  if (!field) return;
  if (field.type === "checkbox") field.checked = value === true;
  else {
    const before = field.value;
    field.value = value;
    if (!field.value) field.value = before; // a choice that is no more
  }
}

if (dialog) {
  recall();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    changed();
    remember();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.opens === dialog.id) {
      button.closest("details")?.removeAttribute("open");
      dialog.showModal();
      changed();
    } else if (button && "close" in button.dataset && dialog.contains(button)) dialog.close();
  });
}
