"""One entry as readers get it: its article, and what machines read of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from desktop.domain.blocks import Embed, Image, Video
from desktop.domain.entry import Entry, for_readers, media_of, number_embeds
from desktop.page.gate import gate
from desktop.page.house import House
from desktop.page.prose import is_external, link, prose, safe_address
from desktop.page.site import MediaFile, media_path
from desktop.page.template_set import render
from desktop.page.variants import Place, picture_sizes, srcset

_DIGEST_LETTERS: Final = 12
_STEPS: Final = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """What an entry's article depends on besides the entry: who words it, in which zone, and where the page stands.

    `address` is the absolute address of the page's folder, "" while that is not known.
    """

    house: House
    zone: str
    media: Mapping[str, MediaFile]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A rendered entry. `rev` changes with whatever readers get of it; `data` is its part of the page's JSON-LD."""

    html: Markup
    rev: str
    data: bytes


def revision_of(entry: Entry, digest: str, media: Mapping[str, MediaFile]) -> str:
    """Name what readers get of an entry: it changes with the entry, and when a picture that was to come arrives."""
    missing = sum(sha256 not in media for sha256 in media_of(entry))
    return digest[:_DIGEST_LETTERS] + (f"-{missing}" if missing else "")


def render_article(entry: Entry, rev: str, permalink: str, setting: Setting) -> Markup:
    """Render an entry's article."""
    house, public = setting.house, for_readers(entry)
    external, hosts = house.word("copy.external"), house.hosts
    numbers = number_embeds(public)
    gates = {
        index: gate(public, index, block, numbers[index], setting.zone, house)
        for index, block in enumerate(public.blocks)
        if isinstance(block, Embed)
    }
    html = render(
        "entry.html",
        entry=public,
        house=house,
        zone=setting.zone,
        permalink=permalink,
        digest=rev,
        blocks=[(type(block).__name__, block, gates.get(index)) for index, block in enumerate(public.blocks)],
        media=lambda sha256: setting.media.get(sha256) if sha256 else None,
        media_path=media_path,
        srcset=srcset,
        sizes=lambda place: picture_sizes(Place(place)),
        pixels=pixels,
        focus=focus_classes,
        prose=lambda running: prose(running, external, hosts),
        link=lambda words, href: link(Markup.escape(words), href, external, hosts),
        playable=lambda address: _playable(address, hosts),
    )
    return Markup(html)  # noqa: S704 - from our own template, which escapes whatever anybody wrote


def pixels(file: MediaFile | None, block: Image | Video) -> tuple[int, int] | None:
    """Return the width and height to keep free for a picture or clip, None when nobody knows them."""
    stated = block.poster if isinstance(block, Video) else block
    for known in (file, stated):
        if known and known.width and known.height:
            return known.width, known.height
    return None


def focus_classes(image: Image) -> str:
    """Name the classes that keep a picture's focus point in sight, in steps of a tenth; "" for its middle."""
    steps = (round(image.focus.x * _STEPS), round(image.focus.y * _STEPS))
    return " ".join(f"{axis}{step}" for axis, step in zip(("fx", "fy"), steps, strict=True) if step != _STEPS // 2)


def _playable(address: str | None, hosts: tuple[str, ...]) -> bool:
    return bool(address and safe_address(address)) and not is_external(address or "", hosts)
