"""The rehearsal endpoint inside the console: it runs beside the window and stands in the workspace like any other."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id

if TYPE_CHECKING:  # the store's and the server's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.rehearsal.server import RehearsalEndpoint
    from desktop.workspace import Workspace

NAME: Final = "Rehearsal on this computer"
_FOLDER: Final = "rehearsal"
_SETTING: Final = "embedded_rehearsal"


def start(folder: Path, workspace: "Workspace", credentials: "Credentials") -> "RehearsalEndpoint":
    """Serve, and configure the endpoint with the address it has this time; its token is lent, never kept."""
    from desktop.rehearsal.server import RehearsalEndpoint  # noqa: PLC0415 - after the first paint

    server = RehearsalEndpoint(folder / _FOLDER)
    server.start()
    try:
        endpoint = _endpoint(workspace, server.url)
        workspace.add_endpoint(endpoint)
        workspace.save_setting(_SETTING, str(endpoint.id))
        credentials.lend(endpoint, server.token)
    except BaseException:
        server.stop()
        raise
    return server


def _endpoint(workspace: "Workspace", url: str) -> Endpoint:
    known = workspace.setting(_SETTING)
    configured = workspace.endpoints()
    for endpoint in configured:
        if str(endpoint.id) == known:
            return replace(endpoint, url=url)
    taken = {endpoint.name for endpoint in configured}
    name = next(
        name for name in (NAME, *(f"{NAME} {count}" for count in range(2, len(taken) + 3))) if name not in taken
    )
    return Endpoint(id=new_id(), name=name, url=url, environment=Environment.REHEARSAL)
