"""How a page is looked into: the names that checks use, and what they hold on to of the gate's markup.

The gate's part of the bargain: an embed is `.embed[id]` with a `[role=group]` panel, choices are `[data-choice]`
buttons, the kept quotation is `.said`, the link `.original a`, what was taken back is undone in `#memory`.
"""

import json
from collections.abc import Sequence
from typing import Final

_NAMES: Final = """
const embed = document.getElementById(ID);
const panel = embed && embed.querySelector('[role="group"]');
const embeds = [...document.querySelectorAll(".embed[id]")];
const siblings = SAME.map((id) => document.getElementById(id)).filter(Boolean);
const shown = (el) => Boolean(el && el.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
const seen = (root, selector) => [...root.querySelectorAll(selector)].filter(shown);
const asks = (each) => seen(each, "button[data-choice]").length > 0;
const framed = (each) => Boolean(each.querySelector("iframe"));
const isBusy = (each) => Boolean(each.querySelector('[aria-busy="true"]'));
const loaded = (each) => framed(each) && !asks(each) && !isBusy(each);
// An embed whose address nobody has yet leads nowhere, and says so.
const isAddressed = (each) => each.dataset.missing !== "address_missing";
const hasLink = (each) => !isAddressed(each) || seen(each, ".original a[href]").length > 0;
const hasQuote = (each) => !each.querySelector(".said") || seen(each, ".said").length > 0;
const fallenBack = (each) => !isBusy(each) && hasLink(each) && hasQuote(each);
const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
const addressOf = (each) => (each.querySelector(".original a") || {}).href || "";
// A page may print an address as generated content, which is no text of it.
const printsAddress = (each) => {
  const link = seen(each, ".original a")[0];
  const after = link ? getComputedStyle(link, "::after").content : "";
  return each.innerText.includes(addressOf(each)) || after.includes("attr(href)") || after.includes(addressOf(each));
};
const untouched = (each) => asks(each) && !framed(each);
const live = [...document.querySelectorAll('[role="status"], [role="alert"], [aria-live]')];
const heard = () => live.map((each) => each.textContent.trim()).filter(Boolean).join(" | ");
const alerted = () => seen(document, '[role="alert"]').map((each) => each.textContent.trim()).join(" | ");
const told = (each) => seen(each, '.told, [role="status"], [role="alert"]')
  .map((el) => el.textContent.trim()).join(" ");
const focused = () => document.activeElement;
const ways = (el) => {
  const name = el.getAttribute("aria-label") || el.textContent.trim().slice(0, 60);
  return `${el.localName}${el.id ? "#" + el.id : ""} ${name}`.trim();
};
const article = embed && embed.closest("article");
const twins = embeds.filter((each) => each !== embed && addressOf(each) === addressOf(embed || each));
const neighbours = article ? embeds.filter((each) => each !== embed && article.contains(each)) : [];
const idsOnce = () => {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return new Set(ids).size === ids.length;
};
const skipsToOwnEnd = (each) => seen(each, 'a[href^="#"]').every(
  (link) => each.contains(target(link)) && shown(target(link)));
const others = embeds.filter((each) => each !== embed && !siblings.includes(each));
const isNamed = (each) => Boolean(each.querySelector('[role="group"]').getAttribute("aria-label"));
const hasVisibleFocus = () => {
  const { outlineStyle, outlineWidth } = getComputedStyle(focused());
  return focused().matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
};
const rules = [...document.querySelectorAll('script[type="speculationrules"]')];
const strangers = () => [...document.querySelectorAll("link[rel][href], iframe[src], script[src], img[src]")]
  .filter((el) => el.localName !== "link" || /preconnect|prefetch|preload|prerender/.test(el.rel))
  .map((el) => el.href || el.src)
  .concat(rules.flatMap((el) => el.textContent.match(/https?:[^"\\s]+/g) || []));
const clipped = () => embeds.filter((each) => {
  const box = each.getBoundingClientRect();
  const inside = [...each.querySelectorAll("p, button, a, blockquote")].filter(shown);
  return inside.some((el) => {
    const { left, right } = el.getBoundingClientRect();
    return !el.closest(".vh") && (left < -1 || right > innerWidth + 1 || left < box.left - 2 || right > box.right + 2);
  });
});
"""
FOCUS: Final = "ways(focused())"
KEPT: Final = """(async () => [
  ...Object.keys(localStorage).map((key) => "localStorage " + key),
  ...Object.keys(sessionStorage).map((key) => "sessionStorage " + key),
  ...(await indexedDB.databases()).map((each) => "indexedDB " + each.name),
  ...(self.caches ? await caches.keys() : []).map((key) => "cache " + key),
  ...(navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : []).map(
    (each) => "service worker " + each.scope),
])()"""
# The embeds that offer a choice, with the names their panels go by, and whether they have an address to lead to.
GROUPS: Final = """embeds.filter((each) => each.querySelector('[role="group"]'))
  .map((each) => [each.id, each.querySelector('[role="group"]').getAttribute("aria-label") || "", isAddressed(each)])"""
STRANGERS: Final = "strangers()"
# One screen further; true at the end.
READ_ON: Final = """(scrollBy({ top: Math.max(innerHeight, 200), behavior: "instant" }),
  scrollY + innerHeight >= document.documentElement.scrollHeight - 2)"""
# The same, once what came into view has been drawn: what loads late is asked for then. A page without scripts draws
# too, but calls nobody back.
READ_ON_DRAWN: Final = f"""new Promise((resolve) => {{
  const isEnd = {READ_ON};
  requestAnimationFrame(() => setTimeout(resolve, 0, isEnd));
}})"""
# Where to click for the first visible element of a selector, and whether it is that element which would be hit.
AIM: Final = """((el) => {
  if (!el) return null;
  el.scrollIntoView({ block: "center", behavior: "instant" });
  const box = el.getBoundingClientRect();
  const at = { x: box.left + Math.min(box.width / 2, 40), y: box.top + box.height / 2 };
  const hit = document.elementFromPoint(at.x, at.y);
  return { ...at, hits: Boolean(hit && (hit === el || el.contains(hit))), by: hit ? ways(hit) : "nothing" };
})(seen(document, SELECTOR)[0])"""
IS_FOCUSED: Final = "focused() === seen(document, SELECTOR)[0]"
# What the page says as it prints, embed by embed, and the buttons that would be printed.
PRINTED: Final = """embeds.map((each) => ({
  id: each.id,
  words: each.innerText,
  quote: each.querySelector(".said") ? each.querySelector(".said").innerText : "",
  address: addressOf(each),
  printsAddress: !addressOf(each) || printsAddress(each),
  buttons: seen(each, "button").length,
}))"""


def looking(expression: str, embed: str = "", same: Sequence[str] = ()) -> str:
    """Return a script that gives an expression's value, for one embed and the ids of its provider's others."""
    names = _NAMES.replace("ID", json.dumps(embed), 1).replace("SAME", json.dumps(list(same)), 1)
    return f"(async () => {{ {names}\nreturn await ({expression}); }})()"


def at(script: str, selector: str) -> str:
    """Return one of the scripts above for a CSS selector."""
    return script.replace("SELECTOR", json.dumps(selector))
