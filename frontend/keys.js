// The key, a letter as the Latin one: where others are written, the one that stands in its place.
export function latin({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : key;
}

// Whether a key press belongs to a field or a control and not to the page.
export function isTyping(event) {
  return Boolean(event.target.closest("input, textarea, select, [contenteditable], dialog"));
}

export function belongsToControl(event) {
  return isTyping(event) || Boolean(event.target.closest("button, summary"));
}
