// On a narrow screen the transcript and the minutes take turns.
const links = [...document.querySelectorAll(".switch [data-pane]")];

export function showPane(name) {
  document.body.dataset.pane = name;
  for (const link of links) {
    if (link.dataset.pane === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    showPane(link.dataset.pane);
  });
}
