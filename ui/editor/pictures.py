"""Pictures for the cards: small ones to look at and new ones taken in, both away from the GUI thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.blocks import Focus, Image
from desktop.domain.problem import Problem

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.exchange.picture import Trace
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

THUMBNAIL: Final = QSize(560, 320)
LARGE: Final = QSize(1600, 1000)
_KEPT: Final = 60
_CREDITS: Final = "credits"
_OFFERED: Final = 4


class Pictures(QObject):
    """Small pictures by the SHA-256 of their file.

    `loaded(sha256)` tells that one is here; `taken(ticket, Image)` that a new one was taken in, `refused(ticket,
    Problem)` that it was not, `opened(ticket, QImage)` that a large one was read to be cropped, and
    `cropped(ticket, Image)` that it was. `film_taken(ticket, TakenFilm)` and `captions_taken(ticket, sha256)` tell
    the same of films.
    """

    loaded = Signal(str)
    taken = Signal(object, object)
    refused = Signal(object, object)
    opened = Signal(object, object)
    cropped = Signal(object, object)
    film_taken = Signal(object, object)
    captions_taken = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._small: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._credits: tuple[str, ...] | None = None
        self._removed: dict[str, tuple[Trace, ...]] = {}

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Take pictures from a workspace, and into it."""
        self._workspace, self._tasks = workspace, tasks
        self._small.clear()
        self._credits = None

    def small(self, sha256: str) -> QImage | None:
        """Return a small picture, empty when its file is missing; None while it is being read."""
        found = self._small.get(sha256)
        if found is None and self._tasks is not None and sha256 not in self._asked:
            self._asked.add(sha256)
            self._tasks.run_in_thread(self._read_small, sha256, done=self._on_read)
        return found

    def removed(self, sha256: str | None) -> "tuple[Trace, ...]":
        """Return what was taken out of a picture that came in since the start."""
        return self._removed.get(sha256 or "", ())

    def take(self, source: Path | bytes, ticket: object) -> None:
        """Take a picture into the workspace; `ticket` comes back with it."""
        self._start(lambda workspace: self._add(workspace, source), self.taken, ticket)

    def open_large(self, sha256: str, ticket: object) -> None:
        """Read a picture large enough to be cropped by eye."""
        self._start(lambda workspace: _read(workspace.media_path(sha256), LARGE), self.opened, ticket)

    def crop(self, image: Image, part: tuple[float, float, float, float], focus: Focus, ticket: object) -> None:
        """Show a part of a picture's original."""
        self._start(lambda workspace: workspace.crop_picture(image, part, focus), self.cropped, ticket)

    def take_film(self, source: Path, ticket: object) -> None:
        """Take a film into the workspace."""
        self._start(lambda workspace: workspace.add_video(source), self.film_taken, ticket)

    def take_captions(self, source: Path, ticket: object) -> None:
        """Take a film's captions into the workspace."""
        self._start(lambda workspace: workspace.add_captions(source), self.captions_taken, ticket)

    def credits(self) -> tuple[str, ...]:
        """Return the sources pictures named last, the newest first."""
        if self._credits is None and self._workspace is not None:
            self._credits = tuple(filter(None, self._workspace.setting(_CREDITS).split("\n")))
        return self._credits or ()

    def remember_credit(self, credit: str) -> None:
        """Offer a source first from now on."""
        said = " ".join(credit.split())
        known = self.credits()
        if said and self._workspace is not None and known[:1] != (said,):
            self._credits = (said, *(each for each in known if each != said))[:_OFFERED]
            self._workspace.save_setting(_CREDITS, "\n".join(self._credits))

    def size(self, sha256: str) -> tuple[int, int]:
        """Return a picture's width and height in pixels, zeros when its file is missing."""
        file = self._workspace.store.media_file(sha256) if self._workspace is not None else None
        return (file.width, file.height) if file is not None else (0, 0)

    def _start(self, deed: "Callable[[Workspace], object]", told: SignalInstance, ticket: object) -> None:
        if self._tasks is not None and self._workspace is not None:
            attempt = partial(_attempt, partial(deed, self._workspace), told, ticket)
            self._tasks.run_in_thread(attempt, done=self._on_done)

    def _on_done(self, done: "tuple[SignalInstance, object, object]") -> None:
        told, ticket, result = done
        if isinstance(result, Problem):
            self.refused.emit(ticket, result)
        else:
            told.emit(ticket, result)

    def _add(self, workspace: "Workspace", source: Path | bytes) -> Image:
        taken = workspace.take_picture(source)
        if taken.image.media is not None:
            self._removed[taken.image.media] = taken.removed
        return taken.image

    def _read_small(self, sha256: str) -> tuple[str, QImage]:
        return sha256, _read(self._workspace.media_path(sha256) if self._workspace is not None else None, THUMBNAIL)

    def _on_read(self, found: tuple[str, QImage]) -> None:
        sha256, image = found
        self._asked.discard(sha256)
        while len(self._small) >= _KEPT:
            self._small.pop(next(iter(self._small)))
        self._small[sha256] = image
        self.loaded.emit(sha256)


def _attempt(deed: Callable[[], object], told: SignalInstance, ticket: object) -> tuple[SignalInstance, object, object]:
    """Do something in a thread; a Problem is what comes of it."""
    try:
        return told, ticket, deed()
    except Problem as problem:
        return told, ticket, problem


def _read(path: Path | None, most: QSize) -> QImage:
    """Read a picture no larger than a size, empty when its file is missing."""
    if path is None:
        return QImage()
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > most.width() or size.height() > most.height()):
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
