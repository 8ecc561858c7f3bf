"use strict";
// Opens the consent gates of entries that stand here: nothing of another site is loaded before a reader says so.
(() => {
  const PATIENCE = 8000;
  const OURS = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-presentation";
  const frames = new Map();
  const data = (box, name) => box.getAttribute(`data-nc-${name}`) || "";

  const status = document.createElement("p");
  status.className = "nc-status";
  status.setAttribute("role", "status");
  document.body.append(status);
  const told = (box) => box.querySelector(".nc-told");
  const tell = (box, name) => {
    told(box).textContent = data(box, name);
    told(box).hidden = !data(box, name);
    status.textContent = "";
    setTimeout(() => (status.textContent = data(box, name)), 50);
  };
  const state = (box, name) => {
    box.setAttribute("data-nc-state", name);
    const asked = name === "asked" || name === "failed";
    box.querySelector(".nc-gate").setAttribute("aria-busy", String(name === "loading"));
    for (const part of box.querySelectorAll(".nc-gate > :not(.nc-told, .nc-frame)")) part.hidden = !asked;
  };
  const end = (box, name) => {
    const held = frames.get(box);
    if (!held) return;
    clearTimeout(held.timer);
    if (name === "failed") {
      held.frame.remove();
      frames.delete(box);
    }
    state(box, name);
    tell(box, name === "failed" ? "failed" : "answered");
  };

  // A provider's own frame has the provider's origin. A provider's script runs in a document that has none, and whose
  // policy names that provider's hosts alone.
  const room = (box) => {
    const page = document.implementation.createHTMLDocument(data(box, "name"));
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = data(box, "policy").replace(
      /(script|style)-src 'sha256-[^']*'/g,
      (_, kind) => `${kind}-src '${newsroomConsole[`${kind}Hash`]}'`,
    );
    const style = document.createElement("style");
    style.textContent = newsroomConsole.style;
    page.head.append(policy, style);
    let wanted = {};
    try {
      wanted = JSON.parse(data(box, "companion")) || {};
    } catch {
      // Without an element of its own, the script finds an empty one.
    }
    const post = page.createElement(/^(blockquote|bsky-post|div|a)$/.test(wanted.tag) ? wanted.tag : "div");
    post.id = "post";
    post.className = wanted.class || "";
    for (const [name, value] of Object.entries(wanted.attributes || {})) {
      if (/^(data-[\w-]+|cite)$/.test(name)) post.setAttribute(name, value);
    }
    const link = page.createElement("a");
    link.href = box.querySelector("blockquote a")?.href || "";
    link.textContent = data(box, "name");
    post.append(link);
    const script = page.createElement("script");
    script.textContent = newsroomConsole.script;
    Object.assign(page.body.dataset, { script: data(box, "script"), name: data(box, "name"), kind: data(box, "kind") });
    page.body.append(post, script);
    return `<!doctype html>${page.documentElement.outerHTML}`;
  };
  const load = (box) => {
    if (navigator.onLine === false) return tell(box, "offline");
    if (frames.has(box)) return;
    const frame = document.createElement("iframe");
    frame.className = "nc-frame";
    frame.title = data(box, "name");
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    const address = data(box, "frame");
    frame.sandbox = address ? `${OURS} allow-same-origin` : OURS;
    frames.set(box, { frame, timer: setTimeout(() => end(box, "failed"), PATIENCE) });
    state(box, "loading");
    tell(box, "loading");
    if (address) {
      // What shares our origin could do as it likes here.
      if (new URL(address, location).origin === location.origin || !/^https:/.test(address)) return end(box, "failed");
      frame.addEventListener("load", () => end(box, "loaded"));
      frame.src = address;
    } else frame.srcdoc = room(box);
    box.querySelector(".nc-gate").prepend(frame);
    box.querySelector(".nc-gate").focus();
  };

  addEventListener("message", ({ source, data: said }) => {
    if (!said || typeof said.embed !== "string") return;
    for (const [box, { frame }] of frames) {
      if (frame.contentWindow !== source) continue;
      if (Number.isFinite(said.height)) frame.style.blockSize = `${Math.min(Math.max(said.height, 80), 4000)}px`;
      if (said.embed === "ready") end(box, "loaded");
      if (said.embed === "failed") end(box, "failed");
      return;
    }
  });
  addEventListener("click", ({ target }) => {
    const button = target.closest("[data-nc-choice]");
    const box = button?.closest(".nc-embed");
    if (!box) return;
    if (data(button, "choice") === "once") return load(box);
    state(box, "declined");
    tell(box, "declined");
    box.querySelector("blockquote a")?.focus();
  });
  for (const box of document.querySelectorAll(".nc-embed[data-nc-frame], .nc-embed[data-nc-script]")) {
    const gate = box.querySelector(".nc-gate");
    if (!gate) continue;
    const words = document.createElement("p");
    words.className = "nc-told";
    words.hidden = true;
    gate.append(words);
    gate.tabIndex = -1;
    gate.hidden = false;
    state(box, "asked");
  }
})();
