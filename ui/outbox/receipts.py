"""Receipts: what endpoints answered to what, newest first, searched and written for others."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.outbox import OperationKind, OperationState
from ui.outbox.row import word
from ui.shared import times
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label, Size
from ui.shared.table import ReadTable
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.domain.endpoint import Endpoint
    from desktop.store.values import Answered
    from desktop.workspace import Workspace

_COLUMNS: Final = ("When", "What", "By", "Where", "Answer", "Detail")
_WHAT: Final = 1
_MOST: Final = 500
_OUTCOMES: Final = (OperationState.DONE, OperationState.REFUSED, OperationState.CONFLICT, OperationState.UNKNOWN)


class ReceiptsSheet(QDialog):
    """A table of receipts of one coverage, or of all when `coverage_id` is None; shown with `open()`."""

    def __init__(
        self, workspace: "Workspace", coverage_id: UUID | None, zone: ZoneInfo, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._coverage_id = coverage_id
        self._zone = zone
        self._endpoints = {each.id: each for each in workspace.endpoints()}
        self._files: QFileDialog | None = None
        look = tokens()
        self.setWindowTitle(tr("Receipts"))
        self.resize(980, 560)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        self._column.setSpacing(look.space_m)
        self._column.addWidget(Label(tr("Receipts"), size=Size.TITLE, bold=True))
        hint = tr("What the endpoints answered, newest first. A receipt is kept for good.")
        self._column.addWidget(Label(hint, kind=Kind.SOFT, wraps=True))
        self._column.addLayout(self._search())
        self.table = self._listed(())
        self._column.addWidget(self.table, 1)
        self.empty = Label(kind=Kind.SOFT, wraps=True)
        self._column.addWidget(self.empty, 1)
        self._column.addWidget(self._buttons())
        self._show()

    def _search(self) -> QHBoxLayout:
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Words in a receipt"))
        self.words.setPlaceholderText(tr("Headline, name, answer…"))
        self.words.setClearButtonEnabled(True)
        self.where = Choice(tr("Endpoint"))
        self.where.addItem(tr("Every endpoint"), None)
        for endpoint in self._endpoints.values():
            self.where.addItem(endpoint.name, endpoint.id)
        self.outcome = Choice(tr("Answer"))
        self.outcome.addItem(tr("Every answer"), "")
        for state in _OUTCOMES:
            self.outcome.addItem(tr(word(state)), state.value)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        for choice in (self.where, self.outcome):
            choice.currentIndexChanged.connect(self._show)
            line.addWidget(choice)
        self.words.textChanged.connect(self._show)
        return line

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for words, ask in ((tr("Write as CSV…"), self._ask_csv), (tr("Write as JSON…"), self._ask_json)):
            box.addButton(words, QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(ask)
        box.rejected.connect(self.reject)
        return box

    def _found(self, most: int) -> "tuple[Answered, ...]":
        from desktop.store.journal import Search  # noqa: PLC0415 - after the first paint

        wanted = Search(
            words=self.words.text(),
            coverage_id=self._coverage_id,
            endpoint_id=self.where.currentData(),
            outcome=self.outcome.currentData(),
        )
        return self._workspace.journal(wanted, most)

    def _show(self, _changed: object = None) -> None:
        found = self._found(_MOST)
        table = self._listed([_row(each, self._endpoints, self._zone) for each in found])
        self._column.replaceWidget(self.table, table)
        self.table.deleteLater()
        self.table = table
        table.setVisible(bool(found))
        is_asked = self.words.text() or self.where.currentData() or self.outcome.currentData()
        nothing = tr("Nothing was sent yet. Publish an entry, and its receipt will stand here.")
        self.empty.setText(tr("No receipt fits.") if is_asked else nothing)
        self.empty.setVisible(not found)

    def _listed(self, rows: "tuple[()] | list[tuple[str, ...]]") -> ReadTable:
        return ReadTable(tr("Receipts, newest first"), [tr(column) for column in _COLUMNS], rows, wide=_WHAT)

    def _ask_csv(self) -> None:
        self._ask("receipts.csv", self.write_csv)

    def _ask_json(self) -> None:
        self._ask("receipts.json", self.write_json)

    def _ask(self, name: str, write: Callable[[str], object]) -> None:
        self._files = QFileDialog(self, tr("Write the receipts"))
        self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._files.selectFile(name)
        self._files.fileSelected.connect(write)
        self._files.open()

    def write_csv(self, name: str) -> None:
        """Write what is asked for, all of it, into a file for a spreadsheet."""
        from desktop.publish import journal  # noqa: PLC0415 - after the first paint

        self._write(name, journal.as_csv(self._rows()))

    def write_json(self, name: str) -> None:
        """Write what is asked for, all of it, into a file for programs."""
        self._write(name, json.dumps({"receipts": self._rows()}, ensure_ascii=False, indent=2) + "\n")

    def _rows(self) -> list[dict[str, str]]:
        from desktop.publish import journal  # noqa: PLC0415 - after the first paint

        return journal.rows(self._found(-1), {each.id: each.name for each in self._endpoints.values()})

    def _write(self, name: str, written: str) -> None:
        try:
            Path(name).write_text(written, encoding="utf-8", newline="")
        except OSError as error:
            self.empty.setText(tr("{name} could not be written: {why}.").format(name=name, why=error.strerror))
            self.empty.show()


def _row(answered: "Answered", endpoints: "dict[UUID, Endpoint]", zone: ZoneInfo) -> tuple[str, ...]:
    receipt = answered.receipt
    endpoint = endpoints.get(receipt.endpoint_id)
    return (
        f"{times.short_day(receipt.at, zone)} {times.second(receipt.at, zone)}",
        what(answered.kind, answered.headline),
        answered.by,
        endpoint.name if endpoint else tr("an endpoint no longer here"),
        tr(word(OperationState(receipt.outcome))) if receipt.outcome in set(OperationState) else receipt.outcome,
        receipt.detail,
    )


def what(kind: OperationKind | None, headline: str) -> str:
    """Say what a receipt is for."""
    match kind:
        case OperationKind.PAGE:
            return tr("Page")
        case OperationKind.SUMMARY:
            return tr("Summary")
        case OperationKind.ENTRY:
            return tr("Entry · {headline}").format(headline=headline or tr("no headline"))
        case None:
            return tr("Something no longer here")
