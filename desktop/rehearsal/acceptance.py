"""What the endpoint accepts as a page, a summary or an entry: the wire form, and the rules on top of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain import moment, wire
from desktop.domain.blocks import Block, Embed, Video, images
from desktop.domain.endpoint import Environment
from desktop.domain.entry import media_of
from desktop.domain.members import Json, canonical
from desktop.domain.problem import InvalidValue
from desktop.page.house import House


@dataclass(frozen=True, slots=True)
class Accepted:
    """A body that keeps the rules, as bytes that are equal for equal bodies.

    `at` places an entry in the order readers see; `media` are the files it shows.
    """

    op: UUID
    body: bytes
    at: datetime
    media: tuple[str, ...] = ()


def accept_page(written: Json, page: UUID) -> Accepted:
    """Check a page and the house profile it carries, if any; raises InvalidValue."""
    coverage, house, op = wire.page_from_wire(written)
    _check_id(coverage.id, page)
    if coverage.clock and wire.page_to_wire(coverage, {}, op)["state"] != written["state"]:
        message = "The state of this page is not where its clock stands."
        raise InvalidValue(message)
    if house:
        House.from_json(house)
    return Accepted(op, _body(written, op, page), moment.now())


def accept_summary(written: Json) -> Accepted:
    """Check a summary; raises InvalidValue."""
    points, op = wire.summary_from_wire(written)
    if len({point.id for point in points}) != len(points):
        message = "Two bullets of this summary have the same id."
        raise InvalidValue(message)
    return Accepted(op, _body(written, op), moment.now())


def accept_entry(written: Json, page: UUID, entry_id: UUID, environment: Environment) -> Accepted:
    """Check an entry; in production nothing it shows may be without address or file. Raises InvalidValue."""
    entry, op = wire.entry_from_wire(written, page)
    _check_id(entry.id, entry_id)
    if environment is Environment.PRODUCTION:
        _check_whole(entry.blocks)
    # A withdrawn entry shows its reason alone: its files are neither needed nor served for it.
    files = () if entry.withdrawal else media_of(entry)
    return Accepted(op, _body(written, op, entry_id), entry.at, files)


def _check_id(stated: UUID, addressed: UUID) -> None:
    if stated != addressed:
        message = "The id in this body is not the one in its address."
        raise InvalidValue(message)


def _check_whole(blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Embed) and block.address is None:
            message = "An embed without its address cannot go on air."
            raise InvalidValue(message)
        if isinstance(block, Video) and block.media is None and block.address is None:
            message = "A video without its file or its address cannot go on air."
            raise InvalidValue(message)
        if any(image.media is None for image in images(block)):
            message = "A picture without its file cannot go on air."
            raise InvalidValue(message)


def _body(written: Json, op: UUID, ident: UUID | None = None) -> bytes:
    named = {"op": str(op)} if ident is None else {"op": str(op), "id": str(ident)}
    try:
        return canonical(written | named)
    except ValueError as error:
        message = "A number in this body is too large to be kept."
        raise InvalidValue(message) from error
