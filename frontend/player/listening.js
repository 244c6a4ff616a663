// The player of a page with a transcript: its colours, following, and what is clicked to be heard.
import { playEvidence, seekByWords } from "./evidence.js";
import { Following } from "./following.js";
import { Player } from "./player.js";
import { sheet } from "../transcript/sheet.js";

// The player; null where there is nothing to play yet.
export function listen() {
  if (!document.getElementById("audio")) return null;
  const player = new Player();
  player.nameOf = (number) => document.querySelector(`.segment[data-speaker="${number}"] .segment__speaker`)?.lastChild.textContent.trim();
  new Following(player);
  playEvidence(player);
  seekByWords(player);
  showSpeakers(player);
  return player;
}

export function showSpeakers(player) {
  player?.waveform.setSpans(sheet.outline.entries.filter(({ isDropped }) => !isDropped));
}
