"""The journal of what was sent, when, to whom, with which answer, as a table others can read."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from desktop.domain import moment
from desktop.store.values import Answered

COLUMNS: Final = (
    "at",
    "endpoint",
    "kind",
    "target",
    "headline",
    "revision",
    "by",
    "outcome",
    "detail",
    "version",
    "operation",
)
_GONE: Final = "an endpoint no longer here"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rows(answered: Iterable[Answered], endpoints: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Write down each receipt; `endpoints` are names by id. What is no longer known is ""."""
    return [_row(each, endpoints) for each in answered]


def as_csv(written: Sequence[Mapping[str, str]]) -> str:
    """Write rows as CSV (RFC 4180) with a header.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([_harmless(row[name]) for name in COLUMNS] for row in written)
    return out.getvalue()


def _row(answered: Answered, endpoints: Mapping[UUID, str]) -> dict[str, str]:
    receipt = answered.receipt
    return {
        "at": moment.to_json(receipt.at),
        "endpoint": endpoints.get(receipt.endpoint_id, _GONE),
        "kind": answered.kind.value if answered.kind else "",
        "target": str(answered.target_id) if answered.target_id else "",
        "headline": answered.headline,
        "revision": str(answered.revision) if answered.revision else "",
        "by": answered.by,
        "outcome": receipt.outcome,
        "detail": receipt.detail,
        "version": receipt.etag,
        "operation": str(receipt.operation_id),
    }


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
