"""The sheets over the window, opened by actions: each asks what a deed needs, and the desk does it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.outbox import WAITING
from ui.actions import Actions
from ui.confirm import ConfirmSheet, PauseSheet, WithdrawSheet
from ui.desk import Desk
from ui.shared.sheet import Sheet
from ui.words import tr, tr_count

if TYPE_CHECKING:  # the store's and the network's libraries are imported after the first paint
    from desktop.exchange.files import ExportKind
    from desktop.exchange.imported import Imported
    from desktop.publish.credentials import Credentials
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks
    from ui.work import WorkBench

_FILES: Final = "Pages (*.txt *.text *.json *.html *.htm *.zip);;All files (*)"


class Sheets(QObject):
    """Opens forms with `open()`, never with a loop of their own. `told` says what came of an import or export.

    `look_chosen(scheme, scale)` asks for another look of the whole console.
    """

    told = Signal(str)
    look_chosen = Signal(object, float)

    def __init__(self, actions: Actions, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._credentials: Credentials | None = None
        self._tasks: Tasks | None = None
        self._changes: ChangeBridge | None = None
        self._bench: WorkBench | None = None
        self._files: QFileDialog | None = None
        for action_id, open_sheet in {
            "new_coverage": self.start_page,
            "open_coverage": self.open_shelf,
            "import_file": self.choose_import,
            "try_sample": self.try_sample,
            "export": self.choose_export,
            "settings": self.open_settings,
            "restore_entry": self.open_bin,
            "retime_entry": self.ask_time,
            "withdraw": self.ask_withdrawal,
            "correct": self.ask_correction,
            "pause_clock": self.ask_pause,
            "end_clock": self.ask_end,
            "show_receipts": self.show_receipts,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }.items():
            actions.connect_to(action_id, open_sheet)

    def attach(self, credentials: "Credentials", tasks: "Tasks", changes: "ChangeBridge", bench: "WorkBench") -> None:
        """Have what the forms need once the workspace is open."""
        self._bench = bench
        bench.stopped.connect(self.told)
        self._credentials = credentials
        self._tasks = tasks
        self._changes = changes

    # Pages

    def start_page(self) -> None:
        """Ask for a new page's headline and zone."""
        from ui.coverages.start import StartSheet  # noqa: PLC0415 - after the first paint

        self._start = StartSheet(self._desk.workspace, self._window)
        self._start.accepted.connect(self._on_started)
        self._start.open()

    def _on_started(self) -> None:
        if self._start.coverage is not None:
            self._desk.open_coverage(self._start.coverage.id)

    def open_shelf(self) -> None:
        """List the pages of this computer."""
        from ui.coverages.shelf import ShelfSheet  # noqa: PLC0415 - after the first paint

        shelf = ShelfSheet(self._desk.workspace, self._desk.coverage_id, self._window)
        shelf.coverage_chosen.connect(self._desk.open_coverage)
        shelf.open()

    def open_bin(self) -> None:
        """List what is in the bin of the page shown."""
        from ui.coverages.bin import BinSheet  # noqa: PLC0415 - after the first paint

        coverage = self._desk.coverage
        if coverage is not None:
            binned = self._desk.workspace.binned(coverage.id)
            sheet = BinSheet(binned, moment.zone(coverage.zone), moment.now(), self._window)
            sheet.restore_requested.connect(self._desk.restore_entry)
            sheet.open()

    def choose_import(self) -> None:
        """Ask which file to bring in."""
        self._choose(QFileDialog.FileMode.ExistingFile, tr("Bring in a page"), self.import_file)

    def choose_export(self) -> None:
        """Ask in which form to write the page, and where to."""
        from ui.exporting import ExportSheet  # noqa: PLC0415 - after the first paint

        if self._desk.coverage is not None:
            sheet = ExportSheet(self._desk.coverage.headline, self._window)
            sheet.chosen.connect(self.export_to)
            sheet.open()

    def try_sample(self) -> None:
        """Open the sample page, bringing it in first unless it is here."""
        if self._tasks is not None:
            self._tasks.run_in_thread(self._desk.workspace.sample, done=self._on_sample)

    def _on_sample(self, coverage: Coverage) -> None:
        self._desk.open_coverage(coverage.id)

    def import_file(self, name: str) -> None:
        """Bring a file in, in a thread, and open its page."""
        if self._tasks is not None and self._bench is not None:
            words = tr("Bringing in {name}").format(name=Path(name).name)
            bring_in = partial(self._desk.workspace.import_file, Path(name))
            self._bench.start(self._tasks, words, bring_in, self._on_imported)

    def export_to(self, kind: "ExportKind", name: str) -> None:
        """Write the page shown into a folder, in a thread."""
        if self._tasks is not None and self._bench is not None and self._desk.coverage_id is not None:
            words = tr("Exporting into {name}").format(name=Path(name).name)
            export = partial(self._desk.workspace.export, self._desk.coverage_id, kind, Path(name))
            self._bench.start(self._tasks, words, export, self._on_exported)

    def _on_imported(self, imported: "Imported") -> None:
        self._desk.open_coverage(imported.coverage.id)
        count = len(imported.entries)
        kept = len(imported.unplaced)
        left = tr_count("{count} line was kept as a paragraph.", "{count} lines were kept as paragraphs.", kept)
        said = tr_count("Brought in {count} entry.", "Brought in {count} entries.", count).format(count=count)
        self.told.emit(" ".join((said, left.format(count=kept))) if kept else said)

    def _on_exported(self, written: Path) -> None:
        self.told.emit(tr("Wrote {written}").format(written=written))

    def _choose(self, mode: QFileDialog.FileMode, title: str, then: Callable[[str], object]) -> None:
        self._files = QFileDialog(self._window, title)
        self._files.setNameFilter(_FILES)
        self._files.setFileMode(mode)
        self._files.fileSelected.connect(then)
        self._files.open()

    # Publishing

    def ask_withdrawal(self) -> None:
        """Ask why the entry shown is taken back."""
        entry_id, endpoint = self._desk.entry_id, self._desk.endpoint
        if entry_id is None or endpoint is None:
            return
        headline = self._desk.workspace.entry(entry_id).headline or tr("An entry without a headline")
        is_production = endpoint.environment is Environment.PRODUCTION
        readers = tr("readers") if is_production else tr("the rehearsal page")
        WithdrawSheet(headline, readers, partial(self._desk.withdraw, entry_id), self._window).open()

    def ask_correction(self) -> None:
        """Ask what was wrong in the entry shown."""
        from ui.correction import CorrectSheet  # noqa: PLC0415 - after the first paint

        entry_id, endpoint = self._desk.entry_id, self._desk.endpoint
        if entry_id is None or endpoint is None or self._desk.coverage is None:
            return
        entry = self._desk.workspace.entry(entry_id)
        headline = entry.headline or tr("An entry without a headline")
        correct, zone = partial(self._desk.correct, entry_id), moment.zone(self._desk.coverage.zone)
        CorrectSheet(headline, entry.corrections, zone, endpoint.environment, correct, self._window).open()

    def ask_time(self) -> None:
        """Ask which time the entry shown is to have."""
        from ui.timing import TimeSheet  # noqa: PLC0415 - after the first paint

        entry_id, coverage = self._desk.entry_id, self._desk.coverage
        if entry_id is not None and coverage is not None:
            at = self._desk.workspace.entry(entry_id).at
            TimeSheet(at, moment.zone(coverage.zone), partial(self._desk.retime_entry, entry_id), self._window).open()

    def ask_discard(self, operation_id: UUID) -> None:
        """Ask before an item of the outbox is dropped."""
        words = tr("It will not be sent. The entry stays on the desk as it is, and can be published again.")
        discard = partial(self._desk.workspace.discard, operation_id)
        ConfirmSheet(tr("Discard from the outbox"), words, tr("Discard"), discard, self._window).open()

    def choose_endpoint(self, endpoint_id: UUID) -> None:
        """Switch to another endpoint; going on air, and leaving items behind that wait, are asked first."""
        endpoint = self._desk.workspace.endpoint(endpoint_id)
        waiting = self._desk.workspace.operations(endpoint_id=self._desk.endpoint_id, states=WAITING)
        if endpoint.environment is Environment.PRODUCTION:
            words = tr(
                "From now on, what you publish goes to readers at {url}. "
                "The bar at the top stays red until you switch back."
            ).format(url=endpoint.url)
            coverage_id = self._desk.coverage_id
            if coverage_id and (unproved := self._desk.workspace.unproved(coverage_id, endpoint_id)):
                words = f"{words}\n\n{unproved}"
            on_air = partial(self._desk.choose_endpoint, endpoint, on_air=True)
            ConfirmSheet(
                tr("Go on air at {name}").format(name=endpoint.name), words, tr("Go on air"), on_air, self._window
            ).open()
        elif waiting and endpoint_id != self._desk.endpoint_id:
            self._ask_switch(endpoint, len(waiting))
        else:
            self._desk.choose_endpoint(endpoint)

    def _ask_switch(self, endpoint: Endpoint, waiting: int) -> None:
        words = tr_count(
            "{count} item waits for the present endpoint and still goes there.",
            "{count} items wait for the present endpoint and still go there.",
            waiting,
        ).format(count=waiting)
        switch = partial(self._desk.choose_endpoint, endpoint)
        ConfirmSheet(
            tr("Switch to {name}").format(name=endpoint.name), words, tr("Switch"), switch, self._window
        ).open()

    def show_receipts(self) -> None:
        """List what endpoints answered."""
        from ui.outbox.receipts import ReceiptsSheet  # noqa: PLC0415 - after the first paint

        zone = moment.zone(self._desk.coverage.zone if self._desk.coverage else "UTC")
        self._open(ReceiptsSheet(self._desk.workspace, self._desk.coverage_id, zone, self._window))

    # The coverage clock

    def ask_pause(self) -> None:
        """Ask until when coverage pauses."""
        if self._desk.coverage is not None:
            PauseSheet(self._desk.coverage.zone, self._desk.pause_clock, self._window).open()

    def ask_end(self) -> None:
        """Ask before coverage ends."""
        words = tr("Readers are told that coverage has ended, with the next publication. It can be resumed.")
        ConfirmSheet(tr("End coverage"), words, tr("End coverage"), self._desk.end_clock, self._window).open()

    # The console itself

    def open_settings(self) -> None:
        """Show the settings."""
        from ui.settings.room import Room  # noqa: PLC0415 - after the first paint
        from ui.settings.window import SettingsWindow  # noqa: PLC0415

        if self._credentials is not None and self._tasks is not None and self._changes is not None:
            room = Room(self._desk.workspace, self._credentials, self._tasks, self._changes, self.look_chosen.emit)
            made = next(iter(self._window.findChildren(SettingsWindow)), None) or SettingsWindow(room, self._window)
            made.show()
            made.raise_()
            made.activateWindow()

    def show_shortcuts(self) -> None:
        """Show every key."""
        from ui.shortcuts import ShortcutSheet  # noqa: PLC0415 - after the first paint

        self._open(ShortcutSheet(self._window))

    def show_about(self) -> None:
        """Show the version, and where the files are."""
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - after the first paint

        try:
            number = version("newsroom-console")
        except PackageNotFoundError:
            number = tr("of no installed version")
        sheet = Sheet(tr("Newsroom Console"), tr("Close"), self._window)
        sheet.cancel.hide()
        sheet.say(tr("Version {number}. The desk for the people who run live pages.").format(number=number))
        sheet.say(tr("Icons: Lucide, ISC licence."))
        sheet.confirmed.connect(sheet.accept)
        sheet.open()

    def ask_quit(self, waiting: int, failed: int, leave: Callable[[], object]) -> None:
        """Ask before the console closes with items unsent."""
        counts = [tr("{waiting} waiting").format(waiting=waiting)] if waiting else []
        counts += [tr("{failed} failed").format(failed=failed)] if failed else []
        words = tr("In the outbox: {items}. They stay there and go on when the console is opened again.").format(
            items=", ".join(counts)
        )
        sheet = Sheet(tr("Quit with items unsent"), tr("Quit"), self._window, danger=True)
        sheet.say(words)
        sheet.confirmed.connect(sheet.accept)
        sheet.accepted.connect(leave)
        sheet.open()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
