// A statement of the minutes plays the words it rests on, and shows them in the transcript.
import { showPane } from "../panes.js";
import { sheet } from "../transcript/sheet.js";
import { EDGE } from "./player.js";

export function playEvidence(player) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-from]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showWords(link);
    player.seek(Number(link.dataset.from) - EDGE, { play: true, until: Number(link.dataset.to) + 0.2 });
  });
}

async function showWords(link) {
  for (const marked of document.querySelectorAll(".citing")) marked.classList.remove("citing");
  link.closest(".statement").classList.add("citing");
  const from = Number(link.dataset.from) - 0.01;
  const to = Number(link.dataset.to) + 0.01;
  showPane("transcript");
  await sheet.ready;
  sheet.mark("cited", sheet.outline.entries.filter(({ start, end }) => end > from && start < to).map(({ id }) => id));
  sheet.bring(link.hash.replace("#segment-", ""));
}

// A word or a time of the transcript is where the sound goes.
export function seekByWords(player) {
  document.addEventListener("click", (event) => {
    const word = event.target.closest("#transcript .segment__text span[data-start]");
    const time = event.target.closest("#transcript .segment__time");
    if (!word && !time) return;
    if (word && !getSelection().isCollapsed) return;
    event.preventDefault();
    const source = word ?? time.closest(".segment");
    player.seek(Number(source.dataset.start) - EDGE, { play: true });
  });
}
