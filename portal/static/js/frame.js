// Small helps around every page. Nothing here is needed for a page to work.

// Errors first: the summary of a form takes the focus, so that it is read at once.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// After htmx swapped a part in, say its [data-announce] without moving the focus.
const announcer = document.getElementById("announce");
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const words = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
  if (!announcer || !words) return;
  announcer.textContent = ""; // the same words twice are still said twice
  setTimeout(() => {
    announcer.textContent = words.dataset.announce || words.textContent.trim();
  }, 100);
});

// A menu made of <details> closes on Escape and when one goes elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
}
