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
  wrap(self, "RTCPeerConnection", servers);
  wrap(self, "webkitRTCPeerConnection", servers);
  wrap(self, "WebTransport", first);
  wrap(self, "WebSocket", first);
  wrap(self, "WebSocketStream", first);
  wrap(self, "EventSource", first);
  if (self.Navigator) wrap(Navigator.prototype, "sendBeacon", first);
  if (self.CredentialsContainer) wrap(CredentialsContainer.prototype, "get", providers, "FedCM");
  if (self.FetchLaterResult || self.fetchLater) wrap(self, "fetchLater", first);
})();"""
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


def in_pages(mark: str, *, gpc: bool, days: int) -> str:
    """Return the script of pages and frames. What it tells begins with `mark`; `days` is how far the clock is ahead."""
    script = _CORE.replace("SAY", _PAGE_SAY) + _HEARING + (_GPC if gpc else "")
    if days:
        script += _LATER.replace("AHEAD", str(days * _DAY_MS))
    return script.replace("MARK", json.dumps(mark))


def in_workers(mark: str) -> str:
    """Return the script that goes before a worker's own, on one line so that its line numbers stay."""
    script = _CORE.replace("SAY", _WORKER_SAY).replace("MARK", json.dumps(mark))
    return " ".join(line.strip() for line in script.splitlines()) + " "
