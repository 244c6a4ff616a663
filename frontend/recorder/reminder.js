// On pages that do not record: a word about what was recorded and not sent, until it is dismissed.
import { notify } from "../notices.js";
import { remembered } from "../uploads/remembered.js";
import { fill, lasting } from "../words.js";
import { unsent } from "./kept.js";

const labels = document.getElementById("unsent-told")?.dataset;
const TOLD = "unsent-told";

async function remind() {
  // Pages with a queue send what was on its way by themselves.
  const onTheirWay = document.getElementById("uploads") ? await remembered(labels.person) : [];
  const sent = new Set(onTheirWay.map(({ recording }) => recording));
  const records = (await unsent(labels.person)).filter(({ id }) => !sent.has(id));
  if (!records.length || isTold()) return;
  const [{ seconds }] = records;
  const text = records.length === 1 ? fill(labels.one, { length: lasting(seconds) }) : fill(labels.several, { number: records.length });
  const notice = notify(text, { kind: "doubt", href: labels.href });
  notice.querySelector("[data-dismiss]").addEventListener("click", keepQuiet);
}

function keepQuiet() {
  try {
    sessionStorage.setItem(TOLD, labels.person);
  } catch {
    // Told again on the next page.
  }
}

function isTold() {
  try {
    return sessionStorage.getItem(TOLD) === labels.person;
  } catch {
    return false;
  }
}

if (labels && !document.getElementById("recorder")) remind();
