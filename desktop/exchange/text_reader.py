"""A page's lines become entries, block by block; what cannot be placed is kept as a paragraph and listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.consent.providers import table
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Image,
    List,
    Paragraph,
    VerificationNote,
    Video,
)
from desktop.domain.progress import step
from desktop.domain.text import text
from desktop.domain.words import tr
from desktop.exchange.imported import Unplaced
from desktop.exchange.text_grammar import EmbedLine, Grammar, Headline, Part, bullet, numbered
from desktop.exchange.text_source import Line

_ORDER: Final = {part: index for index, part in enumerate(Part)}
_MOST_QUOTED: Final = 60
_MOST_POINTS: Final = 12


@dataclass(slots=True)
class ReadEntry:
    """An entry as it stands in the text: its line, its headline and time, its blocks."""

    line: int
    headline: Headline
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class ReadPage:
    """What stands in the text, in its order."""

    summary: list[str] = field(default_factory=list)
    entries: list[ReadEntry] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def read_page(lines: Sequence[Line], grammar: Grammar) -> ReadPage:
    """Read the lines of one page, or of several after one another."""
    return _Reading(lines, grammar).page()


class _Reading:
    def __init__(self, lines: Sequence[Line], grammar: Grammar) -> None:
        self._lines = lines
        self._grammar = grammar
        self._page = ReadPage()
        self._before: list[Block] = []
        self._at = 0
        self._numbers = (0, 0)

    def page(self) -> ReadPage:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            step(tr("Reading lines"), self._at, len(self._lines))
            if headline := self._grammar.headline(line.text):
                self._page.entries.append(ReadEntry(line.number, headline))
                self._at += 1
            elif (points := self._summary()) is not None:
                self._page.summary += [point for point in points if point not in self._page.summary]
                self._at += 1 + len(points)
            elif not self._page.entries:
                self._stray(line)
                self._at += 1
            else:
                self._block(line)
        if self._page.entries:
            # What stands above the newest entry has no other home than in it.
            self._page.entries[0].blocks[:0] = self._before
        return self._page

    def _blocks(self) -> list[Block]:
        return self._page.entries[-1].blocks if self._page.entries else self._before

    def _add(self, block: Block) -> None:
        self._blocks().append(block)

    def _stray(self, line: Line) -> None:
        self._page.unplaced.append(Unplaced(line.number, line.text))
        self._add(Paragraph(text(line.text)))

    def _peek(self, ahead: int) -> str | None:
        """Return the line ahead, None at the end and where the next entry begins."""
        at = self._at + ahead
        if at >= len(self._lines) or self._grammar.headline(self._lines[at].text):
            return None
        return self._lines[at].text

    def _summary(self) -> list[str] | None:
        """Return the points of the summary that begins here; inside an entry it begins another pasted page."""
        if not self._grammar.is_summary_heading(self._lines[self._at].text):
            return None
        following = [line.text for line in self._lines[self._at + 1 :][:200]]
        has_bullets = bool(following) and bullet(following[0]) is not None
        points: list[str] = []
        for line in following:
            headline = self._grammar.headline(line)
            point = bullet(line) if has_bullets else line
            if headline or point is None or self._grammar.is_summary_heading(line):
                break
            points.append(point)
        after = following[len(points)] if len(points) < len(following) else None
        headline = self._grammar.headline(after) if after else None
        if not points or (self._page.entries and not (headline and headline.number <= 1)):
            return None
        # Points that lost their bullets are believed only in front of the newest entry.
        return points if has_bullets or (headline and len(points) <= _MOST_POINTS) else None

    def _block(self, line: Line) -> None:
        grammar = self._grammar
        embed_line = grammar.embed_line(line.text)
        if embed_line:
            self._embed(line, embed_line)
        elif picture := grammar.picture(line.text):
            self._at += 1
            self._picture(Image(alt=picture.alt, credit=picture.credit, caption=self._caption()))
        elif grammar.is_media_label(line.text) and (caption := self._peek(1)):
            self._at += 2
            self._add(Video(caption=caption, credit=self._footage()))
        elif grammar.is_caption_label(line.text) or grammar.is_media_label(line.text):
            self._at += 1
            self._stray(line)
        elif self._list(line):
            pass
        elif grammar.is_content_warning(line.text):
            self._at += 1
            self._add(ContentWarning(line.text))
        elif grammar.is_verification_note(line.text):
            self._at += 1
            self._add(VerificationNote(line.text))
        elif self._is_lost_headline(line.text):
            self._at += 1
            self._stray(line)
        else:
            self._at += 1
            self._add(Paragraph(text(line.text)))

    def _is_lost_headline(self, line: str) -> bool:
        """Tell a line that is numbered as the next entry would be, but tells no time."""
        number, _ = numbered(line)
        return number > 1 and number == self._page.entries[-1].headline.number + 1

    def _caption(self) -> str:
        label, caption = self._peek(0), self._peek(1)
        if label is None or caption is None or not self._grammar.is_caption_label(label):
            return ""
        self._at += 2
        return caption

    def _footage(self) -> str:
        line = self._peek(0)
        credit = self._grammar.footage(line) if line else None
        self._at += credit is not None
        return credit or ""

    def _picture(self, image: Image) -> None:
        match self._blocks()[-1:]:
            case [Image() as before]:
                self._blocks()[-1] = Gallery((before, image))
            case [Gallery() as before]:
                self._blocks()[-1] = Gallery((*before.images, image))
            case _:
                self._add(image)

    def _list(self, line: Line) -> bool:
        items: list[str] = []
        is_ordered = bullet(line.text) is None
        while (ahead := self._peek(len(items))) is not None:
            number, item = numbered(ahead)
            found = (item if number == len(items) + 1 else None) if is_ordered else bullet(ahead)
            if found is None:
                break
            items.append(found)
        if not items:
            return False
        self._at += len(items)
        self._add(List(tuple(text(item) for item in items), is_ordered))
        return True

    def _embed(self, line: Line, first: EmbedLine) -> None:
        """Read an embed from its first line to its end; lines inside that are not its own follow it, and are listed."""
        if first.part not in {Part.UNAVAILABLE, Part.SKIP}:
            self._at += 1
            self._stray(line)
            return
        self._at += 1
        quoted = [first.quoted] if first.quoted else []
        if first.part is Part.UNAVAILABLE and not first.has_original:
            quoted = self._quoted()
        strays = self._gate(first)
        self._add(Embed(self._provider(first.provider), self._kind(first.kind), quoted="\n".join(quoted)))
        for stray in strays:
            self._stray(stray)

    def _quoted(self) -> list[str]:
        """Take the quoted lines up to the link to the original, which may be missing."""
        quoted: list[str] = []
        for ahead in range(_MOST_QUOTED):
            line = self._peek(ahead)
            found = self._grammar.embed_line(line) if line else None
            if line is None or (found and found.part is not Part.ORIGINAL):
                return []
            if found:
                self._at += ahead + 1
                return quoted
            quoted.append(line)
        return []

    def _gate(self, first: EmbedLine) -> list[Line]:
        """Take the gate's lines up to its end; without one, those that follow in their order."""
        strays: list[Line] = []
        taken, ahead, part = 0, 0, first.part
        while (line := self._peek(ahead)) is not None:
            found = self._grammar.embed_line(line)
            ahead += 1
            if found is None:
                strays.append(self._lines[self._at + ahead - 1])
                if len(strays) > _MOST_QUOTED:
                    break
                continue
            again = found.part in {Part.DISCLAIMER, Part.ADVERTS}
            if (_ORDER[found.part] <= _ORDER[part] and not again) or _differs(found, first):
                break
            part, taken = (part if again else found.part), ahead
            if found.part is Part.END:
                break
        end = self._lines[self._at + taken].number if self._at + taken < len(self._lines) else None
        self._at += taken
        return [stray for stray in strays if end is None or stray.number < end]

    def _provider(self, name: str) -> str:
        known = table().named(name)
        # A name nobody knows is kept as it is printed; the generic provider stands in for it.
        return self._grammar.house.provider_called(name) or (known.id if known else name)

    def _kind(self, name: str) -> str:
        return self._grammar.house.kind_called(name) or name


def _differs(one: EmbedLine, other: EmbedLine) -> bool:
    """Tell whether two lines name different posts; a line that names no kind is compared by its provider alone."""
    if one.kind and other.kind and one.provider and other.provider:
        return f"{one.provider} {one.kind}".casefold() != f"{other.provider} {other.kind}".casefold()
    return bool(one.provider and other.provider) and one.provider.casefold() != other.provider.casefold()
