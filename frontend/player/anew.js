// Where recordings lie on S3, the address of the sound leads to one that ends soon. Who has played it for longer and
// needs more is led there anew, where it is asked who asks; the sound goes on at its place. It is not waited for a
// refusal: Chromium hides it from the page and tries on for most of a minute.
export function askAnew(audio) {
  const lasts = 1000 * audio.dataset.addressSeconds;
  if (!lasts) return; // in a folder: there is one address
  let begun = 0; // the page's own address was not asked before

  const isThere = ({ buffered, currentTime }) =>
    Array.from(buffered, (_, n) => n).some((n) => buffered.start(n) <= currentTime && currentTime < buffered.end(n));

  // At most once while an address lasts, so nothing is asked again and again.
  function ask() {
    if (performance.now() - begun < lasts) return;
    begun = performance.now();
    const place = audio.currentTime;
    const isPlaying = !audio.paused;
    audio.load();
    audio.currentTime = place;
    if (isPlaying) audio.play().catch(({ name }) => name === "AbortError" || audio.pause());
  }

  audio.addEventListener("loadstart", () => {
    begun = performance.now();
  });
  audio.addEventListener("seeking", () => isThere(audio) || ask());
  audio.addEventListener("waiting", () => isThere(audio) || ask());
  audio.addEventListener("error", () => audio.error.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED || ask());
}
