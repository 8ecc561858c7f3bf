"""The provider table: what each third party is known to load, and what this house says and links in its place."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidgetItem, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.consent.providers import table
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.settings.gate_words import GateWords
from ui.settings.own_house import OwnHouse
from ui.settings.page import SettingsPage
from ui.settings.provider_form import ProviderForm
from ui.settings.room import Room
from ui.shared.button import Button
from ui.shared.plain_list import PlainList
from ui.theme import tokens
from ui.words import tr

_LIST_LETTERS: Final = 13
_EVERY, _ONE = range(2)


class EmbedsPage(SettingsPage):
    """Shows the wording of every gate, and each provider with its facts; both can be worded anew for a house."""

    def __init__(self, room: Room) -> None:
        self._providers = table()
        words = tr(
            "Nothing of these loads before a reader accepts it. Facts are as of {date}, each with where it was found. "
            "Names, links and wording can be changed for a house; a change asks readers again."
        )
        super().__init__(tr("Embeds"), words.format(date=f"{self._providers.as_of:%d %B %Y}"))
        look = tokens()
        self.house = OwnHouse(room)
        rows = self.form()
        rows.addRow(tr("&House profile"), self.house)
        self.list = PlainList(tr("Providers"))
        self.list.setFixedWidth(self.fontMetrics().horizontalAdvance("m") * _LIST_LETTERS)
        self.list.setWordWrap(False)
        self.words = GateWords()
        self.provider = ProviderForm()
        self._stack = QStackedWidget()
        for view in (self.words, self.provider):
            self._stack.addWidget(_scrolled(view))
        self.save = Button(tr("Save"), kind="primary")
        self.reset = Button(tr("As it came"), tip=tr("Take back what was changed here"))
        tools = QHBoxLayout()
        tools.setSpacing(look.space_s)
        for button in (self.save, self.reset):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(look.space_m)
        right.addWidget(self._stack, 1)
        right.addLayout(tools)
        beside = QHBoxLayout()
        beside.setSpacing(look.space_m)
        beside.addWidget(self.list)
        beside.addLayout(right, 1)
        self.body.addLayout(beside, 1)
        self._list_providers()
        self.list.currentRowChanged.connect(self._fill)
        self.house.house_chosen.connect(self._fill)
        self.save.clicked.connect(self._on_save)
        self.reset.clicked.connect(self._on_reset)
        self.list.setCurrentRow(0)

    def _list_providers(self) -> None:
        self.list.addItem(QListWidgetItem(icon("message-square-quote"), tr("Every embed")))
        for provider in self._providers:
            unverified = len(provider.unverified())
            item = QListWidgetItem(icon("shield-question" if unverified else "shield-check"), provider.name)
            item.setToolTip(tr("{count} facts are unverified").format(count=unverified) if unverified else "")
            self.list.addItem(item)

    def _fill(self) -> None:
        at = self.list.currentRow()
        self.outcome.hide()
        if at <= 0:
            self.words.show_house(self.house)
            self._stack.setCurrentIndex(_EVERY)
        else:
            self.provider.show_provider(tuple(self._providers)[at - 1], self._providers, self.house)
            self._stack.setCurrentIndex(_ONE)

    def _shown(self) -> GateWords | ProviderForm:
        return self.words if self.list.currentRow() <= 0 else self.provider

    def _on_save(self) -> None:
        done = tr("Saved. Readers get it with the next publication of each page that uses this profile.")
        self._keep(self._shown().said(), done)

    def _on_reset(self) -> None:
        self._keep(dict.fromkeys(self._shown().said(), ""), tr("This stands as it came."))

    def _keep(self, changed: dict[str, str], done: str) -> None:
        try:
            self.house.keep(changed)
        except Problem as problem:
            self.tell_problem(problem)
        else:
            self._fill()
            self.tell(done)


def _scrolled(view: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(view)
    return made
