"""Panes that are made later: what they import must never hold up the first paint."""

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared.label import Kind, Label
from ui.tasks import Tasks


class LatePane(QWidget):
    """Stands where a pane will be. `made(pane)` hands it over once it is there.

    With `at_once` it is made as soon as `allow` says it may, else when it is first shown after that.
    """

    made = Signal(object)

    def __init__(self, module: str, name: str, words: str, *, at_once: bool = False) -> None:
        super().__init__()
        self._module = module
        self._name = name
        self._at_once = at_once
        self._tasks: Tasks | None = None
        self._is_making = False
        self.pane: Any = None
        self._words = Label(words, kind=Kind.FAINT, wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._words)

    def allow(self, tasks: Tasks) -> None:
        """Let the pane be made from now on."""
        self._tasks = tasks
        if self._at_once or self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pane when it is wanted."""
        super().showEvent(event)
        self._make()

    def _make(self) -> None:
        if self._tasks is not None and not self._is_making:
            self._is_making = True
            self._tasks.start(self._import(self._tasks), f"making {self._name}")

    async def _import(self, tasks: Tasks) -> None:
        module = await tasks.in_thread(importlib.import_module, self._module)
        make: Callable[[], QWidget] = getattr(module, self._name)
        self.pane = make()
        self._column.replaceWidget(self._words, self.pane)
        self._words.hide()
        self.made.emit(self.pane)
