// Segments that arrive while the recording is being written down.
import { sheet } from "../transcript/sheet.js";
import { clock, fill } from "../words.js";

const COLOURS = 12;
const UNSURE = 0.5;
const template = document.getElementById("segment");

export function showSegments(segments) {
  const list = document.querySelector("#transcript .segments");
  if (!list || list.dataset.complete === "true") return;
  sheet.put(segments.map(build));
  sheet.render();
  list.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
}

function build(segment) {
  const row = template.content.firstElementChild.cloneNode(true);
  const number = speakerNumber(segment.speaker);
  row.id = `segment-${segment.id}`;
  row.classList.add(number ? `speaker-${((number - 1) % COLOURS) + 1}` : "speaker-none");
  Object.assign(row.dataset, { start: segment.start, end: segment.end, speaker: number || "?" });
  row.querySelector(".marker").textContent = number || "?";
  row.querySelector(".segment__name").textContent = speakerName(number);
  const time = row.querySelector(".segment__time");
  time.textContent = clock(segment.start);
  time.href = `#${row.id}`;
  const text = row.querySelector(".segment__text");
  if (segment.language) text.lang = segment.language;
  text.append(...words(segment));
  showFlags(row.querySelector(".segment__flags"), segment.flags ?? []);
  return row;
}

// Labels are S1, S2, … in the order of first speech.
function speakerNumber(label) {
  return Number(/\d+$/.exec(label ?? "")?.[0] ?? 0);
}

function speakerName(number) {
  if (!number) return template.dataset.unknown;
  return fill(template.dataset.speaker, { number });
}

function words(segment) {
  if (!segment.words?.length) return [segment.text];
  return segment.words.flatMap((word) => {
    const span = document.createElement("span");
    span.dataset.start = word.start;
    span.dataset.end = word.end;
    span.textContent = word.text;
    if ((word.confidence ?? 1) < UNSURE) span.className = "unsure";
    return [span, " "];
  });
}

function showFlags(place, flags) {
  place.hidden = !flags.length;
  for (const flag of flags) {
    const badge = document.createElement("span");
    badge.className = "badge badge--doubt";
    badge.textContent = template.getAttribute(`data-flag-${flag}`) ?? flag.replaceAll("_", " ");
    place.append(badge);
  }
}
