// The screen stays on while something is recorded, where browsers can do that.
let lock = null;
let isWanted = false;

async function take() {
  if (!isWanted || document.hidden) return;
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  if (!isWanted) rest();
}

document.addEventListener("visibilitychange", take); // browsers let go of it on hidden pages

export function stayAwake() {
  isWanted = true;
  take();
}

export function rest() {
  isWanted = false;
  lock?.release();
  lock = null;
}
