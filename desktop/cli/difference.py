"""What would be sent, in words and as JSON, for `publish --dry-run`."""

from argparse import Namespace
from collections.abc import Iterable
from typing import Final

from desktop.cli.command import say
from desktop.domain.comparison import Change, is_changed
from desktop.domain.endpoint import Endpoint
from desktop.domain.rewording import Fate
from desktop.publish.difference import Difference

_MARKS: Final = {Fate.ADDED: "{{+{}+}}", Fate.REMOVED: "[-{}-]", Fate.KEPT: "{}"}


def show(args: Namespace, found: Difference, endpoint: Endpoint) -> int:
    """Say what would change for readers; returns the exit code."""
    entries = [
        {
            "entry": str(each.entry_id),
            "headline": each.headline,
            "coming": each.coming.value,
            "pages": list(each.pages),
            "structured_data": list(each.data),
            "lines": _lines(each.changes),
        }
        for each in found.entries
    ]
    value = {
        "page": _lines(found.page),
        "summary": _lines(found.summary),
        "entries": entries,
        "pages": list(found.pages),
        "moved": found.moved,
    }
    around = {"The page itself": found.page, "Summary": found.summary}
    parts = [_part(name, changes) for name, changes in around.items() if is_changed(changes)]
    parts += [
        _part(
            f"{each.coming.value.capitalize()}: {each.headline or 'no headline'} · page {each.pages[1]}", each.changes
        )
        for each in found.entries
    ]
    words = "\n\n".join(parts) or f"{endpoint.name} has everything as it stands."
    say(args, value, f"{words}\nNothing was sent.")
    return 0


def _part(title: str, changes: Iterable[Change]) -> str:
    return "\n".join([title, *(f"  {line}" for line in _lines(changes))])


def _lines(changes: Iterable[Change]) -> list[str]:
    """Write what changed line by line: + came, - went, ~ says [-this-] no more but {+this+}."""
    return [_line(change) for change in changes if change.fate is not Fate.KEPT or change.is_reworded]


def _line(change: Change) -> str:
    label = f"{change.label}: " if change.label else ""
    if change.is_reworded:
        return f"~ {label}{''.join(_MARKS[piece.fate].format(piece.text) for piece in change.pieces)}"
    return f"{'+' if change.fate is Fate.ADDED else '-'} {label}{''.join(piece.text for piece in change.pieces)}"
