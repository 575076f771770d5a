// Comforts of the journal. Every page works without them.
"use strict";

// What is being typed is kept on the server; a form is sent with progress, and nothing is lost while there is no connection.
const EVERY = 2000; // milliseconds after the last letter
const AGAIN = 8000; // milliseconds until it is tried again

for (const form of document.querySelectorAll("form[data-sends]")) {
  const said = form.querySelector("[data-said]");
  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };
  let timer;

  const keep = async () => {
    const typed = new FormData(form);
    typed.delete("photographs");
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: typed });
      const { kept } = await answer.json();
      say(kept ? form.dataset.kept : "");
    } catch {
      say(form.dataset.offline);
      timer = setTimeout(keep, AGAIN);
    }
  };
  if (form.dataset.keep) {
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, EVERY);
    });
  }

  const send = (bar) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || window.location.href);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 0 || request.status >= 500) return wait(bar);
      if ((request.getResponseHeader("Content-Type") || "").includes("json")) {
        window.location.assign(JSON.parse(request.responseText).go);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.getElementById("main");
      if (!main) return wait(bar);
      delete form.dataset.sent;
      bar.remove();
      const files = form.querySelector("input[type=file]");
      document.getElementById("main").replaceWith(main);
      const there = main.querySelector("input[type=file]");
      if (files && there && files.files.length) there.replaceWith(files); // the chosen photographs stay chosen
      for (const again of main.querySelectorAll("form[data-sends]")) prepare(again);
      main.querySelector(".error-summary")?.focus();
      window.scrollTo(0, 0);
    });
    request.addEventListener("error", () => wait(bar));
    request.addEventListener("timeout", () => wait(bar));
    request.timeout = 180000;
    request.send(new FormData(form));
  };
  const wait = (bar) => {
    say(form.dataset.offline);
    bar.removeAttribute("value");
    let waiting = true;
    const again = () => {
      if (!waiting) return;
      waiting = false;
      bar.value = 0;
      send(bar);
    };
    window.addEventListener("online", again, { once: true });
    setTimeout(again, AGAIN);
  };
  const prepare = (one) => {
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      if (one.querySelector("progress.sending")) return;
      clearTimeout(timer);
      const bar = document.createElement("progress");
      bar.className = "sending";
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", one.dataset.sends);
      one.querySelector("[data-said]").after(bar);
      (one === form ? send : () => one.submit())(bar);
    });
  };
  prepare(form);
}

// One photograph after the other: by key, and by swiping.
const looking = document.querySelector("[data-looking]");
if (looking) {
  const go = (way) => looking.querySelector(`a[rel=${way}]`)?.click();
  const ahead = document.documentElement.dir === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  document.addEventListener("keydown", (event) => {
    if (event.key === ahead[0]) go("next");
    if (event.key === ahead[1]) go("prev");
  });
  let from = null;
  looking.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  looking.addEventListener("touchend", (event) => {
    if (from === null) return;
    const moved = event.changedTouches[0].clientX - from;
    const onward = document.documentElement.dir === "rtl" ? moved > 0 : moved < 0;
    if (Math.abs(moved) > 60) go(onward ? "next" : "prev");
  });
}

// The next pages come as one scrolls; the link stays for whoever waits.
const older = document.querySelector(".journal ~ p a[rel=next]");
if (older && "IntersectionObserver" in window) {
  const fetchOlder = async (link) => {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = document.querySelector(".journal");
    const months = [...list.querySelectorAll(".month")].map((each) => each.textContent);
    for (const item of page.querySelectorAll(".journal > li")) {
      if (!(item.className === "month" && item.textContent === months.at(-1))) list.append(item);
    }
    const next = page.querySelector(".journal ~ p a[rel=next]");
    if (next) link.href = next.href;
    else link.parentElement.remove();
  };
  let busy = false;
  new IntersectionObserver(async ([seen]) => {
    if (!seen.isIntersecting || busy || !older.isConnected) return;
    busy = true;
    try {
      await fetchOlder(older);
    } finally {
      busy = false;
    }
  }, { rootMargin: "600px" }).observe(older);
}
