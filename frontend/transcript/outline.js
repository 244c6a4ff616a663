// Every segment of the transcript in order: when, who, and whether in doubt. The words are in the rows.
const numberOf = (row) => Number(row.id.replace("segment-", ""));

function compare(a, b) {
  return a.start - b.start || a.end - b.end || a.id - b.id;
}

export class Outline {
  constructor(entries = []) {
    this.entries = entries;
    this.index();
  }

  index() {
    this.places = new Map(this.entries.map(({ id }, place) => [id, place]));
  }

  get length() {
    return this.entries.length;
  }

  at(place) {
    return this.entries[place];
  }

  placeOf(id) {
    return this.places.get(Number(id));
  }

  entryOf(id) {
    return this.entries[this.placeOf(id)];
  }

  // The last entry that has begun by then; -1 before the first.
  placeAt(seconds) {
    return placeIn(this.length, (place) => this.entries[place].start <= seconds);
  }

  // Entries that are new or stand in for those with their ids.
  put(entries) {
    const fresh = new Map(entries.map((entry) => [entry.id, entry]));
    for (const [id, entry] of fresh) entry.revision ??= this.entryOf(id)?.revision;
    this.entries = [...this.entries.filter(({ id }) => !fresh.has(id)), ...fresh.values()].sort(compare);
    this.index();
  }

  remove(ids) {
    const gone = new Set(ids);
    this.entries = this.entries.filter(({ id }) => !gone.has(id));
    this.index();
  }

  // Whether another speaker begins here.
  isTurn(place) {
    return this.entries[place].speaker !== this.entries[place - 1]?.speaker;
  }
}

// The last of ``length`` places for which ``isBefore`` holds, where it holds for the first ones; -1 for none.
export function placeIn(length, isBefore) {
  let [low, high] = [0, length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

export function entryOfRow(row) {
  const { start, end, speaker, revision } = row.dataset;
  return {
    id: numberOf(row),
    start: Number(start),
    end: Number(end),
    speaker,
    isDoubtful: Boolean(row.querySelector(".unsure, .badge--doubt")),
    isDropped: row.classList.contains("segment--dropped"),
    letters: row.querySelector(".segment__text").textContent.length,
    revision: revision && Number(revision),
  };
}

// What a row says, whatever marks it bears and however it is being worked on.
export function wordingOf(row) {
  const { start, end, speaker, revision } = row.dataset;
  const said = [".segment__name", ".segment__text", ".segment__flags"].map((part) => row.querySelector(part)?.textContent.trim());
  return JSON.stringify([start, end, speaker, revision, row.classList.contains("segment--dropped"), ...said]);
}

// What the server tells, a column for each field.
export function entriesOf({ ids, starts, ends, speakers, doubtful, dropped, letters, revisions }) {
  const [unsure, gone] = [new Set(doubtful), new Set(dropped)];
  return ids.map((id, place) => ({
    id,
    start: starts[place] / 100,
    end: ends[place] / 100,
    speaker: speakers[place] ? String(speakers[place]) : "?",
    isDoubtful: unsure.has(id),
    isDropped: gone.has(id),
    letters: letters[place],
    revision: revisions[place],
  }));
}
