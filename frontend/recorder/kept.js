// Recordings made in this browser, kept in it part by part until the server has them.
import { namesOfLocks } from "../locks.js";

const RECORDINGS = "recordings";
const PARTS = "parts";
const BATCH = 500; // parts that are in memory at once while they are put together

export const lockOf = (id) => `recording-${id}`;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("protokol-recordings", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(RECORDINGS, { keyPath: "id" });
      asked.result.createObjectStore(PARTS, { keyPath: ["recording", "number"] });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// act(recordings, parts) may give a request, whose result it is; over when the disk has it.
async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction([RECORDINGS, PARTS], mode, { durability: "strict" });
      const asked = act(transaction.objectStore(RECORDINGS), transaction.objectStore(PARTS));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
    });
  } finally {
    database.close();
  }
}

// record: {id, person, name, type, begunAt (ms), seconds, bytes, parts}. Fails where storage is switched off.
export function begin(record) {
  return within("readwrite", (recordings) => recordings.add(record));
}

// The part and how long it makes the recording, both or neither. Fails where storage is full.
export async function keep(record, bytes, seconds) {
  const longer = { ...record, seconds, bytes: record.bytes + bytes.byteLength, parts: record.parts + 1 };
  await within("readwrite", (recordings, parts) => {
    parts.put({ recording: record.id, number: longer.parts, bytes });
    recordings.put(longer);
  });
  Object.assign(record, longer);
}

// Those of a person that no page is at work on, the oldest first. Where storage is off there are none.
export async function unsent(person) {
  const records = await within("readonly", (recordings) => recordings.getAll()).catch(() => []);
  const busy = await namesOfLocks();
  const left = records.filter((record) => record.person === person && !busy.has(lockOf(record.id)));
  for (const { id } of left.filter(({ parts }) => !parts)) drop(id).catch(() => {}); // not a word was said
  return left.filter(({ parts }) => parts).sort((a, b) => a.begunAt - b.begunAt);
}

// The recording as a file; null where it is not here.
export async function fileOf(id) {
  const record = await within("readonly", (recordings) => recordings.get(id)).catch(() => null);
  if (!record?.parts) return null;
  const pieces = [];
  for (let first = 1; first <= record.parts; first += BATCH) {
    const range = IDBKeyRange.bound([id, first], [id, first + BATCH], false, true);
    const batch = await within("readonly", (_recordings, parts) => parts.getAll(range));
    pieces.push(new Blob(batch.map(({ bytes }) => bytes)));
  }
  return new File(pieces, record.name, { type: record.type, lastModified: record.begunAt });
}

export function drop(id) {
  return within("readwrite", (recordings, parts) => {
    parts.delete(IDBKeyRange.bound([id], [id, Infinity]));
    recordings.delete(id);
  });
}
