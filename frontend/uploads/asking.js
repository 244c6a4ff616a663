// Requests of an upload: answered, refused for good, or to be asked again later.
import { csrfToken } from "../api.js";

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.code ?? String(status));
    Object.assign(this, { status, problem });
  }
}

// Nobody answered, or whoever did asks for patience.
export class Away extends Error {
  constructor(seconds = 0) {
    super("away");
    this.seconds = seconds;
  }
}

export async function ask(method, address, { body, key, signal } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const isForm = body instanceof FormData;
  if (body && !isForm) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(address, { method, headers, body: isForm ? body : body && JSON.stringify(body), signal });
  } catch (error) {
    throw signal?.aborted ? error : new Away();
  }
  const said = await response.json().catch(() => ({}));
  return judged(response.status, said, Number(response.headers.get("Retry-After")));
}

function judged(status, said, seconds) {
  if (status >= 200 && status < 300) return said;
  if ([408, 429, 502, 503, 504].includes(status)) throw new Away(seconds || 0);
  throw new Refused(status, said);
}

// PUT with news of how much has left; ours gets the person's session, the store's nothing of it.
export function put({ url, headers }, content, { signal, progress }) {
  const { pathname, search, origin } = new URL(url, location.href);
  const isOurs = pathname.startsWith("/api/v1/uploads/");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("PUT", isOurs ? pathname : origin + pathname + search);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (isOurs) request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.addEventListener("progress", ({ loaded }) => progress(loaded));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    request.addEventListener("abort", () => reject(signal.reason ?? new Away()));
    request.addEventListener("error", () => reject(new Away()));
    request.addEventListener("load", () => {
      try {
        resolve(judged(request.status, problemOf(request), Number(request.getResponseHeader("Retry-After"))));
      } catch (error) {
        reject(error);
      }
    });
    signal.addEventListener("abort", stop);
    request.send(content);
  });
}

function problemOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}
