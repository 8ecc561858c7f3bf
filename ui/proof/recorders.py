"""Scripts that write down what no request interceptor sees, in every frame and, through the proxy, in every worker."""

import json
from typing import Final

# What a page tries is told over the console, which reaches us from every frame whatever its origin or its policy.
# Workers have no such way: they tell their page over a channel.
_CORE: Final = """(() => {
  const say = SAY;
  const address = (given) => {
    try { return new URL(String(given), self.location.href).href; } catch { return String(given); }
  };
  const tell = (what, given) => { try { say(JSON.stringify({ what, address: given })); } catch { } };
  const wrap = (owner, name, addresses, what = name) => {
    const real = owner && owner[name];
    if (typeof real !== "function") return;
    const note = (given) => { for (const each of addresses(given)) tell(what, each); };
    owner[name] = new Proxy(real, {
      construct(target, given, made) { note(given); return Reflect.construct(target, given, made); },
      apply(target, on, given) { note(given); return Reflect.apply(target, on, given); },
    });
  };
  const first = (given) => (given.length ? [address(given[0])] : []);
  const servers = ([settings] = []) => {
    const listed = ((settings && settings.iceServers) || []).flatMap((each) => each.urls || each.url || []);
    return listed.length ? listed.map(String) : ["webrtc:peers"];
  };
  const providers = ([wanted] = []) =>
    wanted && wanted.identity ? (wanted.identity.providers || []).map((each) => address(each.configURL)) : [];
  const recorded = new WeakSet();
  const record = (scope) => {
    if (recorded.has(scope)) return;
    recorded.add(scope);
    wrap(scope, "RTCPeerConnection", servers);
    wrap(scope, "webkitRTCPeerConnection", servers);
    for (const name of ["WebTransport", "WebSocket", "WebSocketStream", "EventSource", "fetchLater"])
      wrap(scope, name, first);
    if (scope.Navigator) wrap(scope.Navigator.prototype, "sendBeacon", first);
    if (scope.CredentialsContainer) wrap(scope.CredentialsContainer.prototype, "get", providers, "FedCM");
    FRAMES
  };
  record(self);
})();"""
# A frame that has no document of its own yet has everything a window has, and no script of ours has run in it. So
# whatever could put a frame there, or reach into one, looks for new frames first.
_FRAMES: Final = """
    const sweep = () => {
      for (let at = 0; at < scope.length; at += 1) {
        try { record(scope[at]); } catch { }
      }
    };
    const before = (owner, name, kind) => {
      const told = Object.getOwnPropertyDescriptor(owner, name);
      if (!told || typeof told[kind] !== "function") return;
      const real = told[kind];
      told[kind] = function (...given) {
        const value = Reflect.apply(real, this, given);
        sweep();
        return value;
      };
      Object.defineProperty(owner, name, told);
    };
    for (const name of ["appendChild", "insertBefore", "replaceChild"]) before(scope.Node.prototype, name, "value");
    for (const owner of [scope.Element.prototype, scope.Document.prototype, scope.DocumentFragment.prototype])
      for (const name of [
        "append", "prepend", "before", "after", "replaceWith", "replaceChildren",
        "insertAdjacentElement", "insertAdjacentHTML", "write", "writeln", "setHTMLUnsafe",
      ]) before(owner, name, "value");
    for (const name of ["innerHTML", "outerHTML"]) before(scope.Element.prototype, name, "set");
    for (const name of ["contentWindow", "contentDocument"]) before(scope.HTMLIFrameElement.prototype, name, "get");
    new scope.MutationObserver(sweep).observe(scope.document, { childList: true, subtree: true });
    if (scope.Worker) {
      scope.Worker = new Proxy(scope.Worker, {
        construct(target, [source, ...rest], made) {
          let wanted = source;
          if (String(source).startsWith("blob:")) {
            // The words of a blob are in the page: nobody fetches them, so nobody else can put a recorder before them.
            try {
              const read = new XMLHttpRequest();
              read.open("GET", String(source), false);
              read.send();
              wanted = URL.createObjectURL(new Blob([WORKER, read.responseText], { type: "text/javascript" }));
            } catch { }
          }
          return Reflect.construct(target, [wanted, ...rest], made);
        },
      });
    }"""
_PAGE_SAY: Final = """((debug) => (words) => debug(MARK + words))(console.debug.bind(console))"""
_WORKER_SAY: Final = """((channel) => (words) => channel.postMessage(words))(new BroadcastChannel(MARK))"""
_HEARING: Final = """
(() => {
  try {
    const debug = console.debug.bind(console);
    new BroadcastChannel(MARK).onmessage = ({ data }) => debug(MARK + data);
  } catch { }
})();"""
_GPC: Final = """
Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true, configurable: true });"""
# The interface of the IAB's Transparency and Consent Framework, by which a consent platform is known.
_PLATFORM: Final = """
if (self === self.top) self.__tcfapi = (command, version, answer) => answer && answer(null, false);"""
_LATER: Final = """
(() => {
  const ahead = AHEAD, Real = Date;
  const now = () => Real.now() + ahead;
  self.Date = new Proxy(Real, {
    construct: (target, given, made) => Reflect.construct(target, given.length ? given : [now()], made),
    apply: () => new Real(now()).toString(),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
})();"""
_DAY_MS: Final = 86_400_000


def in_pages(mark: str, *, gpc: bool = False, platform: bool = False, days: int = 0) -> str:
    """Return the script of pages and frames. What it tells begins with `mark`; `days` is how far the clock is ahead."""
    core = _CORE.replace("SAY", _PAGE_SAY, 1).replace("FRAMES", _FRAMES, 1)
    script = core.replace("WORKER", json.dumps(in_workers(mark)), 1) + _HEARING
    script += (_GPC if gpc else "") + (_PLATFORM if platform else "")
    if days:
        script += _LATER.replace("AHEAD", str(days * _DAY_MS))
    return _marked(script, mark)


def in_workers(mark: str) -> str:
    """Return the script that goes before a worker's own, on one line so that its line numbers stay."""
    script = _marked(_CORE.replace("SAY", _WORKER_SAY, 1).replace("FRAMES", "", 1), mark)
    return " ".join(line.strip() for line in script.splitlines()) + " "


def _marked(script: str, mark: str) -> str:
    return script.replace("MARK", json.dumps(mark))
