// A job that has ended is told once: by the browser where no page is looked at, else on that page.
import { notify } from "../notices.js";

const HEARD = "told"; // in localStorage, so that one of several open pages tells
const LOOK = 400; // ms in which a page that is looked at goes first

export function tell(event) {
  const name = `${event.job}.${event.run}`;
  if (document.visibilityState === "visible") {
    remember(name);
    if (document.getElementById("main").dataset.meeting !== event.meeting) onPage(event);
    return;
  }
  setTimeout(() => {
    if (isTold(name)) return;
    remember(name);
    if (isAllowed()) byBrowser(event, name);
    else onPage(event);
  }, LOOK * (1 + Math.random()));
}

export function isAllowed() {
  return "Notification" in window && Notification.permission === "granted";
}

function onPage(event) {
  notify(event.text, { kind: event.state === "succeeded" ? "good" : "error", href: addressOf(event) });
}

function byBrowser(event, name) {
  const shown = new Notification(event.title, { body: event.text, tag: name, lang: document.documentElement.lang });
  shown.addEventListener("click", () => {
    window.focus();
    location.assign(addressOf(event));
    shown.close();
  });
}

function addressOf(event) {
  return `/meetings/${event.meeting}/`;
}

function isTold(name) {
  try {
    return localStorage.getItem(HEARD) === name;
  } catch {
    return false; // Storage is switched off: the browser folds notifications with one tag.
  }
}

function remember(name) {
  try {
    localStorage.setItem(HEARD, name);
  } catch {
    // As above.
  }
}
