"""What a reader does on the page, as scripts: reads it to its end, accepts embeds."""

import json
from typing import Final
from uuid import UUID

# One screen further; true at the end. Without this nothing that loads late would be asked for.
READ_ON: Final = """scrollBy({ top: Math.max(innerHeight, 200), behavior: "instant" });
scrollY + innerHeight >= document.documentElement.scrollHeight - 2"""

_ACCEPT: Final = """(() => {
  const place = document.getElementById(%s) || document;
  const all = [...place.querySelectorAll('.embed button[data-choice="once"]')];
  const buttons = all.filter((each) => each.checkVisibility());
  buttons.forEach((each) => each.click());
  return buttons.length;
})()"""

_GO_TO: Final = 'document.getElementById(%s)?.scrollIntoView({ block: "start", behavior: "instant" })'


def accept(entry_id: UUID | None) -> str:
    """Press the visible accept-once button of each embed of an entry, of the whole page for None; gives how many."""
    return _ACCEPT % json.dumps(str(entry_id or ""))


def go_to(entry_id: UUID | None) -> str:
    """Bring an entry into view, the top of the page for None."""
    return _GO_TO % json.dumps(str(entry_id)) if entry_id else 'scrollTo({ top: 0, behavior: "instant" })'
