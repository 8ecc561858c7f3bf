"""The backups of this workspace: which there are, whether they are whole, and one more."""

from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from desktop.domain.problem import Problem
from desktop.store import shelf
from ui.icons import icon
from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.shared import times
from ui.shared.button import Button
from ui.theme import tokens
from ui.words import tr

_PATH: Final = Qt.ItemDataRole.UserRole
_MB: Final = 1_000_000
_UTC: Final = ZoneInfo("UTC")


class BackupsPage(SettingsPage):
    """Lists backups, the newest first. Making and verifying one goes on in a thread."""

    def __init__(self, room: Room) -> None:
        words = tr(
            "A backup is made every hour while the console is open, and before anything large. Each is proved readable "
            "when it is made. Hourly ones are kept for a day, daily ones for a month, weekly ones for a year."
        )
        super().__init__(tr("Backups"), words)
        self._store = room.workspace.store
        self._tasks = room.tasks
        look = tokens()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups"))
        self.list.setSpacing(2)
        self.now = Button(tr("Back up now"), icon("save"))
        self.verify = Button(tr("Verify"), icon("search-check"), tip=tr("Read every row of the chosen backup"))
        self.folder = Button(tr("Open folder"), icon("folder-open"))
        tools = QHBoxLayout()
        tools.setSpacing(look.space_s)
        for button, deed in (
            (self.now, self._on_now),
            (self.verify, self._on_verify),
            (self.folder, self._on_folder),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
            tools.addWidget(button)
        tools.addStretch(1)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(tools)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for path in self._store.backups():
            item = QListWidgetItem(
                icon("archive"),
                f"{_made(path)}\n{path.stat().st_size / _MB:.1f} MB · {path.name}",
            )
            item.setData(_PATH, path)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._free(is_free=True)

    def _free(self, *, is_free: bool) -> None:
        self.now.setEnabled(is_free)
        self.verify.setEnabled(is_free and self.list.count() > 0)

    def _on_now(self) -> None:
        self._free(is_free=False)
        self._tasks.start(self._back_up(), "backup")

    async def _back_up(self) -> None:
        try:
            await self._tasks.in_thread(self._store.backup)
        except Problem as problem:
            self._free(is_free=True)
            self.tell_problem(problem)
        else:
            self._fill()
            self.tell(tr("Backed up, and the backup was read back whole."))

    def _on_verify(self) -> None:
        path: Path = self.list.currentItem().data(_PATH)
        self._free(is_free=False)
        self._tasks.run_in_thread(self._store.check_backup, path, done=partial(self._on_verified, path))

    def _on_verified(self, path: Path, wrong: tuple[str, ...]) -> None:
        self._free(is_free=True)
        if wrong:
            title = tr("The backup of {made} is damaged.").format(made=_made(path))
            self.tell_problem(
                Problem(title, detail=f"{wrong[0]}.", next_action=tr("Back up now, and keep an older one."))
            )
        else:
            self.tell(tr("Every row of the backup of {made} is whole.").format(made=_made(path)))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._store.folder / "backups")))


def _made(path: Path) -> str:
    at = shelf.made_at(path)
    return f"{times.short_day(at, _UTC)} {times.clock(at, _UTC)}" if at else path.stem
