// Sentences that stay on the page until a person dismisses them, and quiet ones for screen readers.
export function notify(text, { kind = "error", href = "" } = {}) {
  const notice = document.getElementById("notice").content.firstElementChild.cloneNode(true);
  notice.className = `notice notice--${kind}`;
  notice.querySelector(".notice__text").textContent = text;
  const link = notice.querySelector(".notice__link");
  link.hidden = !href;
  if (href) link.href = href;
  document.getElementById("notices").append(notice);
  return notice;
}

export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
