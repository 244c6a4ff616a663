// What the browser remembers of uploads that are not over: which they are, and the documents that follow them;
// never the recording itself.
import { namesOfLocks, take } from "../locks.js";

const STORE = "uploads";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("protokol", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Where storage is switched off nothing is remembered, and nothing fails.
async function within(mode, act) {
  try {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const asked = act(database.transaction(STORE, mode).objectStore(STORE));
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

export function remember(record) {
  return within("readwrite", (store) => store.put(record));
}

export function forget(id) {
  return within("readwrite", (store) => store.delete(id));
}

// Those of a person that no other tab works on, the oldest first.
export async function remembered(person) {
  const records = (await within("readonly", (store) => store.getAll())) ?? [];
  const elsewhere = await namesOfLocks();
  return records
    .filter((record) => record.person === person && !elsewhere.has(lockOf(record.id)))
    .sort((a, b) => a.begunAt - b.begunAt);
}

// Other tabs leave an upload alone as long as this one is open.
export function claim(id) {
  take(lockOf(id));
}

const lockOf = (id) => `upload-${id}`;
