// A file dropped anywhere on the page.
export function acceptDrops(received) {
  const veil = document.getElementById("drop");
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (isOver) => {
    if (veil) veil.hidden = !isOver;
  };
  addEventListener("dragenter", (event) => {
    if (hasFiles(event)) show((depth += 1) > 0);
  });
  addEventListener("dragleave", (event) => {
    if (hasFiles(event)) show((depth = Math.max(0, depth - 1)) > 0);
  });
  addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    received([...event.dataTransfer.files]);
  });
}
