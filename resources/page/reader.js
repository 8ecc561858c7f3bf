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
  // Who speaks for the reader here beside us, "" for nobody: then nothing is loaded without a choice of this moment.
  const cautious = () => {
    if (navigator.globalPrivacyControl === true) return "signal";
    return typeof window.__tcfapi === "function" || "__tcfapiLocator" in window.frames ? "platform" : "";
  };

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
    const all = recall();
    const names = Object.values(all).map((each) => each.name);
    remind(fill(copy.remembered, { providers: names.join(", "), publisher: copy.publisher }), all, names.length > 0);
  };
  // What others have stored is theirs: their own pages are where readers can have it deleted.
  const remind = (words, all, isShown, canWithdraw = true) => {
    const memory = document.getElementById("memory");
    if (!memory) return;
    memory.hidden = !isShown;
    memory.querySelector("p").textContent = words;
    memory.querySelector("button").hidden = !canWithdraw;
    const controls = Object.values(all).filter(({ policy }) => /^https:/.test(policy));
    memory.querySelector("ul").replaceChildren(
      ...controls.map(({ name, policy }) => {
        const link = Object.assign(document.createElement("a"), { href: policy, rel: "external noopener noreferrer" });
        link.textContent = fill(copy.controls, { provider: name });
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  };
  const withdraw = () => {
    const were = recall();
    keep({});
    document.querySelectorAll(".embed").forEach(standAgain);
    remind(copy.withdrawn_consent, were, true, false);
    say(copy.withdrawn_consent);
    document.getElementById("memory-heading").focus();
  };

  // --- One embed. Its panel stays through every state, so that focus has somewhere to be.
  const values = ({ dataset: { name, kind } }) => ({
    provider: name,
    provider_lower: name.toLowerCase(),
    kind,
    publisher: copy.publisher,
  });
  const tell = (embed, key, more = {}) => {
    const told = embed.querySelector(".told");
    const words = key ? fill(copy[key], { ...values(embed), ...more }) : "";
    if (key === "failed") told.setAttribute("role", "alert");
    else told.removeAttribute("role");
    told.hidden = !words;
    told.textContent = words;
    if (words && key !== "failed") say(words);
    return words;
  };
  const state = (embed, name, unseen = false) => {
    embed.dataset.state = name;
    const asked = name === "asked" || name === "failed";
    for (const part of embed.querySelectorAll(".question, .permission, .choices")) part.hidden = !asked;
    const said = embed.querySelector(".said");
    // Our quotation makes way for a post that surely stands there; beside any other it stays readable.
    if (said) said.hidden = name === "loaded" && !unseen;
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
  const load = (embed, why = "") => {
    if (embed.dataset.missing) return tell(embed, embed.dataset.missing);
    if (navigator.onLine === false) return tell(embed, "offline");
    if (frames.has(embed)) return;
    const frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = embed.querySelector(".panel").getAttribute("aria-label");
    frame.sandbox = embed.dataset.sandbox;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.src = embed.dataset.frame;
    frames.set(embed, { frame, why, timer: setTimeout(() => fail(embed), PATIENCE) });
    state(embed, "loading");
    tell(embed, "loading");
    embed.querySelector(".panel").prepend(frame);
  };
  const hear = ({ source, data }) => {
    if (!data || typeof data.embed !== "string") return;
    for (const [embed, { frame, why, timer }] of frames) {
      if (frame.contentWindow !== source) continue;
      if (data.embed === "failed") return fail(embed);
      if (Number.isFinite(data.height)) frame.style.blockSize = `${Math.min(Math.max(data.height, 80), 4000)}px`;
      if (data.embed !== "ready") return;
      clearTimeout(timer);
      state(embed, "loaded", data.unseen);
      const words = fill(copy[data.unseen ? "answered" : "loaded"], values(embed));
      say([words, tell(embed, why)].filter(Boolean).join(" "));
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
    const why = choice === "always" ? cautious() : "";
    if (choice === "always" && !why) {
      const policy = embed.querySelector(".permission a")?.href || "";
      const since = Date.now();
      keep({ ...recall(), [provider]: { name, version, policy, since, until: since + copy.days * DAY } });
      const same = [...document.querySelectorAll(".embed")].filter(
        (other) => other.dataset.provider === provider && other.dataset.version === version,
      );
      same.forEach((other) => load(other));
    } else {
      load(embed, why);
    }
    if (frames.has(embed)) panel.focus();
  };
  const standAgain = (embed) => {
    stop(embed);
    tell(embed, "");
    state(embed, "asked");
  };
  // Why what was allowed once is asked again, "" when it still holds. A version is that of the words, then of the links.
  const lapsed = ({ version, until }, now) => {
    if (until < Date.now()) return "expired";
    if (version === now) return "";
    return version.split(".")[0] === now.split(".")[0] ? "policy_changed" : "reworded";
  };
  const open = (root) => {
    const allowed = recall();
    const over = new Set();
    const said = new Set();
    for (const embed of root.querySelectorAll(".embed:not([data-state])")) {
      pristine.set(embed, embed.outerHTML);
      const panel = embed.querySelector(".panel");
      const quotation = embed.querySelector(".said");
      if (quotation) panel.querySelector(".question").before(quotation);
      panel.querySelector(".choices").after(embed.querySelector(".original"));
      for (const plain of embed.querySelectorAll(":scope > .unavailable, :scope > .disclaimer")) plain.hidden = true;
      embed.querySelector(".gate").hidden = false;
      state(embed, "asked");
      const { provider, version } = embed.dataset;
      const known = allowed[provider];
      if (!known) continue;
      const why = lapsed(known, version);
      if (why) {
        over.add(provider);
        const since = new Date(known.since || known.until - copy.days * DAY).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
        said.add(tell(embed, why, { since }));
      } else if (cautious()) said.add(tell(embed, cautious()));
      else load(embed);
    }
    if (over.size) keep(Object.fromEntries(Object.entries(allowed).filter(([provider]) => !over.has(provider))));
    if (said.size) say([...said].join(" "));
  };
  const click = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.choice) choose(button.closest(".embed"), button.dataset.choice);
    else if (button.closest("#memory")) withdraw();
    else if (button.closest("#news")) show();
    else if (button.closest("#share")) pass();
  };

  // --- News: head.json is asked for by its ETag and says which entry stands in which revision; only what differs is
  // fetched. Entries on screen are changed in place, new ones wait until the reader wants them.
  const main = document.querySelector("main");
  const list = document.getElementById("entries");
  const news = document.getElementById("news");
  const isFront = "front" in main.dataset;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const pristine = new WeakMap();
  let every = Number(main.dataset.live);
  let etag = "";
  let failures = 0;
  let answered = new Date();
  let waiting = [];
  let timer = 0;
  let asking = null;
  let asked = false;
  let hints = null;

  const counted = (forms, count) => fill(forms[plural.select(count)] || forms.other, { count: String(count) });
  const listed = (parts) => new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(parts);
  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const twins = (old, fresh) => old.isEqualNode(fresh) || (pristine.has(old) && pristine.get(old) === fresh.outerHTML);
  const alike = (old, fresh) =>
    old.nodeName === fresh.nodeName && old.id === fresh.id && !pristine.has(old) &&
    ((old.firstChild && fresh.firstChild) || (old.currentSrc && old.getAttribute("src") === fresh.getAttribute("src")));

  // Changes an element into another one, touching only what differs: focus, selection and loaded posts stay.
  const morph = (old, fresh) => {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    let at = old.firstChild;
    const children = [...fresh.childNodes];
    for (const [place, child] of children.entries()) {
      let twin = at;
      // White space is like any other, so it is never worth skipping anything for.
      while (twin && !twins(twin, child)) twin = child.nodeType === 1 ? twin.nextSibling : null;
      if (twin) {
        while (at !== twin) at = drop(at);
        at = at.nextSibling;
      } else if (at && alike(at, child) && !children.slice(place).some((later) => twins(at, later))) {
        morph(at, child);
        at = at.nextSibling;
      } else old.insertBefore(child, at);
    }
    while (at) at = drop(at);
  };
  const drop = (node) => {
    const next = node.nextSibling;
    if (node.querySelectorAll) for (const embed of frames.keys()) if (node.contains(embed)) stop(embed);
    node.remove();
    return next;
  };

  // Whatever happens around it, what is being read stays where it is, to the pixel.
  const steadily = (change) => {
    const root = document.documentElement;
    const focused = document.activeElement;
    const isSeen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const marks = [focused, ...document.querySelectorAll(".masthead > *, #front li, #entries article > *, .pages, .foot > *")]
      .map((node) => [node, node.getBoundingClientRect()])
      .filter(([node, box]) => node !== document.body && box.height && isSeen(box))
      .map(([node, box], place) => [node, box.top, place === 0 && node === focused ? -1 : box.top < 0 ? 1e6 - box.top : box.top])
      .sort((one, other) => one[2] - other[2]);
    root.style.overflowAnchor = "none";
    change();
    const kept = marks.find(([node]) => node.isConnected && node.getBoundingClientRect().height);
    const moved = kept ? kept[0].getBoundingClientRect().top - kept[1] : 0;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
    requestAnimationFrame(() => (root.style.overflowAnchor = ""));
    if (focused !== document.body && !focused.isConnected) refocus(focused);
  };
  const refocus = (lost) => {
    const { id, href } = lost;
    const same = [...document.querySelectorAll("a, button, [tabindex]")].find((each) => (id ? each.id === id : href && each.href === href));
    (same || home(lost.closest("article")?.id) || document.getElementById("updates")).focus({ preventScroll: true });
  };

  const home = (id) => (id ? document.getElementById(id) : null);
  const get = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return parse(await answer.text());
  };
  const show = () => {
    const fresh = waiting;
    waiting = [];
    news.hidden = true;
    if (!fresh.length) return location.reload();
    list.hidden = false;
    document.getElementById("none")?.remove();
    for (const { article, next } of fresh.reverse()) {
      if (home(article.id)) continue;
      const item = document.createElement("li");
      item.append(article);
      list.insertBefore(item, home(next)?.parentNode || null);
      open(article);
    }
    home(fresh[fresh.length - 1].article.id).focus();
  };
  const offer = async (names) => {
    const unknown = names.filter(([id]) => !home(id));
    if (unknown.length && unknown.length === names.length && list.childElementCount) {
      waiting = [];
      return copy.many;
    }
    const had = new Map(waiting.map((each) => [each.article.id, each.article]));
    waiting = await Promise.all(
      unknown.map(async ([id, rev]) => {
        const known = had.get(id);
        const article = known && rev.startsWith(known.dataset.digest) ? known : (await get(`e/${id}.${rev}.html`)).firstElementChild;
        return { article, next: (names[names.findIndex(([each]) => each === id) + 1] || [])[0] };
      }),
    );
    return unknown.length ? counted(copy.new, unknown.length) : "";
  };
  const kind = (old, fresh) => {
    const is = (name) => fresh.classList.contains(name) && !old.classList.contains(name);
    const corrections = (article) => article.querySelectorAll(":scope > .correction").length;
    return is("withdrawn") ? "withdrawn" : corrections(fresh) > corrections(old) ? "corrected" : "edited";
  };
  const put = (old, fresh) => {
    morph(old, fresh);
    open(old);
    old.classList.add("fresh");
  };
  // An entry that no longer stands among those it stood among was taken down.
  const gone = (names) => {
    const here = new Set(names.map(([id]) => id));
    const shown = isFront ? [...list.querySelectorAll("article")] : [];
    const last = shown.findLastIndex(({ id }) => here.has(id));
    return shown.slice(0, last).filter(({ id }) => !here.has(id));
  };
  const take = async (head) => {
    const names = head.newest.map((name) => name.split("."));
    const changes = (head.changes || []).filter(({ what }) => what !== "removed").map(({ entry, rev }) => [entry, rev]);
    const removed = (head.changes || []).filter(({ what }) => what === "removed").map(({ entry }) => home(entry));
    const stale = [...names, ...changes].filter(([id, rev]) => home(id) && !rev.startsWith(home(id).dataset.digest));
    const fresh = await Promise.all(stale.map(([id, rev]) => get(`e/${id}.${rev}.html`)));
    const words = isFront ? await offer(names) : "";
    const top = isFront && head.top && head.top !== main.dataset.front ? await get(`e/front.${head.top}.html`) : null;
    const told = { edited: 0, corrected: 0, withdrawn: 0 };
    steadily(() => {
      for (const article of new Set([...removed, ...gone(names)])) if (article?.matches("article")) drop(article.parentNode);
      for (const { firstElementChild: article } of fresh) {
        const old = article && home(article.id);
        if (!old || old.dataset.digest === article.dataset.digest) continue;
        told[kind(old, article)] += 1;
        put(old, article);
      }
      if (top) {
        morph(document.getElementById("front"), top.firstElementChild);
        main.dataset.front = head.top;
      }
      if (isFront && head.clock) morph(document.getElementById("clock"), parse(head.clock).firstElementChild);
      if (head.headline) document.querySelector("h1").textContent = head.headline;
    });
    const isNews = words && words !== (news.hidden ? "" : news.textContent);
    news.hidden = !words;
    news.firstElementChild.textContent = words;
    const counts = Object.keys(told).filter((each) => told[each]);
    const said = [...(isNews ? [words] : []), ...counts.map((each) => counted(copy[each], told[each]))];
    if (said.length) say(listed(said), counts.length ? 8000 : 0);
  };
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("head.json", {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
        credentials: "same-origin",
      });
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        const head = await answer.json();
        await take(head);
        every = head.next_poll;
        etag = answer.headers.get("ETag") || "";
      }
      every = Number(answer.headers.get("Live-Next-Poll") || every);
      listen(answer.headers.get("Live-Events"));
      if (failures > 1) say(copy.again);
      failures = 0;
      answered = new Date();
      home("clock").classList.remove("stale");
    } catch {
      failures += 1;
      home("clock").classList.toggle("stale", failures > 1);
      const time = () => answered.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: copy.zone });
      if (failures === 2) say(fill(copy.stale, { time: time() }), Infinity);
    }
  };
  // One question at a time; a hint that comes meanwhile asks once more.
  const now = () => {
    clearTimeout(timer);
    asked = true;
    asking ??= (async () => {
      while (asked) {
        asked = false;
        await ask();
      }
      asking = null;
      later();
    })();
  };
  const later = () => {
    if (!every) listen(null);
    if (every && !document.hidden) timer = setTimeout(now, Math.min(every * 2 ** failures, 300) * (800 + Math.random() * 400));
  };
  // Where the endpoint says that something is new, it is asked at once; the clock goes on for when it falls silent.
  const listen = (path) => {
    if (Boolean(hints) === Boolean(path && every)) return;
    hints?.close();
    hints = path && every ? new EventSource(path) : null;
    if (hints) hints.onmessage = now;
  };
  const turn = () => {
    clearTimeout(timer);
    if (!document.hidden && every) return now();
    listen(null);
  };

  // --- Passing the page on: the address is copied, or handed to whatever the device offers.
  const share = document.getElementById("share");
  const pass = async () => {
    const url = document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      say(copy.copied, 4000);
    } catch {
      // The reader thought better of it.
    }
  };
  if (navigator.share || navigator.clipboard) {
    share.hidden = false;
    share.querySelector("button").hidden = false;
  }

  document.addEventListener("click", click);
  addEventListener("message", hear);
  // The desk's preview puts an edited entry in place itself, and says so.
  document.addEventListener("entry-put", ({ target }) => open(target));
  open(document);
  showMemory();
  if (every && /^https?:$/.test(location.protocol)) {
    document.addEventListener("visibilitychange", turn);
    addEventListener("online", turn);
    // Soon once, for what changed since this page left the newsroom; then at its pace.
    timer = setTimeout(now, 1500 + Math.random() * 1500);
  }
})();
