"""The script `newsroom`: the commands that need no window, and the few that do."""

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from desktop.cli.main import TABLE as WITHOUT_WINDOW
from desktop.cli.main import Row, run

TABLE: Final[Mapping[str, Row]] = {
    "open": Row("open the console", "ui.opening"),
    **WITHOUT_WINDOW,
    "demo": Row("walk the whole way off-screen and keep screenshots and the published page", "ui.demo"),
    "screenshots": Row("photograph every main screen off-screen, in every look", "ui.screenshots"),
    "consent-check": Row("prove what a page asks of its readers, and keep the evidence", "ui.consent_check"),
    "sealed-browser": Row("be the browser that a proof drives; it starts this itself", "ui.proof.browser"),
    "self-test": Row("see whether this build of the console works", "ui.self_test"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `newsroom` and return its exit code."""
    return run(TABLE, arguments)


def window() -> int:
    """Open the console, as a double click does."""
    return main(["open", *sys.argv[1:]])
