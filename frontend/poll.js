// Takes a part of the page anew every two seconds for as long as the server says that it waits.
import { refresh } from "./live/refresh.js";

const PAUSE = 2000;

export function pollWaiting() {
  const part = document.querySelector("[data-poll][id]");
  if (part) setTimeout(() => look(part.id), PAUSE);
}

async function look(id) {
  if (!document.hidden) await refresh(id);
  const waits = document.getElementById(id)?.querySelector("[data-waits]");
  if (waits) setTimeout(() => look(id), PAUSE);
}
