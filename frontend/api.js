// The addresses that the pages use, and how they are asked.
export const routes = {
  socket: (meeting) => `/ws/meetings/${meeting ? `${meeting}/` : ""}`,
};

// Of the sign-in of now, which may be a later one than the page's, in another tab.
export function csrfToken() {
  const now = /(?:^|; )protokol_csrf=([^;]+)/.exec(document.cookie)?.[1];
  return now ?? document.querySelector('meta[name="csrf-token"]').content;
}

// 128 random bits; crypto.randomUUID is missing where the page is not served by HTTPS.
export function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
