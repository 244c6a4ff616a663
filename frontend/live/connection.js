// The line that tells that a page is not live, why, and what helps.
import { ANONYMOUS, STRANGER } from "./codes.js";

const line = document.getElementById("connection");
const WHY = { [ANONYMOUS]: "signedOut", [STRANGER]: "closed" };

// code: with which the server closed the socket.
export function showConnection(isUp, code) {
  line.hidden = isUp;
  const told = line.dataset[WHY[code] ?? "interrupted"];
  if (line.textContent !== told) line.textContent = told; // else it would be read out again
}

// What the page learned while it asked for itself.
export function showSignedOut(isOut) {
  if (line && !line.hidden) showConnection(false, isOut ? ANONYMOUS : null);
}
