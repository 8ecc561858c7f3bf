"""Pictures for the cards: small ones to look at and new ones taken in, both away from the GUI thread."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.blocks import Image
from desktop.domain.problem import Problem

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

THUMBNAIL: Final = QSize(560, 320)
_KEPT: Final = 60


class Pictures(QObject):
    """Small pictures by the SHA-256 of their file.

    `loaded(sha256)` tells that one is here, `missing(sha256)` that there is no such file; `taken(ticket, Image)` that
    a new one was taken in, `refused(ticket, Problem)` that it was not.
    """

    loaded = Signal(str)
    taken = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._small: dict[str, QImage] = {}
        self._asked: set[str] = set()

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Take pictures from a workspace, and into it."""
        self._workspace, self._tasks = workspace, tasks
        self._small.clear()

    def small(self, sha256: str) -> QImage | None:
        """Return a small picture, empty when its file is missing; None while it is being read."""
        found = self._small.get(sha256)
        if found is None and self._tasks is not None and sha256 not in self._asked:
            self._asked.add(sha256)
            self._tasks.run_in_thread(self._read, sha256, done=self._on_read)
        return found

    def take(self, source: Path | bytes, ticket: object) -> None:
        """Take a picture into the workspace; `ticket` comes back with it."""
        if self._tasks is not None:
            self._tasks.run_in_thread(self._add, source, ticket, done=self._on_added)

    def _read(self, sha256: str) -> tuple[str, QImage]:
        path = self._workspace.media_path(sha256) if self._workspace is not None else None
        if path is None:
            return sha256, QImage()
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and (size.width() > THUMBNAIL.width() or size.height() > THUMBNAIL.height()):
            reader.setScaledSize(size.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio))
        return sha256, reader.read()

    def _on_read(self, found: tuple[str, QImage]) -> None:
        sha256, image = found
        self._asked.discard(sha256)
        while len(self._small) >= _KEPT:
            self._small.pop(next(iter(self._small)))
        self._small[sha256] = image
        self.loaded.emit(sha256)

    def _add(self, source: Path | bytes, ticket: object) -> tuple[object, Image | Problem]:
        if self._workspace is None:
            return ticket, Problem("No workspace is open to keep the picture in.")
        try:
            return ticket, self._workspace.add_picture(source)
        except Problem as problem:
            return ticket, problem

    def _on_added(self, added: tuple[object, Image | Problem]) -> None:
        ticket, result = added
        if isinstance(result, Problem):
            self.refused.emit(ticket, result)
        else:
            self.taken.emit(ticket, result)
