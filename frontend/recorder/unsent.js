// Recordings that lie in this browser and were not sent: to hear, send, save to disk or discard.
import { announce } from "../notices.js";
import { take } from "../locks.js";
import { fill, lasting, size } from "../words.js";
import { drop, fileOf, lockOf, unsent } from "./kept.js";
import { labels } from "./panel.js";

const place = document.getElementById("unsent");

export class Unsent {
  // send([{ file, record, release }]): they are on their way, and nobody else's until release().
  constructor(send) {
    this.send = send;
    this.cards = new Map();
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  // What other pages made or sent meanwhile; cards that stay are left as they are, somebody may be listening.
  async refresh() {
    const records = await unsent(labels.person);
    const wanted = new Set(records.map(({ id }) => id));
    for (const id of [...this.cards.keys()]) if (!wanted.has(id)) this.remove(id);
    for (const record of records) if (!this.cards.has(record.id)) await this.add(record);
    place.hidden = !this.cards.size;
  }

  async add(record) {
    const card = document.getElementById("unsent-card").content.firstElementChild.cloneNode(true);
    this.cards.set(record.id, { card, record });
    card.querySelector(".upload__name").textContent = record.name;
    card.querySelector(".upload__size").textContent = `${lasting(record.seconds)} · ${size(record.bytes)}`;
    const acts = { send: () => this.sendOne(record), save: () => save(record), discard: () => this.discard(record) };
    for (const button of card.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-label", `${button.textContent.trim()}: ${record.name}`);
      button.addEventListener("click", acts[button.dataset.tool]);
    }
    document.getElementById("unsent-cards").append(card);
    place.hidden = false;
    const file = await fileOf(record.id);
    if (file) hear(card.querySelector("audio"), file);
  }

  remove(id) {
    const { card } = this.cards.get(id);
    const hadFocus = card.contains(document.activeElement);
    URL.revokeObjectURL(card.querySelector("audio").src);
    card.remove();
    this.cards.delete(id);
    place.hidden = !this.cards.size;
    if (hadFocus) document.getElementById("main").focus();
  }

  focus(id) {
    this.cards.get(id)?.card.querySelector("[data-tool]").focus();
  }

  // Whether there is one.
  focusFirst() {
    const [id] = this.cards.keys();
    this.focus(id);
    return id !== undefined;
  }

  // Nothing is sent twice: another page may be faster.
  async claim(record) {
    const release = await take(lockOf(record.id));
    if (!release) await this.refresh();
    return release;
  }

  async sendOne(record) {
    const sent = await this.taken(record);
    if (sent) this.send([sent]);
  }

  async taken(record) {
    const release = await this.claim(record);
    const file = release && (await fileOf(record.id));
    if (this.cards.has(record.id)) this.remove(record.id);
    if (file) return { file, record, release };
    await release?.();
    return null;
  }

  // Those that were made since the page was opened, to be sent with the form.
  async takenSince(ids) {
    const records = [...this.cards.values()].map(({ record }) => record).filter(({ id }) => ids.has(id));
    const taken = [];
    for (const record of records) taken.push(await this.taken(record));
    return taken.filter(Boolean);
  }

  async discard(record) {
    if (!confirm(fill(labels.sure, { length: lasting(record.seconds) }))) return;
    const release = await this.claim(record);
    if (!release) return;
    await drop(record.id);
    await release();
    await this.refresh();
    announce(labels.discarded);
  }
}

async function save(record) {
  const file = await fileOf(record.id);
  if (!file) return;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Browsers write recordings without their length; whoever goes to the end finds it.
function hear(player, file) {
  player.src = URL.createObjectURL(file);
  player.addEventListener("loadedmetadata", () => {
    if (player.duration !== Infinity) return;
    player.addEventListener("durationchange", () => (player.currentTime = 0), { once: true });
    player.currentTime = 1e9;
  });
}
