// What a person chose, for the next time; each person's own, in this browser.
const REMEMBERED = ["language", "speakers", "workspace", "series", "template", "vocabulary", "source"];
const KEY = "new-recording";

const keyOf = (person) => `${KEY}-${person}`;

export function remember(form, person) {
  try {
    const kept = Object.fromEntries(REMEMBERED.map((name) => [name, form.elements[name]?.value]));
    localStorage.setItem(keyOf(person), JSON.stringify(kept));
  } catch {
    // Nothing is remembered where storage is switched off.
  }
}

export function recall(form, person) {
  try {
    localStorage.removeItem(KEY); // of versions that told no people apart
    const kept = JSON.parse(localStorage.getItem(keyOf(person)) ?? "{}");
    for (const name of REMEMBERED.filter((field) => form.elements[field])) {
      if (kept[name]) form.elements[name].value = kept[name];
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = ""; // it is gone
    }
  } catch {
    // The fields stay empty.
  }
}

const microphoneKey = (person) => `microphone-${person}`;

// By the name that this browser gave to the microphone for this site; empty where none was chosen.
export function rememberMicrophone(device, person) {
  try {
    localStorage.setItem(microphoneKey(person), device);
  } catch {
    // As above.
  }
}

export function microphoneOf(person) {
  try {
    return localStorage.getItem(microphoneKey(person)) ?? "";
  } catch {
    return "";
  }
}

// A part of the page is open where the person left it open, on whatever page it stood.
export function rememberOpen(details, person) {
  const key = `${details.id}-open-${person}`;
  try {
    details.open = localStorage.getItem(key) === "true";
  } catch {
    // It stays as the page has it.
  }
  details.addEventListener("toggle", () => {
    try {
      localStorage.setItem(key, details.open);
    } catch {
      // It holds for this page only.
    }
  });
}
