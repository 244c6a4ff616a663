// Answers overtake each other: of a part of the page, the one to the latest question stands.
let asked = 0;
const shown = new Map();

// A new question's number.
export const newQuestion = () => (asked += 1);

// Whether the answer to a question may stand in the part: not where one to a later question already stands there.
export function mayStand(part, question) {
  if (question < (shown.get(part) ?? 0)) return false;
  shown.set(part, question);
  return true;
}
