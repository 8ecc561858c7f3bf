"""Where this desk can publish to."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Endpoint, Environment, SecretSource
from desktop.domain.outbox import PARKED, WAITING
from desktop.domain.problem import Problem
from ui.confirm import ConfirmSheet
from ui.icons import icon
from ui.settings.endpoint_form import EndpointForm
from ui.settings.endpoint_kinds import KINDS
from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.shared.button import Button
from ui.theme import tokens
from ui.words import tr

_ENDPOINT: Final = Qt.ItemDataRole.UserRole


class EndpointsPage(SettingsPage):
    """Lists endpoints; they are kept as they are added and removed."""

    def __init__(self, room: Room) -> None:
        words = tr("Where this desk can publish to. Adding one publishes nothing; going on air is asked each time.")
        super().__init__(tr("Endpoints"), words)
        self._room = room
        look = tokens()
        self.endpoints = QListWidget()
        self.endpoints.setAccessibleName(tr("Endpoints"))
        self.endpoints.setSpacing(2)
        self.endpoints.currentItemChanged.connect(self._enable)
        self.add = Button(tr("Add endpoint…"), icon("plus"))
        self.change = Button(tr("Change…"), icon("pencil"))
        self.change.setAccessibleName(tr("Change the selected endpoint, or give it another secret"))
        self.remove = Button(tr("Remove…"), icon("trash-2"))
        self.remove.setAccessibleName(tr("Remove the selected endpoint"))
        self.add.clicked.connect(self._on_add)
        self.change.clicked.connect(self._on_change)
        self.remove.clicked.connect(self._on_remove)
        self.endpoints.itemActivated.connect(self._on_change)
        tools = QHBoxLayout()
        tools.setSpacing(look.space_s)
        for button in (self.add, self.change, self.remove):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        self.body.addWidget(self.endpoints, 1)
        self.body.addLayout(tools)
        room.changes.changed.connect(self._on_changed)
        self._fill()

    def _fill(self) -> None:
        look = tokens()
        self.endpoints.clear()
        for endpoint in self._room.workspace.endpoints():
            said = " · ".join((_readers(endpoint), _kind(endpoint), endpoint.url))
            item = QListWidgetItem(f"{endpoint.name}\n{said}")
            is_on_air = endpoint.environment is Environment.PRODUCTION
            item.setIcon(icon("radio" if is_on_air else "flag", look.on_air if is_on_air else look.ink_soft))
            item.setData(_ENDPOINT, endpoint)
            self.endpoints.addItem(item)
        self._enable()

    def _enable(self) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(self.endpoints.currentRow() >= 0)

    def _on_add(self) -> None:
        EndpointForm(self._room.workspace, self._room.credentials, self._room.tasks, self).open()

    def _on_change(self) -> None:
        endpoint: Endpoint = self.endpoints.currentItem().data(_ENDPOINT)
        room = self._room
        EndpointForm(room.workspace, room.credentials, room.tasks, self, endpoint).open()

    def _on_remove(self) -> None:
        endpoint: Endpoint = self.endpoints.currentItem().data(_ENDPOINT)
        waiting = len(self._room.workspace.operations(endpoint_id=endpoint.id, states=WAITING | PARKED))
        words = tr("It is forgotten here, with its secret. What was published there stays there.")
        if waiting:
            words += " " + tr("In the outbox {count} still wait for it: send or discard them first.").format(
                count=waiting
            )
        title = tr("Remove {name}").format(name=endpoint.name)
        ConfirmSheet(title, words, tr("Remove"), partial(self._forget, endpoint), self).open()

    def _forget(self, endpoint: Endpoint) -> None:
        try:
            self._room.workspace.remove_endpoint(endpoint.id)
        except Problem as problem:
            self.tell_problem(problem)
            return
        if endpoint.secret_source is SecretSource.KEYRING:
            self._room.tasks.run_in_thread(self._room.credentials.forget, endpoint)
        self.tell(tr("{name} was removed.").format(name=endpoint.name))

    def _on_changed(self, change: Change) -> None:
        if change.kind is ChangeKind.ENDPOINTS:
            self._fill()


def _readers(endpoint: Endpoint) -> str:
    match endpoint.environment:
        case Environment.PRODUCTION:
            return tr("Readers")
        case Environment.REHEARSAL:
            return tr("Rehearsal")
        case Environment.TEST:
            return tr("Test")


def _kind(endpoint: Endpoint) -> str:
    return next((tr(each.name) for each in KINDS if each.kind is endpoint.kind), endpoint.kind.value)
