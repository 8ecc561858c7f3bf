"""Settling a conflict: before, yours and theirs beside each other, part by part, and an explicit choice."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.publish.conflict import Dispute
    from desktop.publish.merge import Part, Whose

_NAMES: Final = {
    "headline": "Headline",
    "at": "Time",
    "is_key_moment": "Key moment",
    "byline": "Byline",
    "corrections": "Corrections",
    "withdrawal": "Withdrawal",
    "blocks": "Text",
}
_TALLEST: Final = 640


class ConflictSheet(QDialog):
    """Shown with `open()`; one of its signals tells the choice, `merged` with the entry made of both."""

    theirs_chosen = Signal()
    mine_chosen = Signal()
    merged = Signal(object)

    def __init__(self, dispute: "Dispute", headline: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._dispute = dispute
        self._choices: dict[int, Whose] = {}
        self.groups: dict[int, QButtonGroup] = {}
        self._by = dispute.theirs.by or tr("another desk")
        look = tokens()
        self.setWindowTitle(tr("Changed by somebody else"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, _TALLEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(headline, size=Size.TITLE, bold=True, wraps=True))
        column.addWidget(Label(self._story(), kind=Kind.SOFT, wraps=True))
        column.addWidget(self._parts(), 1)
        self.trouble = Label(kind=Kind.DANGER, wraps=True)
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addWidget(self._buttons())
        self._enable()

    def show_problem(self, problem: Exception) -> None:
        """Say why a choice could not be carried out; it can be made again."""
        self.trouble.setText(str(problem))
        self.trouble.show()

    def _story(self) -> str:
        if not self._dispute.theirs.body:
            said = tr("{by} took this down at the endpoint while yours waited. Nothing of yours is lost.")
        elif self._dispute.parts:
            said = tr("{by} published another version while yours waited. Nothing of yours is lost.")
        else:
            said = tr("{by} published another version while yours waited. Choose which one readers have.")
        return said.format(by=self._by)

    def _parts(self) -> QWidget:
        look = tokens()
        listed = QWidget()
        grid = QGridLayout(listed)
        grid.setContentsMargins(0, 0, look.space_s, 0)
        grid.setHorizontalSpacing(look.space_m)
        grid.setVerticalSpacing(look.space_s)
        for at, title in enumerate((tr("Before"), tr("Yours"), tr("{by}’s").format(by=self._by))):
            grid.setColumnStretch(at, 1)
            if self._dispute.parts:
                grid.addWidget(Label(title, kind=Kind.SOFT, bold=True), 0, at)
        for place, part in enumerate(self._dispute.parts):
            if part.whose.value != "agreed":
                self._add(grid, place, part)
        agreed = sum(part.whose.value == "agreed" and part.name == "blocks" for part in self._dispute.parts)
        if agreed:
            said = tr("Paragraphs and cards that both versions share: {count}.").format(count=agreed)
            grid.addWidget(Label(said, kind=Kind.FAINT), grid.rowCount(), 0, 1, 3)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setAccessibleName(tr("What differs"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(listed)
        return scroll

    def _add(self, grid: QGridLayout, place: int, part: "Part") -> None:
        from desktop.publish.merge import Whose, say  # noqa: PLC0415 - after the first paint

        row, name = grid.rowCount(), tr(_NAMES[part.name])
        needs_choice = part.whose is Whose.BOTH
        title = Label(f"{name} · {self._changed_by(part)}", kind=Kind.DANGER if needs_choice else Kind.PLAIN, bold=True)
        grid.addWidget(title, row, 0, 1, 3)
        for at, version in enumerate((part.base, part.mine, part.theirs)):
            grid.addWidget(_cell("\n\n".join(say(part, version)) or tr("Nothing")), row + 1, at)
        group, line = QButtonGroup(self), QHBoxLayout()
        self.groups[place] = group
        choices = [(Whose.MINE, tr("Take yours")), (Whose.THEIRS, tr("Take theirs"))]
        if needs_choice and part.name == "blocks":
            choices.append((Whose.BOTH, tr("Take both, yours first")))
        for choice, words in choices:
            button = QRadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setChecked(choice is part.whose and not needs_choice)
            button.toggled.connect(partial(self._on_chosen, place, choice))
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        grid.addLayout(line, row + 2, 0, 1, 3)

    def _changed_by(self, part: "Part") -> str:
        match part.whose.value:
            case "mine":
                return tr("changed by you")
            case "theirs":
                return tr("changed by {by}").format(by=self._by)
            case _:
                return tr("changed by both: choose one")

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = box.addButton(tr("Keep theirs"), role.DestructiveRole)
        self.top = box.addButton(tr("Put mine on top"), role.DestructiveRole)
        self.merge = box.addButton(tr("Publish as chosen"), role.ActionRole)
        self.merge.setProperty("kind", "primary")
        for button in (self.keep, self.top, self.merge):
            button.setAutoDefault(False)
        self.merge.setVisible(bool(self._dispute.parts))
        self.keep.setVisible(bool(self._dispute.theirs.body))
        self.keep.clicked.connect(self.theirs_chosen)
        self.top.clicked.connect(self.mine_chosen)
        self.merge.clicked.connect(self._on_merge)
        box.rejected.connect(self.reject)
        return box

    def _on_chosen(self, place: int, choice: "Whose", is_chosen: Any) -> None:
        if is_chosen:
            self._choices[place] = choice
        self._enable()

    def _enable(self) -> None:
        self.merge.setEnabled(all(group.checkedButton() is not None for group in self.groups.values()))

    def _on_merge(self) -> None:
        from desktop.publish.merge import merged  # noqa: PLC0415 - after the first paint

        if self._dispute.mine is not None:
            self.merged.emit(merged(self._dispute.mine, self._dispute.parts, self._choices))


def _cell(words: str) -> Label:
    look = tokens()
    cell = Label(words, wraps=True)
    cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    cell.setMargin(look.space_s)
    cell.setFrameShape(QFrame.Shape.StyledPanel)
    return cell
