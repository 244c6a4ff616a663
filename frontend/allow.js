// The question whether the browser may notify is asked only by a person's press on a button.
function show(place) {
  const state = "Notification" in window ? Notification.permission : "denied";
  place.hidden = !("Notification" in window) || !window.isSecureContext;
  place.querySelector("[data-allow]").hidden = state !== "default";
  place.querySelector("[data-granted]").hidden = state !== "granted";
  place.querySelector("[data-denied]").hidden = state !== "denied";
}

function showAll() {
  document.querySelectorAll("[data-allow-notifications]").forEach(show);
}

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-allow]")) return;
  await Notification.requestPermission();
  showAll();
});
document.addEventListener("refreshed", showAll);
showAll();
