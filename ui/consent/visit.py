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


def accept(entry_id: UUID | None) -> str:
    """Press the visible accept-once button of each embed of an entry, of the whole page for None; gives how many."""
    return _ACCEPT % json.dumps(str(entry_id or ""))
