// What is typed into any form with a text is kept on the server, for whoever types it (people/accounts/drafts.py): nothing stays in
// the browser. Without this, a form is simply sent. A form with `data-goes-on` is kept with its choices alone, too, and
// opens as it was left.
"use strict";

{
  const AFTER = 2000; // milliseconds after the last letter
  const AGAIN = 8000; // milliseconds until it is tried again
  const MOST_AT_THE_END = 60000; // letters that a browser still sends while it leaves a page
  const body = document.body.dataset;
  const states = new WeakMap();

  const goesOn = (form) => "goesOn" in form.dataset;
  const isKept = (form) => form?.getAttribute("method")?.toLowerCase() === "post" && !form.querySelector("input[type=password]")
    && (form.querySelector("textarea") || goesOn(form));

  const stateOf = (form) => {
    if (!states.has(form)) states.set(form, {});
    return states.get(form);
  };

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // The form carries its key, so that the server forgets the words once they were taken.
  const keyOf = (form) => {
    let field = form.querySelector("input[name=draft]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "draft";
      const cameBack = document.getElementById("main")?.dataset.draft;
      const hadWords = [...form.querySelectorAll("textarea")].some((each) => each.defaultValue.trim());
      field.value = cameBack && (hadWords || goesOn(form)) ? cameBack : newKey();
      form.prepend(field);
    }
    return field.value;
  };

  const pageWithout = () => {
    const address = new URL(window.location.href);
    address.searchParams.delete("draft");
    return address.pathname + address.search;
  };

  const say = (form, words) => {
    let said = form.querySelector("[data-draft-said]"); // or its own place on the page
    if (!said) {
      said = document.createElement("p");
      said.className = "hint";
      said.setAttribute("role", "status");
      said.dataset.draftSaid = "";
      const texts = form.querySelectorAll("textarea");
      texts[texts.length - 1].after(said);
    }
    if (said.textContent !== words) said.textContent = words;
  };

  const typedIn = (form) => {
    const data = new FormData();
    const fields = [];
    const files = [];
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File) {
        if (value.name) files.push(value.name);
      } else if (!["csrfmiddlewaretoken", "draft", "held"].includes(name)) {
        fields.push([name, value]);
      }
    }
    const texts = [...form.querySelectorAll("textarea, input[type=text]")].map((each) => each.name);
    const hasWords = goesOn(form) || [...form.querySelectorAll("textarea")].some((each) => each.value.trim());
    const action = new URL(form.getAttribute("action") || pageWithout(), window.location.href);
    data.set("key", keyOf(form));
    data.set("page", pageWithout());
    data.set("address", action.pathname + action.search);
    data.set("fields_json", JSON.stringify(hasWords ? fields : []));
    data.set("files_json", JSON.stringify(files));
    data.set("texts_json", JSON.stringify([...new Set(texts)]));
    data.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]")?.value || "");
    return data;
  };

  const keep = async (form) => {
    const state = stateOf(form);
    if (state.sent || state.stopped) return;
    clearTimeout(state.timer);
    state.timer = null;
    const typed = typedIn(form);
    const at = new AbortController();
    state.flight = at;
    state.typed = false;
    try {
      const answer = await fetch(body.keepDraft, {
        method: "POST", body: typed, redirect: "error", signal: at.signal,
        keepalive: typed.get("fields_json").length < MOST_AT_THE_END,
      });
      const told = await answer.json();
      if (answer.status === 401) { // signed out: the form itself is held when it is sent
        state.stopped = true;
        say(form, told.words);
      } else if (answer.ok) {
        say(form, told.kept ? body.draftKept : "");
        if (told.kept && !state.typed) form.dataset.isKept = "yes";
        if (told.kept && !state.sent) { // a page that is opened once more has them in it
          const address = new URL(window.location.href);
          address.searchParams.set("draft", typed.get("key"));
          window.history.replaceState(null, "", address);
        }
      }
    } catch {
      if (state.sent) return;
      say(form, body.draftNotKept);
      if (!state.timer) state.timer = setTimeout(() => keep(form), AGAIN);
    }
  };

  const later = (event) => {
    const form = event.target.form;
    if (!isKept(form)) return;
    const state = stateOf(form);
    state.sent = false;
    state.typed = true;
    delete form.dataset.isKept;
    keyOf(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => keep(form), AFTER);
  };

  const now = () => {
    for (const form of document.forms) {
      if (states.get(form)?.timer) keep(form);
    }
  };

  if (body.keepDraft) {
    document.addEventListener("input", later);
    document.addEventListener("change", later);
    document.addEventListener("submit", (event) => {
      if (!states.has(event.target) || (event.defaultPrevented && !event.target.dataset.sends)) return;
      const state = stateOf(event.target);
      state.sent = true;
      clearTimeout(state.timer);
      state.timer = null;
      state.flight?.abort();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") now();
    });
    window.addEventListener("pagehide", now);
    window.addEventListener("pageshow", (event) => { // what it shows may have been saved since
      if (event.persisted && document.querySelector("form[data-goes-on]")) window.location.reload();
    });
  }
}
