"""An entry as a guest on somebody else's page: HTML that a content system's filter leaves as it is.

WordPress takes iframe, template, noscript, source, time, srcset and tabindex away from most of its users, and shows
the text of script and style. What is written here needs none of them: data attributes, a button, a plain link. It
runs whatever stands in square brackets, for everyone, and loads what an address on a line of its own points to.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from markupsafe import escape

from desktop.domain.blocks import Image
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Entry, for_readers
from desktop.page.frame import companion, policy
from desktop.page.gate import Gate, our_host, what_loads
from desktop.page.house import House
from desktop.page.simple_markup import Picture, add, add_entry, add_quotation, clean

MARK: Final = "nc"

_TOLD: Final = ("loading", "failed", "loaded", "answered", "declined", "offline")
_CHOICES: Final = ("once", "not_now")
_ADDRESS: Final = re.compile(r"(?<=>)([^<]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GuestPicture:
    """A picture in the other page's media: its address, and the class that page knows it by."""

    address: str
    name: str


def entry_html(
    entry: Entry,
    house: House,
    zone: str,
    pictures: Mapping[str, GuestPicture],
    op: str,
    *,
    banner: str,
    has_gates: bool,
) -> str:
    """Render an entry, marked with its id and the operation that puts it there; `banner` says what it is not.

    `pictures` are by their SHA-256. Without `has_gates`, posts of other sites are quotations and links alone.
    """

    def address(image: Image) -> str:
        found = pictures.get(image.media or "")
        return found.address if found else ""

    public = for_readers(entry)
    body = _section("entry", str(entry.id), op, banner)
    if not public.withdrawal:
        stamp = [house.words("copy.byline", names=house.listed(public.byline))] if public.byline else []
        stamp += [house.words("time.updated_at", at=public.edited_at, zone=zone)] if public.edited_at else []
        stamp += [house.word("copy.key_moment")] if public.is_key_moment else []
        if stamp:
            add(add(body, "p", **{"class": f"{MARK}-stamp"}), "small", " · ".join(stamp))
    add_entry(body, public, house, zone, address, _add_gated if has_gates else None)
    names = {each.address: each.name for each in pictures.values()}
    for shown in body.iter("img"):
        shown.set("class", names[shown.get("src", "")])
    return _written(body)


def page_html(coverage_id: str, description: str, status: str, op: str, banner: str = "") -> str:
    """Render what stands above a page's summary: how its coverage stands, and what it is about."""
    body = _section("page", coverage_id, op, banner)
    if status:
        add(add(body, "p", **{"class": f"{MARK}-state"}), "strong", status)
    if description:
        add(body, "p", description)
    return _written(body)


def summary_html(coverage_id: str, points: tuple[SummaryPoint, ...], house: House, op: str) -> str:
    """Render a page's bullets."""
    body = _section("summary", coverage_id, op)
    if points:
        add(body, "h2", house.word("copy.summary_heading"))
        listed = add(body, "ul")
        for point in points:
            add(listed, "li", point.text)
    return _written(body)


def title_html(words: str) -> str:
    """Write a headline as a content system keeps it: escaped, and nothing in it to run."""
    return _inert(str(escape(clean(words))))


def _section(kind: str, ident: str, op: str, banner: str = "") -> Element:
    marks = {f"data-{MARK}-id": ident, f"data-{MARK}-op": op}
    section = Element("div", {"class": f"{MARK}-{kind}", **marks})
    if banner:
        section.set(f"data-{MARK}-mark", "rehearsal")
        add(add(section, "p", **{"class": f"{MARK}-banner"}), "strong", banner)
    return section


def _add_gated(parent: Element, worded: Gate, house: House, picture: Picture) -> None:
    """Add a post of another site behind its gate; without the gate's script it is a quotation and a link."""
    loads = what_loads(worded.embed, our_host(house))
    box = SubElement(parent, "div", {"class": f"{MARK}-embed", "role": "group", "aria-label": clean(worded.group)})
    add_quotation(box, worded, house, picture)
    add(add(box, "p", **{"class": f"{MARK}-disclaimer"}), "small", worded.words["disclaimer"])
    if loads is None:
        return
    told: dict[str, str] = {
        "name": worded.group,
        "kind": worded.kind,
        "frame": loads.iframe,
        "script": "" if loads.iframe else loads.script,
        "policy": "" if loads.iframe else policy(loads),
        "companion": "" if loads.iframe else json.dumps(companion(worded.embed, loads), ensure_ascii=False),
        **{state: worded.words[state] for state in _TOLD if state in worded.words},
    }
    for name, value in told.items():
        if value:
            box.set(f"data-{MARK}-{name}", clean(value))
    gate = SubElement(box, "div", {"class": f"{MARK}-gate", "hidden": "hidden"})
    add(add(gate, "p", **{"class": f"{MARK}-question"}), "strong", worded.words["question"])
    gate.append(fromstring(f"<p>{worded.permission}</p>"))  # noqa: S314 - our own markup, escaped where it was made
    choices = add(gate, "p", **{"class": f"{MARK}-choices"})
    for choice, label in worded.choices:
        if choice in _CHOICES:
            add(choices, "button", label, type="button", **{f"data-{MARK}-choice": choice}).tail = " "


def _written(element: Element) -> str:
    return _inert(tostring(element, encoding="unicode", method="html"))


def _inert(markup: str) -> str:
    """Leave nothing that a content system would run: no shortcode anywhere, no address it would load by itself."""
    unlinked = _ADDRESS.sub(lambda words: words[1].replace("://", ":&#47;/"), markup)
    return unlinked.replace("[", "&#91;")
