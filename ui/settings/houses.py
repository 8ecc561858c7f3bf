"""The house profiles: who publishes, where, and what an unproved page may do before it goes to readers."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.domain.problem import Problem
from desktop.page.wording import BEFORE_AIR
from ui.settings.own_house import OwnHouse
from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.shared.button import Button
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label
from ui.theme import tokens
from ui.words import tr

_NAME: Final = "publisher.name"
_ADDRESS: Final = "publisher.address"
_BEFORE_AIR: Final = "proof.before_air"
_RULES: Final = {"warn": "Warn, and publish all the same", "block": "Block until the page is proved"}


class HousesPage(SettingsPage):
    """Words a house differently in this workspace; the profile itself stays as it came."""

    def __init__(self, room: Room) -> None:
        words = tr(
            "A house profile holds every word readers see that the desk did not write. What you change here is laid "
            "over it in this workspace, and goes out with the next publication of each page that uses it."
        )
        super().__init__(tr("House profiles"), words)
        self._workspace = room.workspace
        self.house = OwnHouse(room)
        self.used = Label(kind=Kind.SOFT, wraps=True)
        self.name, self.address = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("https://example.org/live/{page}/")
        self.before_air = Choice(tr("A page whose consent proof is missing, failing or out of date"))
        for rule, said in _RULES.items():
            self.before_air.addItem(tr(said), rule)
        rows = self.form()
        rows.addRow(tr("House &profile"), self.house)
        rows.addRow("", self.used)
        for label, name, field in (
            (tr("Publisher's &name"), tr("Publisher's name"), self.name),
            (tr("Published &at"), tr("Address pages are published at"), self.address),
        ):
            field.setAccessibleName(name)
            rows.addRow(label, field)
        rows.addRow(tr("&Unproved page, on air"), self.before_air)
        self.save = Button(tr("Save"), kind="primary")
        self.reset = Button(tr("As it came"), tip=tr("Take back what was changed on this page"))
        tools = QHBoxLayout()
        tools.setSpacing(tokens().space_s)
        for button in (self.save, self.reset):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        self.body.addLayout(tools)
        self.body.addStretch(1)
        self.house.house_chosen.connect(self._fill)
        self.save.clicked.connect(self._on_save)
        self.reset.clicked.connect(self._on_reset)
        self._fill()

    def _fill(self) -> None:
        wanted = self.house.as_it_came.name
        pages = [row.headline for row in self._workspace.coverages() if self._workspace.house(row.id).name == wanted]
        self.used.setText(
            tr("Used by: {pages}").format(pages=", ".join(pages)) if pages else tr("No page uses it yet.")
        )
        self.name.setText(self.house.word(_NAME))
        self.address.setText(self.house.word(_ADDRESS))
        self.before_air.setCurrentIndex(max(0, self.before_air.findData(self.house.word(_BEFORE_AIR))))
        self.outcome.hide()

    def _on_save(self) -> None:
        said = {_NAME: self.name, _ADDRESS: self.address}
        changed = {key: field.text().strip() for key, field in said.items()}
        rule = str(self.before_air.currentData())
        # What a house means without saying so need not be said for it.
        meant = str(self.house.as_it_came.values.get(_BEFORE_AIR, BEFORE_AIR[0]))
        self._keep({**changed, _BEFORE_AIR: "" if rule == meant else rule}, tr("Saved."))

    def _on_reset(self) -> None:
        self._keep(dict.fromkeys((_NAME, _ADDRESS, _BEFORE_AIR), ""), tr("The profile stands as it came."))

    def _keep(self, changed: dict[str, str], done: str) -> None:
        try:
            self.house.keep(changed)
        except Problem as problem:
            self.tell_problem(problem)
        else:
            self._fill()
            self.tell(done)
