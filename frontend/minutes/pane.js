// The minutes of the page: taken anew after a change, but never under somebody's hands.
import { mayStand, newQuestion } from "../live/answers.js";

let isWaiting = false;

export const pane = () => document.getElementById("minutes");
export const minutesId = () => pane().querySelector("[data-minutes]")?.dataset.minutes;

export function isBusy() {
  const written = [...pane().querySelectorAll(".remarks__form textarea")].some((field) => field.value.trim());
  return written || Boolean(pane().querySelector(".statement-form, dialog[open]"));
}

export async function refreshMinutes() {
  if (isBusy()) {
    isWaiting = true;
    return;
  }
  isWaiting = false;
  const question = newQuestion();
  const address = `${location.pathname}minutes/${location.search}`;
  const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (isBusy()) {
    isWaiting = true; // somebody began to write meanwhile
    return;
  }
  if (!mayStand("minutes", question)) return;
  const scrolled = pane().scrollTop;
  pane().replaceChildren(...fresh.body.childNodes);
  pane().scrollTop = scrolled;
  pane().dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
}

// What came while somebody was writing is shown when they have finished.
export function caughtUp() {
  if (isWaiting && !isBusy()) refreshMinutes();
}
