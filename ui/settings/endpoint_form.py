"""Connecting to a server: its address, who reads it, its secret, and a test with a plain result."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label
from ui.shared.sheet import Sheet

if TYPE_CHECKING:  # the store's and the network's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

_ENVIRONMENTS = (
    (Environment.REHEARSAL, "Nobody: a rehearsal"),
    (Environment.TEST, "Nobody: a test server"),
    (Environment.PRODUCTION, "Readers: this is production"),
)


class EndpointForm(Sheet):
    """Asks for an endpoint. `accepted` is told once it is kept; its secret goes to the system's keyring alone."""

    def __init__(
        self, workspace: "Workspace", credentials: "Credentials", tasks: "Tasks", parent: QWidget | None
    ) -> None:
        super().__init__("Connect to a server", "Add endpoint", parent)
        self._workspace = workspace
        self._credentials = credentials
        self._tasks = tasks
        self._id = new_id()
        self.name = QLineEdit()
        self.name.setPlaceholderText("Such as: Main site")
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://publish.example.org")
        self.environment = Choice("Who reads it")
        for environment, words in _ENVIRONMENTS:
            self.environment.addItem(words, environment.value)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText("Kept in the system's keyring, never in a file")
        for label, name, field in (
            ("&Name", "Name", self.name),
            ("&Address", "Address", self.url),
            ("&Who reads it", "Who reads it", self.environment),
            ("&Secret", "Secret", self.secret),
        ):
            field.setAccessibleName(name)
            self.form.addRow(label, field)
        self.test = Button("Test connection", icon("plug"))
        self.test.setToolTip("Ask the server what it is. Nothing is published")
        self.test.clicked.connect(self._on_test)
        self.answer = Label(wraps=True)
        self.form.addRow("", self.test)
        self.form.addRow("", self.answer)
        self.confirmed.connect(self._on_confirmed)
        self.name.setFocus()

    def endpoint(self) -> Endpoint:
        """Return what the form says; raises InvalidValue for an address that is none."""
        from desktop.publish.address import check_url  # noqa: PLC0415 - after the first paint

        return Endpoint(
            id=self._id,
            name=self.name.text().strip() or self.url.text().strip(),
            url=check_url(self.url.text()),
            environment=Environment(self.environment.currentData()),
            kind=EndpointKind.NATIVE,
            secret_source=SecretSource.KEYRING if self.secret.text() else SecretSource.NONE,
        )

    def _on_test(self) -> None:
        try:
            endpoint = self.endpoint()
        except Problem as problem:
            self._say(str(problem), Kind.DANGER)
            return
        self._say(f"Asking {endpoint.url} …", Kind.SOFT)
        self.test.setEnabled(False)
        self._tasks.start(self._probe(endpoint, self.secret.text() or None), "test of an endpoint")

    async def _probe(self, endpoint: Endpoint, secret: str | None) -> None:
        from desktop.publish.probe import probe  # noqa: PLC0415 - the HTTP client is only needed here

        try:
            result = await probe(endpoint, secret)
            self._say(result.sentence, Kind.SUCCESS if result.is_ok else Kind.DANGER)
        except Problem as problem:
            self._say(str(problem), Kind.DANGER)
        finally:
            self.test.setEnabled(True)

    def _say(self, text: str, kind: Kind) -> None:
        self.answer.set_kind(kind)
        self.answer.setText(text)

    def _on_confirmed(self) -> None:
        try:
            endpoint = self.endpoint()
            self._workspace.add_endpoint(endpoint)
        except Problem as problem:
            self.show_problem(problem)
            return
        if not self.secret.text():
            self.accept()
            return
        self.deed.setEnabled(False)
        self._tasks.start(self._keep(endpoint, self.secret.text()), "keeping a secret")

    async def _keep(self, endpoint: Endpoint, secret: str) -> None:
        try:
            await self._tasks.in_thread(self._credentials.store, endpoint, secret)
        except Problem as problem:
            # An endpoint whose secret could not be kept would only fail later.
            self._workspace.remove_endpoint(endpoint.id)
            self.show_problem(problem)
            self.deed.setEnabled(True)
        else:
            self.accept()
