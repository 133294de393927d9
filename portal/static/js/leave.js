// Quick exit. Without this script it is a plain link to /leave/, which ends the session.
// With it: Shift pressed three times does the same, the page is covered at once, and the address
// of this page is replaced in the history of the tab. (After GOV.UK's "Exit this page".)

const PRESSES = 3;
const PATIENCE = 5000; // milliseconds between two presses

const link = document.querySelector("[data-leave]");
const status = document.getElementById("leave-status");
const dots = link ? link.querySelectorAll(".exit__dots span") : [];

let presses = 0;
let lastKeyWasModified = false;
let timer = 0;

function show(count) {
  presses = count;
  link.classList.toggle("exit--counting", count > 0);
  dots.forEach((dot, place) => dot.classList.toggle("is-on", place < count));
}

function say(words) {
  status.textContent = words || "";
}

function reset(words) {
  clearTimeout(timer);
  timer = 0;
  show(0);
  say(words);
}

function forget() {
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      window[name].clear();
    } catch {
      // Storage is switched off: there is nothing to clear.
    }
  }
}

function leave() {
  reset("");
  const cover = document.createElement("div");
  cover.className = "leave-cover";
  cover.setAttribute("role", "alert");
  document.body.append(cover);
  document.documentElement.classList.add("is-leaving");
  cover.textContent = link.dataset.leaving;
  forget();
  window.location.replace(link.href);
}

function onKeyUp(event) {
  // Shift counts alone: after "Shift and a letter" the release of Shift is not a press.
  if (event.key === "Shift" && !lastKeyWasModified) {
    show(presses + 1);
    if (presses >= PRESSES) {
      leave();
      return;
    }
    say(presses === 1 ? link.dataset.twoMore : link.dataset.oneMore);
    clearTimeout(timer);
    timer = setTimeout(() => reset(link.dataset.expired), PATIENCE);
  } else if (presses) {
    reset("");
  }
  lastKeyWasModified = event.shiftKey;
}

function onPageShow() {
  // Somebody came Back: the page is as it was left.
  document.querySelectorAll(".leave-cover").forEach((cover) => cover.remove());
  document.documentElement.classList.remove("is-leaving");
  reset("");
}

if (link && status) {
  link.classList.add("exit--live"); // only now does "or Shift 3 times" hold
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", onKeyUp);
  window.addEventListener("pageshow", onPageShow);
}
