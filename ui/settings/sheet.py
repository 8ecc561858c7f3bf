"""Settings: the producer's name, and the endpoints of this desk."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.settings.endpoint_form import EndpointForm
from ui.shared.button import Button
from ui.shared.label import heading
from ui.shared.sheet import Sheet
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

PRODUCER: Final = "producer"
_NAME: Final = "It stands in the history, on receipts and in handovers. Readers do not see it."
_ENDPOINTS: Final = "Where this desk can publish to. Adding one publishes nothing; going on air is asked each time."
_ENDPOINT: Final = Qt.ItemDataRole.UserRole


class SettingsSheet(Sheet):
    """Shown with `open()`; the name is kept by Save, endpoints as they are added and removed."""

    def __init__(
        self,
        workspace: "Workspace",
        credentials: "Credentials",
        tasks: "Tasks",
        changes: "ChangeBridge",
        parent: QWidget | None,
    ) -> None:
        super().__init__("Settings", "Save", parent)
        self._workspace = workspace
        self._credentials = credentials
        self._tasks = tasks
        look = tokens()
        self.producer = QLineEdit(workspace.producer)
        self.producer.setAccessibleName("Your name")
        self.producer.setAccessibleDescription(_NAME)
        self.body.addWidget(heading("Your name"))
        self.body.addWidget(self.producer)
        self.say(_NAME)
        self.body.addSpacing(look.space_s)
        self.endpoints = QListWidget()
        self.endpoints.setAccessibleName("Endpoints")
        self.endpoints.setMinimumHeight(120)
        self.endpoints.setSpacing(2)
        self.endpoints.currentItemChanged.connect(self._enable)
        self.add = Button("Add endpoint…", icon("plus"))
        self.remove = Button("Remove", icon("trash-2"))
        self.remove.setAccessibleName("Remove the selected endpoint")
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        tools = QHBoxLayout()
        tools.setSpacing(look.space_s)
        tools.addWidget(self.add)
        tools.addWidget(self.remove)
        tools.addStretch(1)
        self.body.addWidget(heading("Endpoints"))
        self.say(_ENDPOINTS)
        self.body.addWidget(self.endpoints)
        self.body.addLayout(tools)
        self.resize(520, self.sizeHint().height())
        self.confirmed.connect(self._on_confirmed)
        changes.changed.connect(self._on_changed)
        self._fill()

    def _fill(self) -> None:
        look = tokens()
        self.endpoints.clear()
        for endpoint in self._workspace.endpoints():
            item = QListWidgetItem(f"{endpoint.name}\n{_readers(endpoint)} · {endpoint.url}")
            is_on_air = endpoint.environment is Environment.PRODUCTION
            item.setIcon(icon("radio" if is_on_air else "flag", look.on_air if is_on_air else look.ink_soft))
            item.setData(_ENDPOINT, endpoint)
            self.endpoints.addItem(item)
        self._enable()

    def _enable(self) -> None:
        self.remove.setEnabled(self.endpoints.currentItem() is not None)

    def _on_add(self) -> None:
        EndpointForm(self._workspace, self._credentials, self._tasks, self).open()

    def _on_remove(self) -> None:
        endpoint: Endpoint = self.endpoints.currentItem().data(_ENDPOINT)
        try:
            self._workspace.remove_endpoint(endpoint.id)
        except Problem as problem:
            self.show_problem(problem)

    def _on_changed(self, change: Change) -> None:
        if change.kind is ChangeKind.ENDPOINTS:
            self._fill()

    def _on_confirmed(self) -> None:
        self._workspace.save_setting(PRODUCER, self.producer.text().strip())
        self.accept()


def _readers(endpoint: Endpoint) -> str:
    match endpoint.environment:
        case Environment.PRODUCTION:
            return "Readers"
        case Environment.REHEARSAL:
            return "Rehearsal"
        case Environment.TEST:
            return "Test"
