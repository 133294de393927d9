// What a reader types under a reflection stays in this tab: sessionStorage, keyed by person.
// It is never sent (the boxes have no name). Without this script they are a prompt for paper.
// Quick exit empties the storage itself (leave.js).

const PREFIX = "reflection:";
const person = document.body.dataset.person || "";
const own = `${PREFIX}${person}:`;

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // switched off: nothing is kept, and the boxes stay hidden
  }
}

function forget(keep) {
  for (const key of Object.keys(store)) {
    if (key.startsWith(PREFIX) && !(keep && key.startsWith(keep))) store.removeItem(key);
  }
}

function open(reflection) {
  const pad = reflection.querySelector(".block-reflection__pad");
  const box = reflection.querySelector("textarea");
  const paper = reflection.querySelector(".block-reflection__paper");
  if (!pad || !box) return;
  const key = own + reflection.dataset.reflection;
  box.value = store.getItem(key) || "";
  box.addEventListener("input", () => store.setItem(key, box.value));
  pad.hidden = false;
  if (paper) paper.hidden = true;
}

const store = storage();
if (store) {
  if (person) {
    forget(own); // somebody else used this tab before
    document.querySelectorAll("[data-reflection]").forEach(open);
  }
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action")?.includes("/accounts/logout/")) forget("");
  });
}
