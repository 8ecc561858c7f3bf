"""Two versions of an entry beside each other: which lines came, went or were reworded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from desktop.domain import moment
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Focus,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.entry import Entry
from desktop.domain.rewording import Fate, Piece, rewording
from desktop.domain.text import Span, Text
from desktop.domain.words import tr

_ALIKE: Final = 0.4  # how much of two lines must be the same for one to be the other reworded
_LONGEST: Final = 20_000  # characters of two lines together that are compared word by word
_TIME: Final = "Time"  # a moment in JSON, which nobody reads word by word
_NOTES: Final = {
    ContentWarning: "Content warning",
    VerificationNote: "Verification",
    InternalNote: "Internal note",
}
_NAMED: Final = 8  # letters of a file's SHA-256 that tell it from others


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry in words. `label` says what it is, in plain English, "" for a paragraph."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line of one or both versions. `fate` is KEPT also for a line that is reworded: `pieces` then say how."""

    label: str
    fate: Fate
    pieces: tuple[Piece, ...]

    @property
    def is_reworded(self) -> bool:
        """Tell whether both versions have the line, in other words."""
        return self.fate is Fate.KEPT and any(piece.fate is not Fate.KEPT for piece in self.pieces)


def is_changed(changes: Sequence[Change]) -> bool:
    """Tell whether two versions differ at all."""
    return any(change.fate is not Fate.KEPT or change.is_reworded for change in changes)


def compare(before: Entry, after: Entry) -> tuple[Change, ...]:
    """Return every line of both versions in reading order."""
    old, new = tuple(lines(before)), tuple(lines(after))
    found: list[Change] = []
    for tag, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(line, Fate.KEPT) for line in new[new_low:new_high]]
        else:
            found += _reworded(old[low:high], new[new_low:new_high])
    return tuple(found)


def lines(entry: Entry) -> Iterator[Line]:
    """Say everything of an entry that a producer can change, line by line; marked words as *bold* and _italic_."""
    yield Line(tr("Headline"), entry.headline)
    yield Line(_TIME, moment.to_json(entry.at))
    if entry.byline:
        yield Line(tr("Byline"), ", ".join(entry.byline))
    if entry.is_key_moment:
        yield Line(tr("Key moment"), tr("Yes"))
    for block in entry.blocks:
        yield from _block(block)
    for correction in entry.corrections:
        yield Line(tr("Correction"), correction.text)
    if entry.withdrawal is not None:
        yield Line(tr("Withdrawn"), entry.withdrawal.reason)


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield Line("", _running(block.text))
        case Heading():
            yield Line(tr("Heading"), _running(block.text))
        case List():
            for number, item in enumerate(block.items, start=1):
                yield Line(f"{number}." if block.ordered else "•", _running(item))
        case Quote():
            yield Line(tr("Quote"), _running(block.text))
            yield from _said({tr("Source"): block.source})
        case Image():
            yield from _image(tr("Picture"), block)
        case Gallery():
            for image in block.images:
                yield from _image(tr("Gallery"), image)
        case Video():
            yield Line(tr("Video"), block.address or (block.media or "")[:_NAMED])
            captions = (block.captions or "")[:_NAMED]
            yield from _said({tr("Source"): block.credit, tr("Caption"): block.caption, tr("Captions"): captions})
            yield from _still(tr("Still"), block.poster)
        case Embed():
            yield Line(tr("Embed"), block.address or block.provider)
            yield from _said({tr("Quoted"): block.quoted, tr("Author"): block.author})
            yield from _still(tr("Picture"), block.picture)
        case ContentWarning() | VerificationNote() | InternalNote():
            yield Line(tr(_NOTES[type(block)]), block.text)


def _image(label: str, image: Image) -> Iterator[Line]:
    yield Line(label, (image.media or "")[:_NAMED])
    alt = tr("Decorative") if image.decorative else image.alt
    focus = "" if image.focus == Focus() else f"{image.focus.x:.0%} × {image.focus.y:.0%}"
    yield from _said(
        {tr("Alt text"): alt, tr("Source"): image.credit, tr("Caption"): image.caption, tr("Focus"): focus}
    )


def _still(label: str, image: Image | None) -> Iterator[Line]:
    return _image(label, image) if image is not None else iter(())


def _said(named: dict[str, str]) -> Iterator[Line]:
    return (Line(label, words) for label, words in named.items() if words)


def _running(running: Text) -> str:
    return "".join(_span(span) for span in running)


def _span(span: Span) -> str:
    words = f"*{span.text}*" if span.bold else span.text
    words = f"_{words}_" if span.italic else words
    return f"{words} <{span.href}>" if span.href else words


def _reworded(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    """Pair lines of a sort that are much alike; what has no partner went or came, what went is told first."""
    partners: list[int | None] = []
    start = 0
    for line in new:
        partners.append(next((at for at in range(start, len(old)) if _is_alike(old[at], line)), None))
        start = start if partners[-1] is None else partners[-1] + 1
    told = 0
    for number, line in enumerate(new):
        until = next((at for at in partners[number:] if at is not None), len(old))
        yield from (_whole(gone, Fate.REMOVED) for gone in old[told:until])
        partner = partners[number]
        told = until if partner is None else until + 1
        yield (
            _whole(line, Fate.ADDED)
            if partner is None
            else Change(line.label, Fate.KEPT, rewording(old[partner].words, line.words))
        )
    yield from (_whole(gone, Fate.REMOVED) for gone in old[told:])


def _is_alike(old: Line, new: Line) -> bool:
    if old.label != new.label or old.label == _TIME or len(old.words) + len(new.words) > _LONGEST:
        return False
    if old.label in _ALONE:
        return True
    return SequenceMatcher(None, old.words.split(), new.words.split(), autojunk=False).ratio() >= _ALIKE


# Of these an entry has one: another is always the same one reworded.
_ALONE: Final = frozenset({"Headline", "Byline"})


def _whole(line: Line, fate: Fate) -> Change:
    return Change(line.label, fate, (Piece(line.words, fate),) if line.words else ())
