"use strict";
(() => {
  const { frame: address, script: source, name } = document.body.dataset;
  const post = document.getElementById("post");
  let settled = false;

  // What a frame of the provider's own shows cannot be seen from here: the post, or only that it is gone.
  const tell = (embed) =>
    parent.postMessage(
      { embed, unseen: Boolean(address), height: Math.ceil(document.body.getBoundingClientRect().height) },
      "*",
    );
  const settle = (embed) => {
    if (settled) return;
    settled = true;
    tell(embed);
  };
  new ResizeObserver(() => settled && tell("height")).observe(document.body);
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.effectiveDirective === "frame-src") settle("failed");
  });

  if (address) {
    // A frame that was refused fires "load" like any other, so somebody has to answer first.
    fetch(address, { method: "HEAD", mode: "no-cors", credentials: "omit" }).then(
      () => {
        const frame = document.createElement("iframe");
        frame.title = name;
        frame.allow = "fullscreen; encrypted-media; picture-in-picture";
        frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
        frame.referrerPolicy = "strict-origin-when-cross-origin";
        frame.onload = () => settle("ready");
        frame.src = address;
        post.replaceChildren(frame);
      },
      () => settle("failed"),
    );
    return;
  }

  // The provider's script replaces the quotation by a frame of its own; until that frame is there, nothing is.
  new MutationObserver(() => {
    const frame = document.querySelector("iframe");
    if (frame && !frame.dataset.watched) {
      frame.dataset.watched = "yes";
      frame.addEventListener("load", () => settle("ready"));
    }
  }).observe(document.body, { childList: true, subtree: true });
  const script = document.createElement("script");
  for (const { name: key, value } of post.attributes) if (key.startsWith("data-")) script.setAttribute(key, value);
  script.async = true;
  script.onerror = () => settle("failed");
  script.src = source;
  post.after(script);
})();
