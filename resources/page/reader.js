"use strict";
(() => {
  const KEY = "embeds-allowed";
  const PATIENCE = 8000;
  const DAY = 86400000;
  const copy = JSON.parse(document.getElementById("copy").textContent);
  const status = document.getElementById("status");
  const frames = new Map();

  const fill = (words, values) => words.replace(/\{( ?)(\w+)\}/g, (_, gap, name) => (values[name] ? gap + values[name] : ""));
  let fading = 0;
  // Everything is announced; what stands nowhere else on the page is shown too, for a while or until it is over.
  const say = (words, shown = 0) => {
    clearTimeout(fading);
    status.textContent = "";
    status.toggleAttribute("data-shown", shown > 0);
    setTimeout(() => (status.textContent = words), 50);
    if (Number.isFinite(shown)) fading = setTimeout(() => (status.textContent = ""), shown || 6000);
  };
  const cautious = () => navigator.globalPrivacyControl === true || typeof window.__tcfapi === "function";

  // --- What is remembered: nothing before a choice, and only "always".
  const recall = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const keep = (allowed) => {
    try {
      if (Object.keys(allowed).length) localStorage.setItem(KEY, JSON.stringify(allowed));
      else localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing asks every time.
    }
    showMemory();
  };
  const showMemory = () => {
    const memory = document.getElementById("memory");
    if (!memory) return;
    const names = Object.values(recall()).map((each) => each.name);
    memory.hidden = !names.length;
    memory.querySelector("p").textContent = fill(copy.remembered, { providers: names.join(", "), publisher: copy.publisher });
  };

  // --- One embed. Its panel stays through every state, so that focus has somewhere to be.
  const values = ({ dataset: { name, kind } }) => ({
    provider: name,
    provider_lower: name.toLowerCase(),
    kind,
    publisher: copy.publisher,
  });
  const tell = (embed, key) => {
    const told = embed.querySelector(".told");
    const words = key ? fill(copy[key], values(embed)) : "";
    if (key === "failed") told.setAttribute("role", "alert");
    else told.removeAttribute("role");
    told.hidden = !words;
    told.textContent = words;
    if (words && key !== "failed") say(words);
  };
  const state = (embed, name) => {
    embed.dataset.state = name;
    const asked = name === "asked" || name === "failed";
    for (const part of embed.querySelectorAll(".question, .permission, .choices")) part.hidden = !asked;
    const said = embed.querySelector(".said");
    if (said) said.hidden = name === "loaded";
    embed.querySelector(".panel").setAttribute("aria-busy", String(name === "loading"));
  };
  const stop = (embed) => {
    const held = frames.get(embed);
    if (!held) return;
    clearTimeout(held.timer);
    held.frame.remove();
    frames.delete(embed);
  };
  const fail = (embed) => {
    stop(embed);
    state(embed, "failed");
    tell(embed, "failed");
  };
  const load = (embed) => {
    if (embed.dataset.missing) return tell(embed, embed.dataset.missing);
    if (navigator.onLine === false) return tell(embed, "offline");
    if (frames.has(embed)) return;
    const frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = embed.querySelector(".panel").getAttribute("aria-label");
    frame.sandbox = embed.dataset.sandbox;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.src = embed.dataset.frame;
    frames.set(embed, { frame, timer: setTimeout(() => fail(embed), PATIENCE) });
    state(embed, "loading");
    tell(embed, "loading");
    embed.querySelector(".panel").prepend(frame);
  };
  const hear = ({ source, data }) => {
    if (!data || typeof data.embed !== "string") return;
    for (const [embed, { frame, timer }] of frames) {
      if (frame.contentWindow !== source) continue;
      if (data.embed === "failed") return fail(embed);
      if (Number.isFinite(data.height)) frame.style.blockSize = `${Math.min(Math.max(data.height, 80), 4000)}px`;
      if (data.embed !== "ready") return;
      clearTimeout(timer);
      state(embed, "loaded");
      tell(embed, "");
      say(fill(copy.loaded, values(embed)));
      return;
    }
  };
  const choose = (embed, choice) => {
    const { provider, name, version } = embed.dataset;
    const panel = embed.querySelector(".panel");
    if (choice === "not_now") {
      state(embed, "declined");
      tell(embed, "declined");
      (embed.querySelector(".original a") || panel).focus();
      return;
    }
    if (choice === "always") {
      keep({ ...recall(), [provider]: { name, version, until: Date.now() + copy.days * DAY } });
      const same = [...document.querySelectorAll(".embed")].filter(
        (other) => other.dataset.provider === provider && other.dataset.version === version,
      );
      same.forEach((other) => load(other));
    } else {
      load(embed);
    }
    if (frames.has(embed)) panel.focus();
  };
  const standAgain = (embed) => {
    stop(embed);
    tell(embed, "");
    state(embed, "asked");
  };
  const open = (root) => {
    const allowed = recall();
    for (const embed of root.querySelectorAll(".embed")) {
      const panel = embed.querySelector(".panel");
      const said = embed.querySelector(".said");
      if (said) panel.querySelector(".question").before(said);
      panel.querySelector(".choices").after(embed.querySelector(".original"));
      for (const plain of embed.querySelectorAll(":scope > .unavailable, :scope > .disclaimer")) plain.hidden = true;
      embed.querySelector(".gate").hidden = false;
      state(embed, "asked");
      const { provider, version } = embed.dataset;
      const known = allowed[provider];
      if (!known) continue;
      if (known.version !== version || known.until < Date.now()) {
        delete allowed[provider];
        keep(allowed);
        tell(embed, "asked_again");
      } else if (cautious()) {
        tell(embed, "signal");
      } else {
        load(embed);
      }
    }
  };
  const click = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.choice) choose(button.closest(".embed"), button.dataset.choice);
    else if (button.closest("#memory")) {
      keep({});
      document.querySelectorAll(".embed").forEach(standAgain);
      say(copy.withdrawn, 6000);
      document.getElementById("updates").focus();
    } else if (button.closest("#news")) show();
  };

  // --- News: asked for by ETag, shown when the reader says so, and never while the tab is hidden.
  const main = document.querySelector("main");
  const news = document.getElementById("news");
  let every = Number(main.dataset.live) * 1000;
  let etag = "";
  let failures = 0;
  let waiting = [];

  const busy = (node) =>
    node.contains(document.activeElement) || [...frames.keys()].some((embed) => node.contains(embed));
  const swap = (old, fresh) => {
    if (!old || !fresh || old.isEqualNode(fresh) || busy(old)) return false;
    old.replaceWith(fresh);
    return true;
  };
  const show = () => {
    const list = document.getElementById("entries");
    const shown = waiting.filter((item) => !document.getElementById(item.querySelector("article").id));
    list.prepend(...shown);
    shown.forEach(open);
    waiting = [];
    news.hidden = true;
    const first = shown[0] && shown[0].querySelector("article");
    if (first) first.focus();
  };
  const take = (fresh) => {
    for (const id of ["clock", "front"]) swap(document.getElementById(id), fresh.getElementById(id));
    let changed = 0;
    const arrived = [];
    for (const article of fresh.querySelectorAll("#entries article")) {
      const old = document.getElementById(article.id);
      if (!old) arrived.push(article.parentNode);
      else if (old.dataset.digest !== article.dataset.digest && !busy(old)) {
        const item = article.parentNode;
        old.parentNode.replaceWith(item);
        open(item);
        changed += 1;
      }
    }
    if (!document.getElementById("entries")) {
      if (arrived.length) location.reload();
      return;
    }
    const grown = arrived.length > waiting.length;
    waiting = arrived;
    if (arrived.length) {
      const words = arrived.length === 1 ? copy.new_update : fill(copy.new_updates, { count: String(arrived.length) });
      news.hidden = false;
      news.firstElementChild.textContent = words;
      if (grown) say(words);
    } else if (changed) say(copy.changed, 6000);
    every = Number(fresh.querySelector("main").dataset.live) * 1000;
  };
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.pathname, {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
        credentials: "same-origin",
      });
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        etag = answer.headers.get("ETag") || "";
        take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
      if (failures > 1) say("");
      failures = 0;
    } catch {
      failures += 1;
      if (failures === 2) say(copy.stale, Infinity);
    }
  };
  const later = () => {
    if (!every) return;
    const wait = Math.min(every * 2 ** failures, 300000);
    setTimeout(() => ask().then(later), wait * (0.8 + Math.random() * 0.4));
  };

  document.addEventListener("click", click);
  addEventListener("message", hear);
  // The desk's preview puts an edited entry in place itself, and says so.
  document.addEventListener("entry-put", ({ target }) => open(target));
  open(document);
  showMemory();
  if (every && /^https?:$/.test(location.protocol)) {
    document.addEventListener("visibilitychange", () => document.hidden || ask());
    later();
  }
})();
