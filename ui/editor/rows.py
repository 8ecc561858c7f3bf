"""Blocks as rows: lines of prose and cards in one order, and the edits that move across both.

Every edit takes and returns blocks and a caret, and leaves a line of prose at the end to type in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.blocks import Block, Card, Heading, List, Paragraph, Prose, Quote
from desktop.domain.text import join
from ui.editor.lines import ITEMS, Kind, Line, cut, fit_card, length, lines_of, prose_of, settle

Row = Line | Card
Blocks = tuple[Block, ...]
Segment = tuple[Prose, ...] | Card

TEXT: Final = "text"
CARD: Final = ""
ABOVE: Final = -1

_EMPTY: Final = Line(Kind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the caret stands: in a field of a segment, from `anchor` to `position` in UTF-16 code units.

    A segment is a run of prose, whose field is TEXT, or a card; CARD selects the card itself. ABOVE is the part
    over the text, with the headline.
    """

    segment: int = ABOVE
    field: str = CARD
    anchor: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    row: int
    offset: int


Edit = tuple[Blocks, Caret]


def segments(blocks: Iterable[Block]) -> tuple[Segment, ...]:
    """Group blocks into runs of prose and single cards."""
    found: list[Segment] = []
    run: list[Prose] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading | List | Quote):
            run.append(block)
            continue
        if run:
            found.append(tuple(run))
            run = []
        found.append(block)
    if run:
        found.append(tuple(run))
    return tuple(found)


def rows_of(blocks: Iterable[Block]) -> tuple[Row, ...]:
    """Lay blocks out as rows, with a line at the end to type in."""
    return _ended([row for segment in segments(blocks) for row in _rows(segment)])


def _rows(segment: Segment) -> tuple[Row, ...]:
    return lines_of(segment) if isinstance(segment, tuple) else (fit_card(segment),)


def _ended(rows: list[Row]) -> tuple[Row, ...]:
    settled = [row for part in _parts(rows) for row in _settle(part)]
    if not settled or not isinstance(settled[-1], Line):
        settled.append(_EMPTY)
    return tuple(settled)


def _parts(rows: Iterable[Row]) -> list[list[Line] | Card]:
    parts: list[list[Line] | Card] = []
    for row in rows:
        if isinstance(row, Line):
            if parts and isinstance(parts[-1], list):
                parts[-1].append(row)
            else:
                parts.append([row])
        else:
            parts.append(row)
    return parts


def _settle(part: list[Line] | Card) -> tuple[Row, ...]:
    return settle(part) if isinstance(part, list) else (part,)


def blocks_of(rows: Iterable[Row]) -> Blocks:
    """Put rows together into blocks."""
    found: list[Block] = []
    for part in _parts(rows):
        if isinstance(part, list):
            found += prose_of(part)
        else:
            found.append(part)
    return tuple(found)


def segment_of_block(blocks: Sequence[Block], index: int) -> int:
    """Return the segment a block stands in."""
    return len(segments(blocks[: index + 1])) - 1


def caret_at_block(blocks: Sequence[Block], index: int) -> Caret:
    """Return the caret before a block's first character, or on the card."""
    row = sum(len(_rows(segment)) for segment in segments(blocks[:index]))
    return _caret(rows_of(blocks), _Spot(row, 0))


def _spot(rows: Sequence[Row], segment: int, position: int) -> _Spot:
    number, start = -1, 0
    left = position
    for part in _parts(rows):
        number += 1
        if number < segment:
            start += len(part) if isinstance(part, list) else 1
            continue
        if isinstance(part, list):
            for index, line in enumerate(part):
                if left <= length(line):
                    return _Spot(start + index, left)
                left -= length(line) + 1
            return _Spot(start + len(part) - 1, length(part[-1]))
        return _Spot(start, 0)
    return _Spot(len(rows) - 1, 0)


def _caret(rows: Sequence[Row], spot: _Spot) -> Caret:
    segment, row = -1, 0
    for part in _parts(rows):
        segment += 1
        size = len(part) if isinstance(part, list) else 1
        if row + size <= spot.row:
            row += size
            continue
        if isinstance(part, list):
            position = sum(length(line) + 1 for line in part[: spot.row - row]) + spot.offset
            return Caret(segment, TEXT, position, position)
        return Caret(segment, CARD)
    return Caret()


def _span_at(rows: Sequence[Row], row: int) -> tuple[int, int]:
    """Return the rows that move together: a quote and its source, or one row alone."""
    here = rows[row]
    if isinstance(here, Line) and here.kind is Kind.QUOTE:
        return row, row + 2
    if isinstance(here, Line) and here.kind is Kind.SOURCE:
        return row - 1, row + 1
    return row, row + 1


