// The stages of the meeting's job as they go on, in the page and in the tab.
import { announce } from "../notices.js";
import { fill, lasting } from "../words.js";
import { showInTab } from "./tab.js";

export function showStage(event) {
  const row = document.querySelector(`.stage[data-stage="${event.name}"]`);
  if (!row) return;
  const labels = row.parentElement.dataset;
  const changed = row.dataset.state !== event.state;
  row.dataset.state = event.state;
  row.querySelector(".stage__bar").value = event.state === "succeeded" ? 1 : event.progress;
  row.querySelector(".stage__state").textContent = labels[event.state];
  showAttempt(row.querySelector(".stage__attempt"), event.attempt, labels);
  showError(row.querySelector(".stage__error"), event.error);
  if (changed) announce(`${row.querySelector(".stage__name").textContent}: ${labels[event.state]}`);
  showInTitle();
}

export function showTimeLeft(seconds) {
  const place = document.querySelector("#job [data-eta]");
  const labels = document.querySelector("#job .stages")?.dataset;
  if (place && labels) place.textContent = seconds ? fill(labels.left, { time: lasting(seconds) }) : "";
}

export function jobState() {
  return document.querySelector("[data-job]")?.dataset.state ?? "";
}

export function showInTitle() {
  const isActive = ["queued", "running"].includes(jobState());
  showInTab(isActive ? shareDone() : null);
}

function shareDone() {
  let all = 0;
  let done = 0;
  for (const row of document.querySelectorAll(".stage")) {
    const weight = Number(row.dataset.weight);
    all += weight;
    done += weight * (row.dataset.state === "skipped" ? 1 : row.querySelector(".stage__bar").value);
  }
  return all ? done / all : 0;
}

function showAttempt(place, number, labels) {
  place.hidden = number < 2;
  place.textContent = fill(labels.attempt, { number });
}

function showError(place, error) {
  place.hidden = !error?.detail;
  place.textContent = error?.detail ?? "";
}
