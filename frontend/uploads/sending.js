// One file on its way: begun, its missing parts sent, made whole, made a meeting. Called again, it goes on where it was.
import { randomKey } from "../api.js";
import { ask, put, Refused } from "./asking.js";
import { fingerprint } from "./fingerprint.js";

const API = "/api/v1";

// The meeting of the person's that holds this file already, or nothing.
export async function known(file, signal) {
  const asked = await ask("GET", `${API}/meetings/?page_size=1&fingerprint=${await fingerprint(file)}`, { signal });
  return asked.results[0];
}

// How much of it lies on the server, in bytes; null where it is not known there any more.
export async function arrivedOf(record) {
  if (!record.upload) return 0;
  try {
    const { state, size, arrived } = await ask("GET", `${API}/uploads/${record.upload}/parts/`);
    return state === "open" ? sum(arrived) : size;
  } catch (error) {
    return error instanceof Refused ? null : 0;
  }
}

export async function giveUp(record) {
  if (record.upload) await ask("DELETE", `${API}/uploads/${record.upload}/`).catch(() => {});
}

// saved(): what is to be remembered changed; progress(bytes); checking(): all is sent.
export async function send(record, file, { signal, saved, progress, checking }) {
  const upload = await begun(record, file, { signal, saved });
  if (upload.state === "open") {
    await sendParts(upload, file, { signal, progress });
    checking();
    await ask("POST", `${API}/uploads/${upload.id}/complete/`, { signal });
  }
  checking();
  return meetingOf(record);
}

async function begun(record, file, { signal, saved }) {
  if (record.upload) {
    try {
      return await ask("GET", `${API}/uploads/${record.upload}/parts/`, { signal });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      Object.assign(record, { upload: "", key: randomKey() }); // forgotten there: from the beginning
    }
  }
  const home = record.fields.filter(([name, value]) => ["workspace", "series"].includes(name) && value);
  const body = { filename: file.name, size: file.size, type: file.type, ...Object.fromEntries(home) };
  const upload = await ask("POST", `${API}/uploads/`, { body, key: record.key, signal });
  record.upload = upload.id;
  await saved();
  return { ...upload, arrived: [] };
}

async function sendParts(upload, file, { signal, progress }) {
  const there = new Set(upload.arrived.map(({ number }) => number));
  let sent = sum(upload.arrived);
  progress(sent);
  for (let number = 1; number <= upload.parts; number += 1) {
    if (there.has(number)) continue;
    const content = await file.slice((number - 1) * upload.part_size, number * upload.part_size).arrayBuffer();
    const how = await ask("POST", `${API}/uploads/${upload.id}/parts/${number}/`, { signal });
    await put(how, content, { signal, progress: (loaded) => progress(sent + Math.min(loaded, content.byteLength)) });
    sent += content.byteLength;
    progress(sent);
  }
}

async function meetingOf(record) {
  const fields = Object.fromEntries(record.fields.filter(([, value]) => value !== "" && value != null));
  try {
    return await ask("POST", `${API}/meetings/`, { body: { ...fields, upload: record.upload }, key: `${record.key}-meeting` });
  } catch (error) {
    if (error.problem?.code === "upload_used") return { id: error.problem.meeting };
    throw error;
  }
}

function sum(parts) {
  return parts.reduce((bytes, part) => bytes + part.size, 0);
}
