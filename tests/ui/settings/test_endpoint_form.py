import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.domain.status import Status
from desktop.publish.credentials import Credentials
from desktop.publish.runner import Runner
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.workspace import Workspace
from ui.settings.endpoint_form import EndpointForm
from ui.settings.endpoint_kinds import KINDS
from ui.tasks import Tasks
from ui.window import Window


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_connection_is_tested_against_the_real_thing_and_added(
    holder: QWidget, qtbot: QtBot, desk_workspace: Workspace, tasks: Tasks, tmp_path: Path
) -> None:
    server = RehearsalEndpoint(tmp_path / "server")
    server.start()
    try:
        form = EndpointForm(desk_workspace, Credentials(), tasks, holder)
        form.open()
        form.name.setText("Practice")
        form.url.setText(server.url)
        form.secret.setText("not the secret")
        form.test.click()
        qtbot.waitUntil(form.test.isEnabled, timeout=10_000)
        refused = form.answer.text()
        assert form.answer.property("kind") == "danger"
        form.secret.setText(server.token)
        form.test.click()
        qtbot.waitUntil(lambda: form.test.isEnabled() and form.answer.property("kind") == "success", timeout=10_000)
        assert form.answer.text() != refused
        form.secret.clear()
        with qtbot.waitSignal(form.accepted):
            form.deed.click()
    finally:
        server.stop()
    (endpoint,) = desk_workspace.endpoints()
    assert endpoint.environment is Environment.REHEARSAL
    assert endpoint.secret_source is SecretSource.NONE


def test_an_address_that_is_none_is_said_in_the_form(holder: QWidget, desk_workspace: Workspace, tasks: Tasks) -> None:
    form = EndpointForm(desk_workspace, Credentials(), tasks, holder)
    form.open()
    form.name.setText("Main site")
    form.url.setText("not an address")
    form.test.click()
    assert "not an address" in form.answer.text()
    form.deed.click()
    assert "not an address" in form.trouble.text()
    assert form.isVisible()
    assert desk_workspace.endpoints() == ()
    form.reject()


def test_each_kind_asks_only_for_what_it_needs(holder: QWidget, desk_workspace: Workspace, tasks: Tasks) -> None:
    form = EndpointForm(desk_workspace, Credentials(), tasks, holder)
    form.open()
    asked = {}
    for number, kind in enumerate(KINDS):
        form.kind.setCurrentIndex(number)
        fields = {"account": form.account, "region": form.region, "secret": form.secret, "folder": form.browse}
        asked[kind.kind] = {name for name, field in fields.items() if field.isVisible()}
        assert form.plugin.isVisible() is (kind.kind is EndpointKind.WORDPRESS)
    assert asked == {
        EndpointKind.NATIVE: {"secret"},
        EndpointKind.WORDPRESS: {"account", "secret"},
        EndpointKind.S3: {"account", "region", "secret"},
        EndpointKind.HTTP_PUT: {"account", "secret"},
        EndpointKind.FOLDER: {"folder"},
    }
    form.reject()


def test_a_folder_is_tested_added_and_published_to_from_the_window(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace, tasks: Tasks, tmp_path: Path
) -> None:
    form = EndpointForm(desk_workspace, Credentials(), tasks, window)
    form.open()
    form.kind.setCurrentIndex(next(at for at, each in enumerate(KINDS) if each.kind is EndpointKind.FOLDER))
    form.name.setText("Shared folder")
    form.url.setText(str(tmp_path))
    form.test.click()
    qtbot.waitUntil(lambda: form.test.isEnabled() and form.answer.property("kind") == "success", timeout=20_000)
    assert "✓" in form.answer.text()
    with qtbot.waitSignal(form.accepted):
        form.deed.click()
    place = next(each for each in desk_workspace.endpoints() if each.name == "Shared folder")
    window.desk.open_coverage(coverage.id)
    window.desk.choose_endpoint(place)
    ready = next(row for row in desk_workspace.timeline(coverage.id, place.id) if row.status is Status.READY)
    window.desk.choose_entry(ready.id)
    window.desk.publish_entry()
    runner = Runner(desk_workspace.store, Credentials(), desk_workspace.tell)
    sending = tasks.start(runner.drain(place.id), "outbox")
    qtbot.waitUntil(sending.done, timeout=30_000)
    sent = desk_workspace.timeline_row(ready.id, place.id)
    assert sent is not None
    assert sent.status is Status.LIVE
    (page,) = tmp_path.rglob("index.html")
    assert ready.headline in page.read_text(encoding="utf-8")


def test_a_change_keeps_the_secret_and_the_pinned_server_unless_the_place_is_another(
    holder: QWidget, desk_workspace: Workspace, tasks: Tasks
) -> None:
    pinned = Endpoint(
        id=new_id(),
        name="Practice",
        url="http://127.0.0.1:9",
        environment=Environment.REHEARSAL,
        instance=new_id(),
        secret_source=SecretSource.VARIABLE,
        secret_name="PRACTICE_SECRET",
    )
    desk_workspace.add_endpoint(pinned)
    form = EndpointForm(desk_workspace, Credentials(), tasks, holder, pinned)
    form.name.setText("Rehearsal room")
    assert form.endpoint() == replace(pinned, name="Rehearsal room")
    form.url.setText("http://127.0.0.1:10")
    assert form.endpoint().instance is None
    assert not form.kind.isEnabled()
    form.reject()


def test_the_plugin_for_wordpress_is_saved(
    holder: QWidget, desk_workspace: Workspace, tasks: Tasks, tmp_path: Path
) -> None:
    form = EndpointForm(desk_workspace, Credentials(), tasks, holder)
    form.save_plugin(str(tmp_path / "plugin.zip"))
    with zipfile.ZipFile(tmp_path / "plugin.zip") as saved:
        assert any(name.endswith(".php") for name in saved.namelist())
    form.save_plugin(str(tmp_path / "nowhere" / "plugin.zip"))
    assert "cannot be written" in form.answer.text()
    form.reject()
