"""What was taken away from something pasted, and the sentence that says so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.checks.findings import LINK_SCHEMES
from desktop.consent.tracking import without_tracking
from desktop.domain.blocks import Block, Heading, List, Paragraph, Quote
from ui.editor.lines import fit
from ui.words import tr, tr_count


class Dirt(StrEnum):
    """What is taken away, in the order it is told."""

    TRACKING = "tracking"
    LINK = "link"
    PICTURE = "picture"
    INVISIBLE = "invisible"
    LOOKS = "looks"


_DIRT: Final = {
    Dirt.TRACKING: ("a tracking parameter", "{count} tracking parameters"),
    Dirt.LINK: ("a link readers could not follow", "{count} links readers could not follow"),
    Dirt.PICTURE: ("a picture that was not in it", "{count} pictures that were not in it"),
    Dirt.INVISIBLE: ("an invisible character", "{count} invisible characters"),
    Dirt.LOOKS: ("fonts and colours", "fonts and colours"),
}
_BLOCKS: Final = {
    Paragraph: ("a paragraph", "{count} paragraphs"),
    Heading: ("a heading", "{count} headings"),
    List: ("a list", "{count} lists"),
    Quote: ("a quote", "{count} quotes"),
    object: ("a card", "{count} cards"),
}


@dataclass(slots=True)
class Cleaning:
    """Counts what is taken away while something is read."""

    found: Counter[Dirt] = field(default_factory=Counter)

    def link(self, href: str) -> str:
        """Return a link as readers may follow it, without tracking; "" where they may not."""
        if not href:
            return ""
        scheme = href.partition(":")[0].lower() if ":" in href else ""
        if scheme not in LINK_SCHEMES:
            self.found[Dirt.LINK] += 1
            return ""
        kept, gone = without_tracking(fit(href))
        self.found[Dirt.TRACKING] += gone
        return kept

    def text(self, said: str) -> str:
        """Return text without the characters that only a program can see."""
        kept = said.translate(_INVISIBLE)
        self.found[Dirt.INVISIBLE] += len(said) - len(kept)
        return fit(kept)

    def sentence(self, blocks: Sequence[Block]) -> str:
        """Say what was pasted and what was taken away; "" when that goes without saying."""
        gone = [_count(*_DIRT[each], self.found[each]) for each in Dirt if self.found[each]]
        kinds = Counter(next(kind for kind in _BLOCKS if isinstance(block, kind)) for block in blocks)
        if not gone and len(blocks) < _TOLD_FROM:
            return ""
        came = _listed(_count(*_BLOCKS[kind], kinds[kind]) for kind in _BLOCKS if kinds[kind])
        if not gone:
            return tr("Pasted {what}").format(what=came)
        if not came:
            return tr("Removed {dirt}").format(dirt=_listed(gone))
        return tr("Pasted {what}; removed {dirt}").format(what=came, dirt=_listed(gone))


# The place of an object, soft hyphens, the mark of a file's order of bytes, spaces without width.
_INVISIBLE: Final = {ord(each): None for each in "\ufffc\u00ad\ufeff\u200b\u2060"}
_TOLD_FROM: Final = 2


def _count(one: str, many: str, number: int) -> str:
    return tr_count(one, many, number).format(count=number)


def _listed(parts: Iterable[str]) -> str:
    *first, last = parts or [""]
    return tr("{first} and {last}").format(first=", ".join(first), last=last) if first else last
