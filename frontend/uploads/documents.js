// The documents that follow a recording, one after the other; one that is refused stops nothing.
import { notify } from "../notices.js";
import { fill } from "../words.js";
import { ask, Refused } from "./asking.js";
import { labels } from "./card.js";

// Whether it was attached; what was refused is told. Fails, to be tried again, where nobody answers or one is signed out.
export async function attachTo(meeting, file, { key, signal }) {
  try {
    await ask("POST", "/api/v1/attachments/", { body: await formOf(meeting, file), key, signal });
    return true;
  } catch (error) {
    const isUnreadable = error instanceof DOMException && !signal.aborted;
    const isRefused = error instanceof Refused && error.status !== 401;
    if (!isUnreadable && !isRefused) throw error;
    tellBroken(file, isUnreadable ? labels.unreadable : (error.problem.detail ?? labels.paperAway));
    return false;
  }
}

// Read before it is sent: a request says the same of a file that is gone and of a line that broke.
async function formOf(meeting, file) {
  await file.slice(0, 1).arrayBuffer();
  const body = new FormData();
  body.append("meeting", meeting);
  body.append("file", file, file.name);
  return body;
}

export function tellBroken(file, why) {
  notify(fill(labels.paperBroken, { name: file.name, why }));
}
