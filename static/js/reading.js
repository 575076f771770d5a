// Leaving quickly, and copying a link. Every page works without this.
"use strict";

{
  const leave = document.querySelector("[data-leave]");
  if (leave) {
    const go = () => {
      document.body.hidden = true; // whatever the network does, these words are gone at once
      window.location.replace(leave.href);
    };
    leave.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
    let presses = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const now = Date.now();
      presses = [...presses.filter((moment) => now - moment < 3000), now];
      if (presses.length >= 3) go();
    });
    for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
  }

  for (const field of document.querySelectorAll("[data-choose-all]")) {
    field.addEventListener("focus", () => field.select());
  }

  // The small sign beside a commitment copies its whole address; without script it is a link that one can keep.
  const said = document.querySelector("[data-copied]");
  for (const link of document.querySelectorAll("a.quote")) {
    link.addEventListener("click", async () => {
      if (!navigator.clipboard || !said) return;
      try {
        await navigator.clipboard.writeText(link.href);
        said.textContent = said.dataset.copied;
      } catch {
        // The browser does not allow it: the address bar shows it all the same.
      }
    });
  }
}
