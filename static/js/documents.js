// A form is saved while it is being filled in, and once more on leaving. Without this, the button saves it.
"use strict";

const form = document.querySelector("form[data-save]");
if (form) {
  const edition = form.elements.edition;
  const said = document.getElementById("saved");
  let last = typed();
  let flight = null;
  let stopped = false;

  function typed() {
    const fields = new FormData(form);
    fields.delete("edition");
    fields.delete("csrfmiddlewaretoken");
    return new URLSearchParams(fields).toString();
  }

  function save() {
    if (!flight && !stopped && typed() !== last) flight = send(typed()).finally(() => { flight = null; });
  }

  async function send(now) {
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST", body: new FormData(form), redirect: "error", keepalive: true,
      });
      const kept = await answer.json();
      said.textContent = kept.words;
      if (answer.ok) {
        edition.value = kept.edition;
        last = now;
      } else {
        stopped = true;
      }
    } catch {
      said.textContent = form.dataset.notSaved;
    }
  }

  const ticking = setInterval(save, 4000);
  form.addEventListener("submit", async (event) => {
    if (stopped) {
      if (form.dataset.leaving) event.preventDefault();
      form.dataset.leaving = "yes";
      return;
    }
    stopped = true;
    clearInterval(ticking);
    if (flight) { // what is on its way has to arrive first, or the page would look as if it were two
      event.preventDefault();
      await flight;
      form.requestSubmit(event.submitter);
    } else {
      form.dataset.leaving = "yes";
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("pagehide", () => {
    if (!stopped && !flight && typed() !== last) navigator.sendBeacon(form.dataset.save, new FormData(form));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
