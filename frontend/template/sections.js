// The sections of a template as rows of a form.
const other = { ru: "en", en: "ru" };

export function label(row) {
  const own = document.documentElement.lang.slice(0, 2) === "ru" ? "ru" : "en";
  const title = (language) => field(row, `title.${language}`).value.trim();
  return title(own) || title(other[own]);
}

const field = (row, name) => row.querySelector(`[data-name="${name}"]`);

// A section as the API takes it.
export function documentOf(row) {
  const value = (name) => field(row, name).value.trim();
  return {
    key: row.dataset.key,
    kind: value("kind"),
    title: { ru: value("title.ru"), en: value("title.en") },
    prompt: { ru: value("prompt.ru"), en: value("prompt.en") },
    context: value("context"),
    depends_on: dependencies(row),
    rule: value("rule"),
  };
}

const dependencies = (row) => row.dataset.depends.split(" ").filter(Boolean);

export function addSection(list) {
  const row = document.getElementById("section").content.firstElementChild.cloneNode(true);
  row.dataset.key = freeKey(list);
  list.append(row);
  refreshAll(list);
  return row;
}

function freeKey(list) {
  const taken = new Set([...list.children].map((row) => row.dataset.key));
  let number = list.children.length + 1;
  while (taken.has(`section_${number}`)) number += 1;
  return `section_${number}`;
}

export function moveSection(row, step) {
  const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return false;
  if (step < 0) neighbour.before(row);
  else neighbour.after(row);
  refreshAll(row.parentElement);
  return true;
}

// Numbers, what can be chosen, and the boxes for what a section may rest on.
export function refreshAll(list) {
  const rows = [...list.children];
  const keys = new Set(rows.map((row) => row.dataset.key));
  rows.forEach((row, place) => {
    const named = `${place + 1}. ${label(row)}`;
    row.querySelector(".part__title").textContent = named;
    for (const button of row.querySelectorAll(".part__tools [data-act]")) {
      button.setAttribute("aria-label", `${button.textContent}: ${named}`);
    }
    row.querySelector('[data-of="rule"]').hidden = field(row, "kind").value !== "point";
    row.dataset.depends = dependencies(row).filter((key) => keys.has(key)).join(" ");
    offerOthers(row, rows);
  });
}

function offerOthers(row, rows) {
  const place = row.querySelector(".part__others");
  const others = rows.filter((one) => one !== row);
  const shown = others.map((one) => `${one.dataset.key} ${label(one)}`).join("\n");
  row.querySelector(".part__depends").hidden = others.length === 0;
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  place.replaceChildren(...others.map((one) => box(row, one)));
}

function box(row, one) {
  const choice = document.createElement("label");
  const check = Object.assign(document.createElement("input"), { type: "checkbox" });
  check.checked = dependencies(row).includes(one.dataset.key);
  check.addEventListener("change", () => {
    const left = dependencies(row).filter((key) => key !== one.dataset.key);
    row.dataset.depends = (check.checked ? [...left, one.dataset.key] : left).join(" ");
  });
  choice.append(check, ` ${label(one) || "…"}`);
  return choice;
}
