"""Whatever anybody typed, pasted or sent stays words on the reader's page."""

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.blocks import ContentWarning, Embed, Gallery, Image, List, Paragraph, Quote, Video
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Correction, Entry
from desktop.domain.identity import new_id
from desktop.domain.text import Span, clean, text
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from tests.desktop.page.harbour import NOON, PICTURE, entry, site
from tests.strategies import ENTRIES

OURS = {"application/json", "application/ld+json", None}
ADDRESSES = ("http:", "https:", "mailto:")
OWN = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "]]><!--<style>*{color:red}</style>",
    "{{ 7*7 }}{% raw %}",
    "\u202eesrever\u2028\u0000",
]
COLLECTION = Path(__file__).parents[4] / "shared" / "data" / "hostile-html.jsonl"


def riddled(number: int, payload: str) -> Entry:
    """Put a payload wherever words or addresses can stand."""
    said, linked = text(payload), (Span(clean(payload), href=payload),)
    image = Image(alt=payload, credit=payload, caption=payload)
    return entry(
        number,
        payload,
        Paragraph(linked),
        List((said, linked)),
        Quote(said, payload),
        Gallery((image, Image(media=PICTURE, alt=payload))),
        Video(caption=payload, credit=payload, poster=image, address=payload),
        Embed(payload[:20] or "x", payload[:20] or "post", payload, payload, payload, NOON, image),
        Embed("x", address=payload, quoted=payload),
        ContentWarning(payload),
        byline=(payload,),
        corrections=(Correction(payload, NOON),),
        is_key_moment=True,
    )


def check(shown: Site) -> None:
    for file in Renderer().files(shown):
        if file.media_type == "text/html":
            _check_document(html5lib.parse(file.data.decode(), namespaceHTMLElements=False), file.path)


def _check_document(document: Element, path: str) -> None:
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"svg", "math", "object", "form", "base", "template", "iframe", "input"}
        assert not any(name.lower().startswith("on") or name in {"style", "autofocus"} for name in element.attrib)
        if element.tag == "script" and not path.startswith("embed/"):
            assert element.get("type") in OURS
            assert element.get("src") in {"reader.js", None}
        for name in ("href", "src", "cite", "poster"):
            address = element.get(name, "")
            assert ":" not in address.split("/")[0] or address.startswith(ADDRESSES), address


def test_our_own_attacks_stay_words() -> None:
    entries = [riddled(number, payload) for number, payload in enumerate(OWN, 1)]
    points = tuple(SummaryPoint(new_id(), payload) for payload in OWN)
    for payload in OWN:
        check(site(*entries, summary=points, description=payload))


@pytest.mark.skipif(
    not COLLECTION.exists(), reason="the collection of hostile markup does not lie beside this checkout"
)
def test_a_collection_of_attacks_stays_words() -> None:
    payloads = [json.loads(line)["payload"] for line in COLLECTION.read_bytes().split(b"\n") if line]
    assert payloads
    for start in range(0, len(payloads), 20):
        check(
            site(*(riddled(start + place + 1, clean(each)) for place, each in enumerate(payloads[start : start + 20])))
        )


@settings(max_examples=30, deadline=None)
@given(st.lists(ENTRIES, max_size=3, unique_by=lambda each: each.id))
def test_any_entry_gives_a_sound_page(entries: list[Entry]) -> None:
    check(site(*entries))
