// How the minutes ask the server to change something; a refusal is told in its own words.
import { csrfToken } from "../api.js";
import { notify } from "../notices.js";

const root = "/api/v1/";

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

// As ``ask``, and says what went wrong.
export async function tell(method, path, body, headers) {
  const answer = await ask(method, path, body, headers);
  if (!answer.ok) notify(reason(answer));
  return answer;
}

export function reason({ body }) {
  const fields = Object.values(body.errors ?? {}).flat();
  return [body.detail ?? document.getElementById("connection").textContent, ...fields].join(" ");
}
