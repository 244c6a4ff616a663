// The dialog in which a meeting is shared: its forms lead back to the page, which opens it again.
const dialog = document.getElementById("sharing");

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  } catch {
    // What is selected can be copied by hand.
  }
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.opens === "sharing") dialog.showModal();
    else if (button?.dataset.copies) copy(button);
    else if (button && "close" in button.dataset && dialog.contains(button)) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (location.hash === "#sharing") history.replaceState(null, "", location.pathname + location.search);
  });
  if (location.hash === "#sharing") dialog.showModal();
}
