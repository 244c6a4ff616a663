// Words of the transcript chosen as evidence: a sentence by its time, or what is selected.
import { showPane } from "../panes.js";

let picked = null;

export const isCiting = () => picked !== null;

// onPick({segment, start?, end?, text, from, to}) is called for every choice until stopCiting().
export function startCiting(onPick) {
  picked = onPick;
  document.body.dataset.citing = "";
  showPane("transcript");
}

export function stopCiting() {
  if (!picked) return;
  picked = null;
  delete document.body.dataset.citing;
  showPane("minutes");
}

document.addEventListener(
  "click",
  (event) => {
    const segment = picked && event.target.closest("#transcript .segment");
    const isSelected = picked && !getSelection().isCollapsed && event.target.closest("#transcript");
    if (!segment && !isSelected) return;
    event.preventDefault();
    event.stopPropagation();
    for (const span of isSelected ? selected() : [whole(segment)]) picked(span);
    getSelection().removeAllRanges();
  },
  true,
);

function whole(segment) {
  return {
    segment: idOf(segment),
    text: segment.querySelector(".segment__text").textContent.trim(),
    from: Number(segment.dataset.start),
    to: Number(segment.dataset.end),
  };
}

// The selected words, by segment.
function selected() {
  const range = getSelection().getRangeAt(0);
  const bySegment = new Map();
  for (const word of document.querySelectorAll("#transcript .segment__text span[data-start]")) {
    if (!holds(range, word)) continue;
    const segment = word.closest(".segment");
    bySegment.set(segment, [...(bySegment.get(segment) ?? []), word]);
  }
  return [...bySegment].map(([segment, words]) => {
    const start = Number(words[0].dataset.start);
    const end = Number(words.at(-1).dataset.end);
    const text = words.map((word) => word.textContent).join(" ");
    return { segment: idOf(segment), start, end, text, from: start, to: end };
  });
}

// A range that only touches the edge of a word does not hold it.
function holds(range, word) {
  if (!range.intersectsNode(word)) return false;
  const common = document.createRange();
  common.selectNodeContents(word);
  if (range.compareBoundaryPoints(Range.START_TO_START, common) > 0) common.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, common) < 0) common.setEnd(range.endContainer, range.endOffset);
  return common.toString().trim().length > 0;
}

const idOf = (segment) => Number(segment.id.replace("segment-", ""));
