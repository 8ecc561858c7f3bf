"""Receipts: what endpoints answered, newest first."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.endpoint import Endpoint, Receipt
from ui.shared import times
from ui.shared.label import Label, Size
from ui.theme import tokens

_COLUMNS = ("When", "Endpoint", "Outcome", "Detail")


class ReceiptsSheet(QDialog):
    """A table of receipts, shown with `open()`."""

    def __init__(
        self, receipts: Sequence[Receipt], endpoints: Mapping[UUID, Endpoint], zone: ZoneInfo, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        look = tokens()
        self.setWindowTitle("Receipts")
        self.resize(760, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label("Receipts", size=Size.TITLE, bold=True))
        self.table = QTableWidget(len(receipts), len(_COLUMNS))
        self.table.setAccessibleName("Receipts, newest first")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        for at, receipt in enumerate(receipts):
            endpoint = endpoints.get(receipt.endpoint_id)
            cells = (
                f"{times.short_day(receipt.at, zone)} {times.second(receipt.at, zone)}",
                endpoint.name if endpoint else "an endpoint no longer here",
                receipt.outcome,
                receipt.detail,
            )
            for place, cell in enumerate(cells):
                self.table.setItem(at, place, QTableWidgetItem(cell))
        column.addWidget(self.table)
        if not receipts:
            column.addWidget(Label("Nothing was sent yet. Publish an entry, and its receipt will stand here."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
