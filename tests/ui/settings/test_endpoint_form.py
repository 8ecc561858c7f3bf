from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.endpoint import Environment, SecretSource
from desktop.publish.credentials import Credentials
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.workspace import Workspace
from ui.settings.endpoint_form import EndpointForm
from ui.tasks import Tasks


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
