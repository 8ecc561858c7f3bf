"""Connecting to where pages are published: what answers there, its address, who reads it, its secret, and a test."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.endpoint import Endpoint, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.settings.endpoint_kinds import KINDS, KindOfEndpoint
from ui.shared.button import Button
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label
from ui.shared.sheet import Sheet
from ui.words import tr

if TYPE_CHECKING:  # the store's and the network's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.publish.probed import ProbeResult
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

_ENVIRONMENTS = (
    (Environment.REHEARSAL, "Nobody: a rehearsal"),
    (Environment.TEST, "Nobody: a test server"),
    (Environment.PRODUCTION, "Readers: this is production"),
)


class EndpointForm(Sheet):
    """Asks for an endpoint, or changes one. `accepted` is told once it is kept; its secret goes to the keyring alone.

    A secret that is left empty while one is changed stays as it is.
    """

    def __init__(
        self,
        workspace: "Workspace",
        credentials: "Credentials",
        tasks: "Tasks",
        parent: QWidget | None,
        endpoint: Endpoint | None = None,
    ) -> None:
        title = tr("Connect to where you publish") if endpoint is None else tr("Change this endpoint")
        super().__init__(title, tr("Add endpoint") if endpoint is None else tr("Save"), parent)
        self._workspace = workspace
        self._credentials = credentials
        self._tasks = tasks
        self._before = endpoint
        self._id = endpoint.id if endpoint else new_id()
        self._proved: Mapping[str, str] = {}
        self._make_fields()
        self._place_fields()
        if endpoint is not None:
            self._fill(endpoint)
        self._on_kind()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.test.clicked.connect(self._on_test)
        self.browse.clicked.connect(self._on_browse)
        self.plugin.clicked.connect(self._on_plugin)
        self.confirmed.connect(self._on_confirmed)
        (self.kind if endpoint is None else self.name).setFocus()

    def _make_fields(self) -> None:
        self.kind = Choice(tr("What answers there"))
        for each in KINDS:
            self.kind.addItem(tr(each.name), each.kind.value)
        self.purpose = Label(kind=Kind.SOFT, wraps=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Such as: Main site"))
        self.url = QLineEdit()
        self.browse = Button("", icon("folder-open"), tip=tr("Choose a folder"))
        self.browse.setAccessibleName(tr("Choose a folder"))
        self.environment = Choice(tr("Who reads it"))
        for environment, words in _ENVIRONMENTS:
            self.environment.addItem(tr(words), environment.value)
        self.account = QLineEdit()
        self.region = QLineEdit()
        self.region.setPlaceholderText("us-east-1")
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        kept = self._before is not None and self._before.secret_source is SecretSource.KEYRING
        hint = (
            tr("Left as it is unless you type another") if kept else tr("Kept in the system's keyring, never in a file")
        )
        self.secret.setPlaceholderText(hint)
        self.test = Button(tr("Test connection"), icon("plug"), tip=tr("Ask what it can do. Nothing is published"))
        self.plugin = Button(tr("Save the plugin…"), icon("download"))
        self.plugin.setToolTip(tr("A small plugin for the site: it opens the consent gates for readers"))
        self.answer = Label(wraps=True)
        for button in (self.browse, self.test, self.plugin):
            button.setAutoDefault(False)

    def _place_fields(self) -> None:
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.url, 1)
        row.addWidget(self.browse)
        tools = QHBoxLayout()
        tools.addWidget(self.test)
        tools.addWidget(self.plugin)
        tools.addStretch(1)
        self.form.addRow(tr("&What answers there"), self.kind)
        self.form.addRow("", self.purpose)
        self.form.addRow(tr("&Name"), self.name)
        self.form.addRow("-", self._where)
        self.form.addRow(tr("Who &reads it"), self.environment)
        self.form.addRow("-", self.account)
        self.form.addRow("-", self.region)
        self.form.addRow("-", self.secret)
        self.form.addRow("", tools)
        self.form.addRow(self.answer)
        self.setMinimumWidth(560)
        self.name.setAccessibleName(tr("Name"))

    def _fill(self, endpoint: Endpoint) -> None:
        self.kind.setCurrentIndex(max(self.kind.findData(endpoint.kind.value), 0))
        # Another kind at the same address is another endpoint: what waits was made for this one.
        self.kind.setEnabled(False)
        self.name.setText(endpoint.name)
        self.url.setText(endpoint.url)
        self.environment.setCurrentIndex(self.environment.findData(endpoint.environment.value))
        self.account.setText(endpoint.account)
        self.region.setText(endpoint.detail("region"))

    def chosen(self) -> KindOfEndpoint:
        """Return what is said to answer there."""
        return KINDS[self.kind.currentIndex()]

    def endpoint(self) -> Endpoint:
        """Return what the form says; raises InvalidValue for an address that is none."""
        from desktop.publish.address import check_url  # noqa: PLC0415 - after the first paint

        kind = self.chosen()
        source = self._before.secret_source if self._before else SecretSource.NONE
        stated = Endpoint(
            id=self._id,
            name=self.name.text().strip() or self.url.text().strip(),
            url=check_url(self.url.text(), is_folder=kind.is_folder),
            environment=Environment(self.environment.currentData()),
            kind=kind.kind,
            secret_source=SecretSource.KEYRING if self.secret.text() else source,
            account=self.account.text().strip() if kind.account else "",
        )
        if self._before is not None:
            is_same_place = (stated.url, stated.environment) == (self._before.url, self._before.environment)
            instance = self._before.instance if is_same_place else None
            stated = replace(
                stated, instance=instance, secret_name=self._before.secret_name, details=self._before.details
            )
        return stated.with_details(region=self.region.text().strip() if kind.region else "", **self._proved)

    def _on_kind(self) -> None:
        kind = self.chosen()
        self.purpose.setText(tr(kind.purpose))
        self.url.setPlaceholderText(tr(kind.example))
        for field, label in (
            (self._where, kind.address),
            (self.account, kind.account),
            (self.region, kind.region),
            (self.secret, kind.secret),
        ):
            self.form.setRowVisible(field, bool(label))
            words = tr(label) if label else ""
            shown = self.form.labelForField(field)
            if isinstance(shown, QWidget):
                shown.setProperty("text", words)
            (self.url if field is self._where else field).setAccessibleName(words.replace("&", ""))
        self.browse.setVisible(kind.is_folder)
        self.plugin.setVisible(kind.has_plugin)
        self._proved = {}
        self.answer.clear()

    def _on_browse(self) -> None:
        self._folders = QFileDialog(self, tr("Publish into a folder"))
        self._folders.setFileMode(QFileDialog.FileMode.Directory)
        self._folders.fileSelected.connect(self.url.setText)
        self._folders.open()

    def _on_plugin(self) -> None:
        self._files = QFileDialog(self, tr("Save the plugin"))
        self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._files.selectFile("newsroom-console.zip")
        self._files.fileSelected.connect(self.save_plugin)
        self._files.open()

    def save_plugin(self, name: str) -> None:
        """Write the plugin a WordPress site may install."""
        from desktop.publish.wordpress.plugin import plugin_archive  # noqa: PLC0415 - rarely needed

        try:
            Path(name).write_bytes(plugin_archive())
        except OSError as error:
            self._say(tr("{file} cannot be written: {reason}.").format(file=name, reason=error.strerror), Kind.DANGER)
        else:
            said = tr("Saved. Upload it in WordPress under Plugins, Add New, Upload Plugin, then test the connection.")
            self._say(said, Kind.SUCCESS)

    # The test

    def _on_test(self) -> None:
        try:
            endpoint = self.endpoint()
        except Problem as problem:
            self._say(str(problem), Kind.DANGER)
            return
        self._say(tr("Asking {address} …").format(address=endpoint.url), Kind.SOFT)
        self.test.setEnabled(False)
        self._tasks.start(self._probe(endpoint), "test of an endpoint")

    async def _probe(self, endpoint: Endpoint) -> None:
        from desktop.publish.probe import probe  # noqa: PLC0415 - the HTTP client is only needed here

        try:
            self._tell(await probe(endpoint, await self._typed_or_kept(endpoint)))
        except Problem as problem:
            self._say(str(problem), Kind.DANGER)
        finally:
            self.test.setEnabled(True)

    async def _typed_or_kept(self, endpoint: Endpoint) -> str | None:
        if self.secret.text():
            return self.secret.text()
        return await self._tasks.in_thread(self._credentials.read, endpoint)

    def _tell(self, result: "ProbeResult") -> None:
        self._proved = dict(result.details)
        marks = ("✓" if each.is_proved else "✗" for each in result.capabilities)
        lines = (f"{mark} {each.sentence}" for mark, each in zip(marks, result.capabilities, strict=True))
        self._say("\n".join((result.sentence, *lines)), Kind.SUCCESS if result.is_ok else Kind.DANGER)

    def _say(self, text: str, kind: Kind) -> None:
        self.answer.set_kind(kind)
        self.answer.setText(text)
        # A dialog keeps its height when a wrapped label of it grows.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    # Keeping it

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
            if self._before is None:
                self._workspace.remove_endpoint(endpoint.id)
            else:
                self._workspace.add_endpoint(self._before)
            self.show_problem(problem)
            self.deed.setEnabled(True)
        else:
            self.accept()
