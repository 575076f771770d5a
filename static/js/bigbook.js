// Small comforts. Every page works without them.
"use strict";

{
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

  // A warning two minutes before an idle session ends. Whoever types is there: then the warning never takes the focus, and a
  // page with words on it is not loaded anew when the time is up, also after a phone has slept.
  const idleSeconds = Number(document.body.dataset.idleSeconds || 0);
  const dialog = document.getElementById("idle");
  if (idleSeconds && dialog) {
    const warnAfter = Math.max(idleSeconds - 120, 1) * 1000;
    const endAfter = (idleSeconds + 2) * 1000;
    const askAfter = Math.min(60000, warnAfter / 2);
    const onTablet = document.body.dataset.onTablet === "yes";
    let seenAt = Date.now();
    let toldAt = seenAt; // when the server heard of it
    let timer;
    let isOver = false;

    const isText = (one) => one.matches("textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit])");
    const isTyped = (one) => (one.type === "file" ? one.files.length : one.matches("textarea, input[type=text]")
      && one.value !== one.defaultValue);
    const withWords = () => [...document.querySelectorAll("#main form[method=post]")].filter((form) =>
      form.querySelector("input[name=draft], input[name=held], .wrong") || [...form.elements].some(isTyped));
    const show = () => {
      if (dialog.open) return;
      if (document.activeElement && isText(document.activeElement)) {
        dialog.setAttribute("role", "alert");
        dialog.setAttribute("open", ""); // beside the text; the focus stays where it is
      } else {
        dialog.showModal();
      }
    };
    const over = () => {
      if (isOver) return;
      const words = withWords();
      if (!words.length || (onTablet && words.every((form) => form.dataset.isKept))) {
        window.location.reload();
        return;
      }
      isOver = true;
      clearTimeout(timer);
      for (const part of dialog.querySelectorAll("[data-idle]")) part.hidden = part.dataset.idle !== "over";
      show();
    };
    const look = () => {
      if (isOver) return;
      clearTimeout(timer);
      const away = Date.now() - seenAt;
      if (away >= endAfter) {
        over();
        return;
      }
      if (away >= warnAfter) show();
      timer = setTimeout(look, (away < warnAfter ? warnAfter : endAfter) - away);
    };
    const tell = async () => {
      toldAt = Date.now();
      const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
      try {
        const answer = await fetch(document.body.dataset.stillHere, { method: "POST", headers: { "X-CSRFToken": token } });
        if (answer.status === 401) over();
      } catch {
        toldAt = 0; // no connection: with the next letter it is tried again
      }
    };
    const isHere = () => {
      if (isOver) return;
      if (Date.now() - seenAt >= endAfter) {
        over();
        return;
      }
      seenAt = Date.now();
      if (dialog.open) dialog.close();
      if (seenAt - toldAt >= askAfter) tell();
      look();
    };
    const typing = (event) => {
      if (isText(event.target)) isHere();
    };
    document.addEventListener("input", typing);
    document.addEventListener("keydown", typing);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pageshow", look);
    dialog.addEventListener("close", () => {
      dialog.removeAttribute("role");
      if (isOver) return;
      toldAt = 0;
      isHere();
    });
    for (const button of dialog.querySelectorAll("button")) button.addEventListener("click", () => dialog.close());
    look();
  }
}
