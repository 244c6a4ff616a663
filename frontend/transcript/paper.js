// A long transcript on paper: all of its rows come into the page before it is printed.
import { latin } from "../keys.js";
import { sheet } from "./sheet.js";

const AT_ONCE = 400; // segments asked for together

async function unfold() {
  await sheet.ready;
  const missing = sheet.outline.entries.map(({ id }) => id).filter((id) => !sheet.rows.has(id));
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    if (!(await sheet.load(missing.slice(at, at + AT_ONCE)))) return;
  }
  sheet.isPrinted = true;
  sheet.render();
}

document.addEventListener("keydown", async (event) => {
  if (latin(event) !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || sheet.isWhole) return;
  event.preventDefault();
  await unfold();
  print();
});

addEventListener("afterprint", () => {
  if (!sheet.isPrinted) return;
  sheet.isPrinted = false;
  sheet.render();
});
