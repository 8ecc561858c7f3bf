"""The request log of one rehearsal, read from its evidence: what was asked, of whom, and what came of it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ui.words import tr

_EVIDENCE: Final = "evidence.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One request: its address as people read it, whose it was, and what came of it and when."""

    request: str
    party: str
    result: str
    is_third: bool


def read(folder: Path | None) -> tuple[Row, ...]:
    """Return what a rehearsal asked, third parties first; nothing where its evidence is not on this computer."""
    if folder is None:
        return ()
    try:
        told = json.loads((folder / _EVIDENCE).read_text(encoding="utf-8"))
        rows = [_row(asked) for asked in told["asked"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # The evidence lies in a folder that people may tidy up: without it there is no log, and nothing is wrong.
        return ()
    return tuple(sorted(rows, key=lambda row: not row.is_third))


def _row(asked: dict[str, Any]) -> Row:
    is_third = asked["party"] == "third"
    address = str(asked["address"])
    parts = urlsplit(address)
    # A connection is a host and a port, and no address.
    is_address = "://" in address
    request = (f"{parts.netloc}{parts.path}" if is_third else parts.path) if is_address else address
    answer = str(asked["answer"]).capitalize()
    consent = tr("after consent") if asked["after_consent"] else tr("before consent")
    party = tr("Third: {whose}").format(whose=asked["whose"]) if is_third else tr("First")
    return Row(request or address, party, f"{answer}, {consent}" if is_third else answer, is_third)
