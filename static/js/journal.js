// Comforts of the journal. Every page works without them.
"use strict";

{
  // A form is sent with progress, and nothing is lost while there is no connection. (static/js/drafts.js keeps what is typed.)
  const AGAIN = 8000; // milliseconds until it is tried again
  const MOST_TRIES = 5; // where the server answers that something is broken

  function begin(form) {
    const said = form.querySelector("[data-said]");
    const say = (words) => {
      if (said.textContent !== words) said.textContent = words;
    };
    const goesTo = new URL(form.getAttribute("action") || window.location.href, window.location.href).pathname;
    let tries = 0;

    const stop = (bar) => {
      bar.remove();
      delete form.dataset.sent;
    };
    const wait = (bar) => {
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
    const broken = (bar) => {
      tries += 1;
      if (tries < MOST_TRIES) {
        say(form.dataset.offline);
        wait(bar);
      } else {
        tries = 0;
        say(form.dataset.broken);
        stop(bar);
      }
    };
    // The page that came back, in place of this one: its forms are as new, and the chosen photographs stay chosen.
    const showInPlace = (main) => {
      const files = form.querySelector("input[type=file]");
      document.getElementById("main").replaceWith(main);
      const there = main.querySelector("input[type=file]");
      if (files && there && files.files.length) there.replaceWith(files);
      for (const again of main.querySelectorAll("form[data-sends]")) begin(again);
      main.querySelector(".error-summary")?.focus();
      window.scrollTo(0, 0);
    };
    // A page that has no such form, as when something is refused: its words stand above what was written.
    const showAbove = (main) => {
      document.getElementById("refused")?.remove();
      const words = document.createElement("div");
      words.className = "banner stop";
      words.id = "refused";
      words.tabIndex = -1;
      words.append(...main.childNodes);
      form.before(words);
      words.focus();
    };
    const came = (request, bar) => {
      if ((request.getResponseHeader("Content-Type") || "").includes("json")) {
        window.location.assign(JSON.parse(request.responseText).go);
        return;
      }
      if (new URL(request.responseURL).pathname !== goesTo) { // it is asked first who this is
        window.location.assign(request.responseURL);
        return;
      }
      const main = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
      if (!main) {
        broken(bar);
        return;
      }
      stop(bar);
      (main.querySelector("form[data-sends]") ? showInPlace : showAbove)(main);
    };
    const send = (bar) => {
      const request = new XMLHttpRequest();
      const offline = () => {
        say(form.dataset.offline);
        wait(bar);
      };
      request.open("POST", form.getAttribute("action") || window.location.href);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => (request.status >= 500 ? broken(bar) : came(request, bar)));
      request.addEventListener("error", offline);
      request.addEventListener("timeout", offline);
      request.timeout = 180000;
      request.send(new FormData(form));
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.querySelector("progress.sending")) return;
      const bar = document.createElement("progress");
      bar.className = "sending";
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", form.dataset.sends);
      said.after(bar);
      send(bar);
    });
  }
  for (const form of document.querySelectorAll("form[data-sends]")) begin(form);

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
}
