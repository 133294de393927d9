// The idle time-out. The server ends a session that nobody uses; this script warns before, keeps
// the session while somebody types, and after the end leaves what was typed on the page.

const dialog = document.getElementById("idle");
const KEY = "portal-used-at"; // shared by the tabs of one browser; quick exit clears it

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function start() {
  const shared = storage();
  const limit = Number(dialog.dataset.seconds) * 1000;
  const warnAt = limit - Number(dialog.dataset.warning) * 1000;
  const pingEvery = Math.min(limit / 4, 5 * 60 * 1000);
  const warning = dialog.querySelector("[data-idle-warning]");
  const ended = dialog.querySelector("[data-idle-ended]");
  const stay = dialog.querySelector("[data-idle-stay]");
  let usedAt = 0;
  let isOver = false;

  function used() {
    usedAt = Date.now();
    if (shared) shared.setItem(KEY, String(usedAt));
  }

  function lastUse() {
    const elsewhere = shared ? Number(shared.getItem(KEY)) : 0;
    return Math.max(usedAt, elsewhere || 0);
  }

  async function ping() {
    try {
      const answer = await fetch(stay.action, { method: "POST", body: new FormData(stay) });
      if (answer.status === 401 || answer.status === 403) end();
      else if (answer.ok) used();
    } catch {
      // No network for a moment: the next key or the button asks again.
    }
  }

  function warn() {
    const at = new Date(lastUse() + limit);
    dialog.querySelector("[data-idle-at]").textContent = at.toLocaleTimeString([], {
      hour: "numeric",
      minute: "2-digit",
    });
    if (!dialog.open) dialog.showModal();
  }

  function isTyped() {
    // A form that came back holds what was typed as if it had always stood there.
    if ("posted" in document.body.dataset) return true;
    return [...document.querySelectorAll("main :is(input, textarea, select)")].some((field) => {
      if (field.type === "hidden" || field.readOnly) return false;
      if (field.type === "checkbox" || field.type === "radio") {
        return field.checked !== field.defaultChecked;
      }
      if (field.tagName === "SELECT") {
        return [...field.options].some((option) => option.selected !== option.defaultSelected);
      }
      return field.value !== field.defaultValue;
    });
  }

  // The server gives some minutes more than the page, and would lead back from the sign-in.
  async function endThere() {
    const headers = { "X-Portal-Unattended": "over" };
    try {
      await fetch(stay.action, { method: "POST", body: new FormData(stay), headers });
    } catch {
      // No network: the session ends by itself.
    }
  }

  async function end() {
    if (isOver) return;
    isOver = true;
    await endThere();
    if (!isTyped()) {
      const back = encodeURIComponent(window.location.pathname + window.location.search);
      window.location.replace(`${dialog.dataset.signIn}?next=${back}`);
      return;
    }
    // Opened anew, so that the focus moves in and a screen reader reads what it is about.
    if (dialog.open) dialog.close();
    warning.hidden = true;
    ended.hidden = false;
    dialog.setAttribute("aria-labelledby", "idle-ended-title");
    dialog.setAttribute("aria-describedby", "idle-ended-text");
    dialog.showModal();
  }

  function look() {
    if (isOver) return;
    const idle = Date.now() - lastUse();
    if (idle >= limit + 2000) end();
    else if (idle >= warnAt) warn();
    else if (dialog.open) dialog.close(); // used in another tab
  }

  used();
  setInterval(look, 1000);
  document.addEventListener("input", () => {
    if (!isOver && Date.now() - lastUse() > pingEvery) ping();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const headers = event.detail.requestConfig?.headers || {};
    if (!("X-Portal-Unattended" in headers) && event.detail.successful) used();
  });
  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    ping();
  });
  // Escape means "I am here"; after the end it only closes the dialog.
  dialog.addEventListener("cancel", () => {
    if (!isOver) ping();
  });
  dialog.querySelector("[data-idle-back]").addEventListener("click", () => dialog.close());
}

if (dialog && typeof dialog.showModal === "function") start();