def _edit(rows: list[Row], spot: _Spot) -> Edit:
    """Settle the rows after an edit; the caret stays in its row, wherever that ends up."""
    ended = _ended(rows)
    row = min(max(spot.row, 0), len(rows) - 1)
    before = [each for part in _parts(rows[: row + 1]) for each in _settle(part)]
    here = rows[row] if rows else None
    is_quote = isinstance(here, Line) and here.kind is Kind.QUOTE
    return blocks_of(ended), _caret(ended, _Spot(max(0, len(before) - (2 if is_quote else 1)), spot.offset))


def insert(blocks: Blocks, caret: Caret, new: Block) -> Edit:
    """Put a block below the line or card the caret is in, in place of a line nobody wrote anything in."""
    rows = list(rows_of(blocks))
    at = 0
    if caret.segment >= 0:
        spot = _spot(rows, caret.segment, max(caret.anchor, caret.position) if caret.field == TEXT else 0)
        at = _span_at(rows, spot.row)[1]
    elif rows[0] == _EMPTY:
        at = 1
    if at and rows[at - 1] == _EMPTY:
        at -= 1
        del rows[at]
    rows[at:at] = [row for segment in segments((new,)) for row in _rows(segment)]
    return _edit(rows, _Spot(at, 0))


def open_line(blocks: Blocks, segment: int, *, above: bool = False) -> Edit:
    """Open an empty paragraph below a card, or above it."""
    rows = list(rows_of(blocks))
    at = _spot(rows, segment, 0).row + (0 if above else 1)
    rows.insert(at, _EMPTY)
    return _edit(rows, _Spot(at, 0))


def remove(blocks: Blocks, segment: int) -> Edit:
    """Take a card out; the caret goes to what stands below it."""
    rows = list(rows_of(blocks))
    at = _spot(rows, segment, 0).row
    del rows[at]
    return _edit(rows, _Spot(at, 0))


def drop_line(blocks: Blocks, segment: int, position: int) -> Edit:
    """Take out the line at a position and select what stands above it."""
    rows = list(rows_of(blocks))
    at = _spot(rows, segment, position).row
    del rows[at]
    return _edit(rows, _Spot(at - 1, 0))


def empty_line(blocks: Blocks, caret: Caret) -> Edit:
    """Take everything out of the line the caret is in."""
    rows = list(rows_of(blocks))
    at = _spot(rows, caret.segment, caret.position).row
    rows[at] = _EMPTY
    return _edit(rows, _Spot(at, 0))


def move(blocks: Blocks, caret: Caret, by: int) -> Edit:
    """Move the line or card the caret is in past its neighbour: up for -1, down for +1."""
    rows = list(rows_of(blocks))
    spot = _spot(rows, caret.segment, caret.position if caret.field == TEXT else 0)
    start, end = _span_at(rows, spot.row)
    if (by < 0 and start == 0) or (by > 0 and end == len(rows)):
        return blocks, caret
    first, last = _span_at(rows, start - 1 if by < 0 else end)
    moved = rows[start:end]
    del rows[start:end]
    at = first if by < 0 else last - len(moved)
    rows[at:at] = moved
    after, landed = _edit(rows, _Spot(at + spot.row - start, spot.offset))
    return after, landed if landed.field == TEXT else replace(caret, segment=landed.segment)


def paste(blocks: Blocks, caret: Caret, pasted: Blocks) -> Edit:
    """Put blocks in place of the selection: a paragraph flows into the line, as does what is alone or of its kind."""
    rows = list(rows_of(blocks))
    start = _spot(rows, caret.segment, min(caret.anchor, caret.position))
    end = _spot(rows, caret.segment, max(caret.anchor, caret.position))
    first, last = rows[start.row], rows[end.row]
    new = [row for segment in segments(pasted) for row in _rows(segment)]
    if not isinstance(first, Line) or not isinstance(last, Line) or not new:
        return blocks, caret
    head, tail = cut(first.text, start.offset)[0], cut(last.text, end.offset)[1]
    opening, rest = new[0], rows[end.row + 1 :]
    is_alone_or_alike = isinstance(opening, Line) and (len(new) == 1 or opening.kind is first.kind)
    if isinstance(opening, Line) and (opening.kind is Kind.PARAGRAPH or (head and is_alone_or_alike)):
        new[0] = Line(first.kind, join((*head, *opening.text)), first.begins)
    elif head:
        new.insert(0, Line(first.kind, head, first.begins))
    if first.kind is last.kind is Kind.QUOTE and rest and len(new) > 1:
        # The source of a quote that is broken up stays with the quote's first part.
        new.insert(1, rest.pop(0))
    closing = new[-1]
    if isinstance(closing, Line) and (closing.kind is not Kind.SOURCE or not tail):
        offset = length(closing)
        new[-1] = Line(closing.kind, join((*closing.text, *tail)), closing.begins)
    else:
        offset = 0
        new.append(Line(last.kind if last.kind in ITEMS else Kind.PARAGRAPH, tail))
    return _edit([*rows[: start.row], *new, *rest], _Spot(start.row + len(new) - 1, offset))
