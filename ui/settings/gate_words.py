"""The wording of every gate, sentence by sentence."""

from typing import Final

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.page.wording import SENTENCES
from ui.settings.own_house import OwnHouse
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

# The sentences a reader meets at a gate, in their order; those of the table's end are said aloud or on demand.
_SENTENCES: Final = {
    "embed.question": "Question",
    "embed.permission": "Permission, two policies",
    "embed.permission_one_policy": "Permission, one policy",
    "embed.permission_no_policy": "Permission, no policy",
    "embed.accept": "Accept",
    "embed.always": "Always",
    "embed.not_now": "Not now",
    "embed.unavailable": "In its place",
    "embed.original": "Link to the original",
    "embed.disclaimer": "Disclaimer",
    "embed.adverts": "Adverts",
}
_LONG: Final = frozenset(key for key in _SENTENCES if "permission" in key or key == "embed.disclaimer")
_LINES: Final = 3


class GateWords(QWidget):
    """Fields for the sentences of a gate; a word in braces is filled in on the page."""

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        hint = tr("Words in braces, such as {example}, are filled in on the page.").format(example="{provider}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space_s)
        column.addWidget(Label(hint, kind=Kind.FAINT, size=Size.SMALL, wraps=True))
        rows = QFormLayout()
        rows.setSpacing(look.space_s)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        for key, label in _SENTENCES.items():
            field = QPlainTextEdit() if key in _LONG else QLineEdit()
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES + look.space_l)
            field.setAccessibleName(tr(label))
            field.setToolTip(_holes(key))
            rows.addRow(tr(label), field)
            self.fields[key] = field
        column.addLayout(rows)
        column.addStretch(1)

    def show_house(self, house: OwnHouse) -> None:
        """Show how a house words its gates in this workspace."""
        for key, field in self.fields.items():
            words = house.word(key)
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(words)
            else:
                field.setText(words)

    def said(self) -> dict[str, str]:
        """Return what stands in the fields, by the profile's keys."""
        return {
            key: (field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()).strip()
            for key, field in self.fields.items()
        }


def _holes(key: str) -> str:
    wording = SENTENCES[key]
    needed = ", ".join(f"{{{name}}}" for name in sorted(wording.required))
    may = ", ".join(f"{{{name}}}" for name in sorted(wording.optional))
    said = tr("May hold {names}.").format(names=may)
    return f"{tr('Must hold {names}.').format(names=needed)} {said}" if needed else said
