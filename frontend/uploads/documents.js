// The documents that follow a recording; one that fails stops nothing.
import { attach } from "../attachments.js";
import { notify } from "../notices.js";
import { fill } from "../words.js";
import { labels } from "./card.js";

// Whether all of them were attached; what was not is told.
export async function attachTo(meeting, documents) {
  let isWhole = true;
  for (const file of documents) {
    const answer = await attach(meeting.id, file);
    if (answer.ok) continue;
    isWhole = false;
    notify(fill(labels.paperBroken, { name: file.name, why: answer.body.detail ?? labels.paperAway }));
  }
  return isWhole;
}
