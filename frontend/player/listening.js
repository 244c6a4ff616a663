// The player of a page with a transcript: its colours, following, and what is clicked to be heard.
import { playEvidence, seekByWords } from "./evidence.js";
import { Following } from "./following.js";
import { Player } from "./player.js";
import { sheet } from "../transcript/sheet.js";
import { watchSight } from "../transcript/sight.js";

// The player; null where there is nothing to play yet.
export function listen() {
  if (!document.getElementById("audio")) return null;
  const player = new Player();
  player.nameOf = (number) => document.querySelector(`#voices [data-number="${number}"]`)?.textContent;
  new Following(player);
  playEvidence(player);
  seekByWords(player);
  showSpeakers(player);
  watchSight((from, to) => player.waveform.setView(from, to));
  return player;
}

export function showSpeakers(player) {
  player?.waveform.setSpans(sheet.outline.entries.filter(({ isDropped }) => !isDropped));
}
