// Sentences that stay on the page until a person dismisses them, and quiet ones for screen readers.
export function notify(text) {
  const notice = document.getElementById("notice").content.cloneNode(true);
  notice.querySelector(".notice__text").textContent = text;
  document.getElementById("notices").append(notice);
}

export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
