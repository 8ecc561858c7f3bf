"""Walking through the real window as a person would: wait until something is so, tell it, photograph it."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.problem import Problem
from ui.app import Console

PATIENCE_SECONDS: Final = 40
SETTLING_SECONDS: Final = 2  # until a page that was just loaded is painted
_LOOK_SECONDS: Final = 0.05


class Walk:
    """A walk through one console's window. Photographs go into `screens`; `told` says what was seen."""

    def __init__(self, screens: Path) -> None:
        self.screens = screens
        self.photographs: list[Path] = []
        self.told: list[str] = []
        self.console: Console

    def begin(self, console: Console) -> None:
        """Begin to walk in a console's window."""
        self.console = console
        self.screens.mkdir(parents=True, exist_ok=True)

    async def open_sample(self) -> None:
        """Open the sample page at an entry that has a picture and embeds, and wait until everything shows it."""
        window = self.console.window
        window.deeds["try_sample"].trigger()
        await self.until(lambda: bool(window.timeline.rows), "The sample page did not open.")
        await self.until(lambda: window.editor.pane is not None, "The editor did not open.")
        rows = window.timeline.rows
        window.desk.choose_entry(max(rows, key=lambda row: (row.images > 0, row.embeds, row.at)).id)
        await self.until(lambda: "rehearsal" in window.air_bar.accessibleName().lower(), "There is no rehearsal.")
        await self.until(lambda: window.preview.pane is not None, "The preview did not open.")
        await asyncio.sleep(SETTLING_SECONDS)

    async def photograph(self, name: str, widget: QWidget | None = None) -> None:
        """Photograph a widget, the whole window unless one is given, once it is painted."""
        await asyncio.sleep(_LOOK_SECONDS * 6)
        path = self.screens / f"{name}.png"
        if not (widget or self.console.window).grab().save(str(path)):
            message = f"The screenshot {path.name} could not be written."
            raise Problem(message)
        self.photographs.append(path)

    async def photograph_sheet(self, name: str, deed: Callable[[], object]) -> None:
        """Do what opens a sheet, photograph the sheet and close it; the window itself where none opens."""
        before = set(self._sheets())
        deed()
        await asyncio.sleep(_LOOK_SECONDS * 4)
        opened = [each for each in self._sheets() if each not in before]
        for sheet in opened:
            await self.photograph(name, sheet)
            sheet.close()
        if not opened:
            message = f"No sheet opened for {name}."
            raise Problem(message)

    async def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Look until something is so, as a person would; raises a Problem in the given words."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while not condition():
            if asyncio.get_running_loop().time() > deadline:
                raise Problem(otherwise)
            await asyncio.sleep(_LOOK_SECONDS)

    def tell(self, words: str) -> None:
        """Say what was seen, also on standard error."""
        self.told.append(words)
        sys.stderr.write(f"{words}\n")

    def _sheets(self) -> list[QWidget]:
        children = self.console.window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [each for each in children if each.isWindow() and each.isVisible()]
