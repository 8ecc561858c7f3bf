"""What the pages of the settings work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.theme.tokens import Scheme

if TYPE_CHECKING:  # the store's and the network's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Room:
    """An open workspace, and whoever dresses the console: `wear(scheme, scale)` shows all of it in another look."""

    workspace: "Workspace"
    credentials: "Credentials"
    tasks: "Tasks"
    changes: "ChangeBridge"
    wear: Callable[[Scheme, float], object]
