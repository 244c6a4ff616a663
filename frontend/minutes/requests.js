// How pages ask the server to change something; a refusal is told in its own words.
import { csrfToken, randomKey } from "../api.js";
import { notify } from "../notices.js";

const root = "/api/v1/";
const unanswered = new Map(); // keys of what was asked for, by address and words

// The answer as {ok, status, body, etag}; status 0 where the server was not reached.
export async function ask(method, path, body, headers = {}) {
  const options = { method, headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...headers } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(root + path, options).catch(() => null);
  if (!response) return { ok: false, status: 0, body: {} };
  const answer = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, body: answer, etag: response.headers.get("ETag") };
}

// Something new: who asks again in the same words, because no answer came, does not get it twice.
export async function create(path, body) {
  const told = path + JSON.stringify(body);
  const key = unanswered.get(told) ?? randomKey();
  unanswered.set(told, key);
  const answer = await ask("POST", path, body, { "Idempotency-Key": key });
  if (answer.status && answer.status < 500) unanswered.delete(told);
  return answer;
}

// As ``ask`` and ``create``, and says what went wrong.
export const tell = (...asked) => told(ask(...asked));
export const tellNew = (...asked) => told(create(...asked));

async function told(asked) {
  const answer = await asked;
  if (!answer.ok) notify(reason(answer));
  return answer;
}

export function reason({ status, body }) {
  const { unanswered, signedOut } = document.getElementById("connection").dataset;
  const fields = Object.values(body.errors ?? {}).flat();
  return status === 401 ? signedOut : [body.detail ?? unanswered, ...fields].join(" ");
}
