// Whether a key press belongs to a field or a control and not to the page.
export function isTyping(event) {
  return Boolean(event.target.closest("input, textarea, select, [contenteditable], dialog"));
}

export function belongsToControl(event) {
  return isTyping(event) || Boolean(event.target.closest("button, summary"));
}
