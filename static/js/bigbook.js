// Small comforts. Every page works without them.
"use strict";

// A password can be shown. The words of the button come from the page's language.
for (const field of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small show-password";
  button.textContent = field.dataset.show || "Show";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  field.after(button);
}

// Pressing twice sends once. (The server holds this too; this only spares the wait.)
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The error summary gets the focus, so that a screen reader begins there.
document.querySelector(".error-summary")?.focus();

// Chosen files are named under their field, so that one sees what will be sent.
for (const input of document.querySelectorAll("input[type=file][multiple]")) {
  const list = document.createElement("ul");
  list.className = "hint chosen";
  input.after(list);
  input.addEventListener("change", () => {
    list.replaceChildren();
    for (const file of input.files) {
      const item = document.createElement("li");
      item.textContent = file.name;
      list.append(item);
    }
  });
}

// Print buttons are there only where they work.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A warning two minutes before an idle session ends.
const idleSeconds = Number(document.body.dataset.idleSeconds || 0);
const dialog = document.getElementById("idle");
if (idleSeconds && dialog) {
  const warnAfter = Math.max(idleSeconds - 120, 1) * 1000;
  let warnTimer;
  let endTimer;
  const begin = () => {
    clearTimeout(warnTimer);
    clearTimeout(endTimer);
    warnTimer = setTimeout(() => dialog.showModal(), warnAfter);
    endTimer = setTimeout(() => window.location.reload(), (idleSeconds + 2) * 1000);
  };
  const stay = async () => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
    await fetch(document.body.dataset.stillHere, { method: "POST", headers: { "X-CSRFToken": token } });
    begin();
  };
  dialog.addEventListener("close", stay);
  document.getElementById("idle-stay").addEventListener("click", () => dialog.close());
  begin();
}
