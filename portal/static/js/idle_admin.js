// The idle time-out in Wagtail's admin: its frame is not ours, so the dialog is fetched.

const answer = await fetch("/accounts/idle/", { headers: { "X-Portal-Unattended": "1" } });
if (answer.ok) {
  const holder = document.createElement("div");
  holder.innerHTML = await answer.text();
  const dialog = holder.querySelector("dialog");
  if (dialog) {
    document.body.append(dialog);
    await import("./idle.js");
  }
}
