"""The page as one JSON-LD document: schema.org LiveBlogPosting with every update, its words and its pictures."""

import json
from typing import Any, Final

from desktop.domain.blocks import Block, Embed, Gallery, Image, Video, images, words
from desktop.domain.entry import Entry, for_readers
from desktop.domain.timeline import newest_first
from desktop.page.layout import changed_at
from desktop.page.linked_data import linked_data
from desktop.page.prose import safe_address
from desktop.page.renderer import Renderer
from desktop.page.site import Site, media_path

LINKED_PAGE: Final = "page.jsonld"


def write(site: Site) -> bytes:
    """Write every update, newest first. Unlike inside the page, each carries its whole text as `articleBody`."""
    edition, house = Renderer().edition(site), site.house
    entries = newest_first(site.entries)
    address = house.page_address(site.coverage.id)
    changes = (*map(changed_at, entries), *(event.at for event in site.coverage.clock))
    written = linked_data(
        site.coverage,
        [edition.article(entry).data for entry in entries],
        house,
        address,
        entries[-1].at if entries else None,
        max(changes, default=None),
    )
    page = json.loads(written)
    for update, entry in zip(page.get("liveBlogUpdate", ()), entries, strict=True):
        update.update(_whole(entry, site, address))
    # The escapes of the page's own script element stay: this file may be pasted into one.
    data = json.dumps(page, indent=1, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        data = data.replace(letter, f"\\u{ord(letter):04x}")
    return (data + "\n").encode()


def _whole(entry: Entry, site: Site, address: str) -> dict[str, Any]:
    """Return what the update says in full; of a withdrawn one nothing is left but the reason."""
    if entry.withdrawal:
        return {}
    public = for_readers(entry)
    body = "\n".join(filter(None, map(_words, public.blocks)))
    pictures = [_picture(image, site, address) for block in public.blocks for image in images(block)]
    found = {"articleBody": body, "image": [picture for picture in pictures if len(picture) > 1]}
    return {name: member for name, member in found.items() if member}


def _words(block: Block) -> str:
    """Return what a block says in running text; pictures and clips are told apart, a post by its quotation and link."""
    match block:
        case Image() | Gallery() | Video():
            return ""
        case Embed():
            address = safe_address(block.address or "")
            return "\n".join(filter(None, (words(block), address)))
        case _:
            return words(block)


def _picture(image: Image, site: Site, address: str) -> dict[str, Any]:
    file = site.media.get(image.media) if image.media else None
    told = {
        "@type": "ImageObject",
        "contentUrl": address + media_path(file) if file else "",
        "description": "" if image.decorative else image.alt,
        "caption": image.caption,
        "creditText": image.credit,
        "width": file.width if file else image.width,
        "height": file.height if file else image.height,
    }
    return {name: member for name, member in told.items() if member}
