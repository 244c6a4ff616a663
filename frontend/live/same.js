// Whether a part of the page says what the server says, however it is being used.
import { tidy } from "../words.js";

const MARKS = ["statement--chosen", "citing"]; // classes that pages give, not servers
const OPENED = "open"; // of details
const HIDDEN_FIELD = "input[type=hidden]";

export function saysTheSame(one, other) {
  const [ones, others] = [one, other].map(wordsAndElements);
  return ones.length === others.length && ones.every((child, place) => isSame(child, others[place]));
}

// Hidden fields may change with each answer, as tokens of forms do.
export function takeHiddenFields(old, fresh) {
  const [olds, news] = [old, fresh].map((part) => [...part.querySelectorAll(HIDDEN_FIELD)]);
  for (const [place, field] of olds.entries()) field.value = news[place].value;
}

function wordsAndElements(part) {
  return [...part.childNodes].filter(({ nodeType, data }) => nodeType === Node.ELEMENT_NODE || (nodeType === Node.TEXT_NODE && tidy(data)));
}

function isSame(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  if (one.nodeType === Node.TEXT_NODE) return tidy(one.data) === tidy(other.data);
  return describe(one) === describe(other) && saysTheSame(one, other);
}

function describe(element) {
  const classes = [...element.classList].filter((name) => !MARKS.includes(name)).sort();
  const isOfUse = ({ name }) => name === "class" || name === OPENED || (name === "value" && element.matches(HIDDEN_FIELD));
  const attributes = [...element.attributes].filter((attribute) => !isOfUse(attribute));
  return JSON.stringify([classes, attributes.map(({ name, value }) => [name, value]).sort()]);
}
