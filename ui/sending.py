"""The outbox runner inside the console: woken by every change but its own."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from desktop.domain.change import Change, ChangeKind
from desktop.publish.runner import Runner

if TYPE_CHECKING:
    from desktop.publish.credentials import Credentials
    from desktop.workspace import Workspace

_WAKING: Final = frozenset({ChangeKind.OUTBOX, ChangeKind.ENDPOINTS})


class Sending:
    """Joins a workspace's outbox to a runner. Whoever changes the outbox, on whatever thread, wakes it at once."""

    def __init__(self, workspace: "Workspace", credentials: "Credentials") -> None:
        self._workspace = workspace
        self.runner = Runner(workspace.store, credentials, self._tell)
        workspace.listen(self._on_told)

    def _tell(self, change: Change) -> None:
        self._workspace.tell(replace(change, by=self))

    def _on_told(self, change: Change) -> None:
        # What the runner wrote itself it knows: looking again would read the whole outbox for every item sent.
        if change.kind in _WAKING and change.by is not self:
            self.runner.wake()
