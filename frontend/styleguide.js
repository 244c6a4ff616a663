// The style guide: what pages do with the components, without a server behind them.
import "./app.js";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});
