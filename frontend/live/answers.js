// Answers overtake each other: of a part of the page, the one to the latest question stands.
let asked = 0;
const shown = new Map();

// A new question's number.
export const ask = () => (asked += 1);

// Whether the part already shows the answer to a later question.
export const isOld = (part, question) => question < (shown.get(part) ?? 0);

export function isShown(part, question) {
  shown.set(part, Math.max(question, shown.get(part) ?? 0));
}
