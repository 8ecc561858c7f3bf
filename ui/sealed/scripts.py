"""Scripts of ours that sealed pages run in a world of their own."""

import json
from typing import Final
from uuid import UUID

# A little above the entry, and not where the page itself would stop: that leaves room for a reader's sense of place,
# and a narrow pane has none to give. A page that has just been loaded is laid out anew when its view is first shown,
# so whatever resizes it soon after brings the entry back.
_GO_TO: Final = """{
  const go = () => {
    const entry = document.getElementById(%s);
    if (entry) scrollTo({ top: entry.getBoundingClientRect().top + scrollY - 8, behavior: "instant" });
  };
  go();
  addEventListener("resize", go);
  setTimeout(() => removeEventListener("resize", go), 500);
}"""


def go_to(entry_id: UUID | None) -> str:
    """Bring an entry to the top of the view, the top of the page for None."""
    return _GO_TO % json.dumps(str(entry_id)) if entry_id else scroll_to(0)


def scroll_to(top: float) -> str:
    """Scroll to a height in CSS pixels."""
    return f"scrollTo({{ top: {float(top)}, behavior: 'instant' }});"
