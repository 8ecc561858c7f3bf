from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.domain.problem import Problem
from desktop.workspace import Workspace
from ui.backups import Backups
from ui.tasks import Tasks


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "desk" / "backups").glob("*.sqlite"))


def test_a_backup_is_made_when_one_is_due_and_no_other(
    desk_workspace: Workspace, tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    backups = Backups(desk_workspace.store, tasks)
    told: list[datetime] = []
    backups.made.connect(told.append)
    backups.look()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert len(kept(tmp_path)) == 1
    backups.look()
    qtbot.waitUntil(lambda: not tasks.running())
    assert len(kept(tmp_path)) == len(told) == 1
    backups.stop()
    backups.deleteLater()


def test_a_backup_that_cannot_be_written_is_told(
    desk_workspace: Workspace, tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "desk" / "backups").write_text("a file where the folder should be")
    backups = Backups(desk_workspace.store, tasks)
    troubles: list[BaseException] = []
    tasks.failed.connect(troubles.append)
    backups.look()
    qtbot.waitUntil(lambda: len(troubles) == 1)
    assert isinstance(troubles[0], Problem)
    assert "backup" in str(troubles[0])
    backups.stop()
    backups.deleteLater()
