"""The board in the pane and in a window of its own, and one rehearsal through the real helper process."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.proof import Proof, Rehearsed, Standing, Went
from desktop.workspace import Workspace
from tests.ui.consent.simulator import FILM, POST
from ui import theme
from ui.consent.board import State
from ui.consent.board_model import FIRST, TITLE, WHOLE
from ui.consent.pane import ConsentPane


def workspace_of(pane: ConsentPane) -> Workspace:
    workspace = pane.prover.workspace
    assert workspace is not None
    return workspace


def keep(pane: ConsentPane, *failing: str) -> Proof:
    """Keep a whole proof of the page as it is, some rehearsals of which failed."""
    workspace, names = workspace_of(pane), pane.prover.board.layout.names()
    coverage_id = workspace.coverages()[0].id
    rehearsed = tuple(
        Rehearsed(name, name, Went.FAILED if name in failing else Went.HELD, "as it was") for name in names
    )
    parts = workspace.gated_parts(coverage_id)
    return workspace.keep_proof(Proof(new_id(), coverage_id, moment.now(), parts, rehearsed, len(names)))


def said(pane: ConsentPane, row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
    return pane.board.model.index(row, column).data(role)


def test_the_board_is_laid_out_before_anything_was_proved(board: ConsentPane) -> None:
    model, bar = board.board.model, board.board.bar
    assert said(board, 0, TITLE) == "First visit"
    assert said(board, 0, WHOLE) == "Not run"
    assert {model.headerData(at, Qt.Orientation.Horizontal) for at in range(FIRST, model.columnCount())} == {
        "Page",
        "X",
        "YouTube",
    }
    assert bar.age.text() == "This page was never proved."
    assert not bar.report.isEnabled()
    assert not bar.failure.isVisible()
    assert said(board, 0, FIRST + 1, Qt.ItemDataRole.AccessibleTextRole) == "Says nothing about this"


def test_a_kept_proof_shows_its_verdict_and_every_change_of_an_embed_its_age(board: ConsentPane, qtbot: QtBot) -> None:
    bar, workspace = board.board.bar, workspace_of(board)
    kept = keep(board)
    qtbot.waitUntil(lambda: bar.verdict.text() == kept.verdict)
    assert bar.verdict.text().startswith("0 third-party requests before consent")
    assert bar.age.text() == "Proved just now."
    assert said(board, 0, WHOLE) == "Held"
    entry = workspace.entries(kept.coverage_id)[0]
    workspace.save_draft(replace(entry, headline="The harbour says more"))
    workspace.save_draft(replace(entry, blocks=(replace(POST, quoted="It sank."), FILM)))
    qtbot.waitUntil(lambda: bar.age.text() == "Proved just now, before your last change.", timeout=20_000)
    assert board.prover.standing.standing is Standing.STALE


def test_what_failed_is_said_in_its_row_and_its_cell(board: ConsentPane, qtbot: QtBot) -> None:
    layout = board.prover.board.layout
    row = next(at for at, each in enumerate(layout.rows) if each.name == "accept-once")
    failing = layout.cell(row, 1)[0]
    keep(board, failing)
    qtbot.waitUntil(lambda: said(board, row, WHOLE) == "Failed: 1 of 2")
    column = FIRST + 1
    name = board.board.model.headerData(column, Qt.Orientation.Horizontal)
    assert said(board, row, column, Qt.ItemDataRole.AccessibleTextRole) == f"Accept once, {name}: Failed"
    board.board.bar.failure.click()
    assert board.board.table.currentIndex().row() == row
    cell = board.board.cell
    assert [cell.list.item(at).text() for at in range(cell.list.count())] == [
        "index.html · Failed. as it was",
        "index.html · Held. as it was",
    ]
    assert board.board.bar.verdict.text().startswith("1 of ")


def test_columns_give_way_in_the_narrow_pane_and_stand_in_the_window(board: ConsentPane, qtbot: QtBot) -> None:
    assert board.board.minimumSizeHint().width() <= 350
    assert board.minimumSizeHint().width() <= 350
    assert board.board.table.isColumnHidden(FIRST)
    board.open_board()
    window = board.board_window
    assert window is not None
    qtbot.waitUntil(lambda: not window.board.table.isColumnHidden(FIRST))
    assert window.board.model.rowCount() == board.board.model.rowCount()
    assert not window.board.bar.board.isVisible()
    board.open_board()
    assert board.board_window is window
    with qtbot.waitSignal(window.destroyed, timeout=20_000):
        window.close()
    assert board.board_window is None


def test_other_colours_and_larger_text_reach_the_board(board: ConsentPane, qtbot: QtBot, qapp: QApplication) -> None:
    keep(board)
    qtbot.waitUntil(lambda: said(board, 0, WHOLE) == "Held")
    before = board.board.table.rowHeight(0)
    theme.apply(qapp, theme.Scheme.DARK, 1.5)
    qtbot.waitUntil(lambda: board.board.table.rowHeight(0) > before)
    assert said(board, 0, WHOLE, Qt.ItemDataRole.ForegroundRole) == QColor(theme.tokens().success)
    assert board.minimumSizeHint().width() <= 350


class Opened(QObject):
    """Takes what would be opened in the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


def test_one_rehearsal_is_played_by_keyboard_kept_and_its_evidence_opened(board: ConsentPane, qtbot: QtBot) -> None:
    view = board.board
    view.table.setCurrentIndex(view.model.index(0, WHOLE))
    with qtbot.waitSignal(board.prover.ended, timeout=60_000):
        QTest.keyClick(view.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: said(board, 0, WHOLE) == "Running", timeout=20_000)
        assert view.bar.cancel.isVisible()
        assert not view.cell.run.isEnabled()
    qtbot.waitUntil(lambda: board.prover.standing.standing is Standing.PARTIAL, timeout=20_000)
    played = board.prover.board.layout.row(0)
    assert {board.prover.board.state(name) for name in played} == {State.HELD}
    assert view.bar.verdict.text() == f"0 third-party requests before consent, in {len(played)} rehearsals."
    assert f"{len(played)} of " in view.bar.age.text()
    kept = workspace_of(board).last_proof(workspace_of(board).coverages()[0].id)
    assert kept is not None
    assert [each.scenario for each in kept.rehearsed] == ["First visit"] * len(played)
    log = view.cell.log.said()
    assert any(request.endswith("reader.js") and party == "First" for request, party, _ in log)
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]  # the stubs say bytes, PySide takes a name
    try:
        view.bar.report.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.fileName() for url in opened.urls] == ["report.html"]


def test_a_run_is_cancelled_at_once_and_what_was_played_is_kept(board: ConsentPane, qtbot: QtBot) -> None:
    view = board.board
    with qtbot.waitSignal(board.prover.ended, timeout=60_000):
        view.bar.run_all.click()
        qtbot.waitUntil(lambda: bool(board.prover.board.playing), timeout=20_000)
        view.bar.cancel.click()
    assert view.bar.run_all.isVisible()
    assert not board.prover.is_running
    assert all(board.prover.board.state(name) is not State.RUNNING for name in board.prover.board.layout.names())


def test_another_page_empties_the_board(board: ConsentPane, qtbot: QtBot) -> None:
    other = workspace_of(board).create_coverage("Another page")
    board.show_coverage(other.id)
    age = "No embed on this page asks for consent."
    qtbot.waitUntil(lambda: board.board.bar.age.text() == age, timeout=20_000)
    board.show_coverage(None)
    qtbot.waitUntil(lambda: board.board.model.rowCount() == 0, timeout=20_000)
    assert not board.board.bar.run_all.isEnabled()
