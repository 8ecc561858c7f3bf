"""What stands in the chosen cell of the board: each of its rehearsals, how it went, and what it asked for."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QListWidgetItem, QVBoxLayout, QWidget

from ui import icons
from ui.consent import asked
from ui.consent.board_model import BoardModel
from ui.consent.looks import look
from ui.consent.prover import Prover
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label, Size
from ui.shared.plain_list import PlainList
from ui.shared.table import ReadTable
from ui.theme import tokens
from ui.words import tr

_NAME: Final = Qt.ItemDataRole.UserRole


class CellView(QWidget):
    """Shows some rehearsals. `run_requested(names)` asks to play them."""

    run_requested = Signal(object)

    def __init__(self, prover: Prover, model: BoardModel) -> None:
        super().__init__()
        self._prover = prover
        self._model = model
        self._names: tuple[str, ...] = ()
        self._row: tuple[str, ...] = ()
        self._shown: tuple[object, ...] = ()
        look_now = tokens()
        self.title = ElidedLabel(bold=True)
        self.run = Button(tr("Run this"), icons.icon("play"))
        self.run_row = Button(tr("Run row"), tip=tr("Play this rehearsal for the page and every provider"))
        self.list = PlainList(tr("Rehearsals of this cell"))
        self.list.currentItemChanged.connect(self._on_chosen)
        self.log = _log(())
        self._log_head = Label(kind=Kind.SOFT, size=Size.SMALL, wraps=True)
        head = QHBoxLayout()
        head.setSpacing(look_now.space_s)
        head.addWidget(self.title, 1)
        head.addWidget(self.run)
        head.addWidget(self.run_row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look_now.space_m, look_now.space_s, look_now.space_m, look_now.space_s)
        self._column.setSpacing(look_now.space_s)
        self._column.addLayout(head)
        self._column.addWidget(self.list, 2)
        self._column.addWidget(self._log_head)
        self._column.addWidget(self.log, 3)
        self.run.clicked.connect(self._on_run)
        self.run_row.clicked.connect(self._on_run_row)
        self.show_cell("", (), ())

    def show_cell(self, title: str, names: tuple[str, ...], row: tuple[str, ...]) -> None:
        """Show the rehearsals of a cell, and offer its row."""
        self._names, self._row = names, row
        self.title.setText(title or tr("Choose a rehearsal above."))
        self.refresh()

    def refresh(self) -> None:
        """Show how they stand now."""
        is_free = not self._prover.is_running
        self.run.setEnabled(is_free and bool(self._names))
        self.run_row.setEnabled(is_free and bool(self._row))
        self.run_row.setVisible(self._row != self._names)
        pages = self._model.board.layout.pages
        said = tuple(
            (
                name,
                self._model.board.state(name),
                f"{pages.get(name, '')} · {self._model.sentence(name)}",
                self._prover.evidence(name),
            )
            for name in self._names
        )
        if said == self._shown:
            return
        self._shown = said
        chosen = self._chosen()
        self.list.clear()
        for name, state, sentence, _ in said:
            shown = look(state)
            item = QListWidgetItem(icons.icon(shown.icon, shown.colour), sentence)
            item.setData(_NAME, name)
            self.list.addItem(item)
        wanted = self._names.index(chosen) if chosen in self._names else 0
        if said:
            self.list.setCurrentRow(wanted)
        else:
            self._show_log("")

    def dress(self) -> None:
        """Draw icons in other colours."""
        self._shown = ()
        self.refresh()

    def _chosen(self) -> str:
        items = self.list.selectedItems()
        return str(items[0].data(_NAME)) if items else ""

    def _on_chosen(self) -> None:
        self._show_log(self._chosen())

    def _show_log(self, name: str) -> None:
        rows = asked.read(self._prover.evidence(name)) if name else ()
        third = sum(row.is_third for row in rows)
        self._log_head.setText(
            tr("{count} requests, {third} of third parties").format(count=len(rows), third=third)
            if rows
            else tr("No request log is on this computer for this.")
        )
        made = _log(rows)
        self._column.replaceWidget(self.log, made)
        self.log.hide()
        self.log.deleteLater()
        self.log = made
        made.setVisible(bool(rows))

    def _on_run(self) -> None:
        self.run_requested.emit(self._names)

    def _on_run_row(self) -> None:
        self.run_requested.emit(self._row)


def _log(rows: tuple[asked.Row, ...]) -> ReadTable:
    columns = (tr("Request"), tr("Party"), tr("Result"))
    said = [(row.request, row.party, row.result) for row in rows]
    made = ReadTable(tr("Requests of this rehearsal"), columns, said, 0)
    header = made.horizontalHeader()
    header.setMinimumSectionSize(made.fontMetrics().horizontalAdvance("m") * 6)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        made.setColumnWidth(column, made.fontMetrics().horizontalAdvance(f"{tr('third party')}, x"))
    for at, row in enumerate(rows):
        for column, words in enumerate((row.request, row.party, row.result)):
            item = made.item(at, column)
            if item is not None:
                item.setToolTip(words if words.isascii() and "<" not in words else "")
        if row.is_third and (item := made.item(at, 1)) is not None:
            item.setIcon(icons.icon("globe", tokens().ink_soft))
    return made
