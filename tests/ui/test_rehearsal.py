from pathlib import Path

from desktop.domain.endpoint import Environment
from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace
from ui import rehearsal


def test_the_endpoint_is_one_however_often_the_console_starts(tmp_path: Path, desk_workspace: Workspace) -> None:
    for _ in range(2):
        credentials = Credentials()
        server = rehearsal.start(tmp_path, desk_workspace, credentials)
        try:
            (endpoint,) = desk_workspace.endpoints()
            assert endpoint.url == server.url
            assert endpoint.environment is Environment.REHEARSAL
            assert credentials.read(endpoint) == server.token
        finally:
            server.stop()
