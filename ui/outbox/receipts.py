"""Receipts: what endpoints answered to what, newest first."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import OperationKind, OperationState
from ui.outbox.row import word
from ui.shared import times
from ui.shared.label import Kind, Label, Size
from ui.shared.table import ReadTable
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.store.values import Answered

_COLUMNS: Final = ("When", "What", "Where", "Answer", "Detail")
_WHAT: Final = 1


class ReceiptsSheet(QDialog):
    """A table of receipts, shown with `open()`."""

    def __init__(
        self,
        answered: "Sequence[Answered]",
        endpoints: Mapping[UUID, Endpoint],
        zone: ZoneInfo,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        look = tokens()
        self.setWindowTitle("Receipts")
        self.resize(920, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label("Receipts", size=Size.TITLE, bold=True))
        hint = "What the endpoints answered, newest first. A receipt is kept for good."
        column.addWidget(Label(hint, kind=Kind.SOFT, wraps=True))
        rows = [_row(each, endpoints, zone) for each in answered]
        self.table = ReadTable("Receipts, newest first", _COLUMNS, rows, wide=_WHAT)
        column.addWidget(self.table, 1)
        if not answered:
            self.table.hide()
            column.addWidget(Label("Nothing was sent yet. Publish an entry, and its receipt will stand here."), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _row(answered: "Answered", endpoints: Mapping[UUID, Endpoint], zone: ZoneInfo) -> tuple[str, ...]:
    receipt = answered.receipt
    endpoint = endpoints.get(receipt.endpoint_id)
    return (
        f"{times.short_day(receipt.at, zone)} {times.second(receipt.at, zone)}",
        what(answered.kind, answered.headline),
        endpoint.name if endpoint else "an endpoint no longer here",
        word(OperationState(receipt.outcome)) if receipt.outcome in set(OperationState) else receipt.outcome,
        receipt.detail,
    )


def what(kind: OperationKind | None, headline: str) -> str:
    """Say what a receipt is for."""
    match kind:
        case OperationKind.PAGE:
            return "Page"
        case OperationKind.SUMMARY:
            return "Summary"
        case OperationKind.ENTRY:
            return f"Entry · {headline or 'no headline'}"
        case None:
            return "Something no longer here"
