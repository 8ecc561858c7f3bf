"use strict";
(() => {
  const PATIENCE = 6000;
  const GRACE = 600;
  const { frame: address, script: source, name } = document.body.dataset;
  const post = document.getElementById("post");
  let settled = "";
  let spoken = false;

  // What a frame of the provider's own shows cannot be seen from here: the post, or only that it is gone.
  const tell = (embed) =>
    parent.postMessage(
      { embed, unseen: Boolean(address) || !spoken, height: Math.ceil(document.body.getBoundingClientRect().height) },
      "*",
    );
  const settle = (embed) => {
    if (settled === embed || settled === "failed") return;
    settled = embed;
    tell(embed);
  };
  const fail = () => settle("failed");
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time, true));
  const is = (element, event) => new Promise((resolve) => element.addEventListener(event, resolve, { once: true }));
  // Whoever sends a message from inside the frame has surely been let in and runs.
  const speaks = new Promise((resolve) =>
    addEventListener("message", ({ source: from }) => {
      if (![...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === from)) return;
      spoken = true;
      resolve(true);
    }),
  );
  new ResizeObserver(() => settled && tell("height")).observe(document.body);
  document.addEventListener("securitypolicyviolation", (event) => {
    if (/^(frame|object)-src/.test(event.effectiveDirective)) fail();
  });

  // A frame that is blocked, refused or answered by an error fires "load" like any other; an object fires "error".
  const answers = (place, wanted) => {
    const object = place.createElement("object");
    object.className = "knock";
    object.type = "text/html";
    object.tabIndex = -1;
    object.ariaHidden = "true";
    object.data = wanted;
    const answer = Promise.race([is(object, "load").then(() => true), is(object, "error").then(() => false)]);
    place.body.append(object);
    return answer.finally(() => object.remove());
  };
  // Where we have an origin, it is asked in a room where nothing it sends can run.
  const knock = async (wanted) => {
    const room = document.createElement("iframe");
    room.className = "knock";
    room.sandbox = "allow-same-origin";
    room.tabIndex = -1;
    room.ariaHidden = "true";
    room.srcdoc = "<!doctype html>";
    const open = is(room, "load");
    post.after(room);
    await open;
    return answers(room.contentDocument, wanted).finally(() => room.remove());
  };
  const stand = async (frame, answer) => {
    await is(frame, "load");
    // Blockers hide what they have emptied.
    if (!frame.getClientRects().length) return fail();
    if (await Promise.race([answer(), speaks, wait(PATIENCE - performance.now())])) settle("ready");
    else fail();
  };

  if (address) {
    const frame = document.createElement("iframe");
    frame.title = name;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    // Where that cannot be asked, nothing is known.
    const known = knock(address).catch(() => true);
    known.then((answered) => answered || fail());
    stand(frame, () => known);
    frame.src = address;
    post.replaceChildren(frame);
    return;
  }

  // The provider's script replaces the quotation by a frame of its own; until that frame is there, nothing is. It has
  // to hear from its frame how high it is: one that says nothing is asked whether anybody is there.
  const silent = async (frame) => {
    await wait(GRACE);
    return !/^https:/.test(frame.src) || answers(document, frame.src);
  };
  const watched = new WeakSet();
  new MutationObserver(() => {
    for (const frame of document.querySelectorAll("iframe")) {
      if (watched.has(frame) || !frame.getClientRects().length) continue;
      watched.add(frame);
      stand(frame, () => silent(frame));
    }
  }).observe(document.body, { childList: true, subtree: true });
  const script = document.createElement("script");
  for (const { name: key, value } of post.attributes) if (key.startsWith("data-")) script.setAttribute(key, value);
  script.async = true;
  script.onerror = fail;
  script.src = source;
  post.after(script);
})();
