import threading
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, Paragraph
from desktop.domain.change import Change
from desktop.domain.entry import Entry, Stage
from desktop.domain.problem import Problem
from desktop.domain.text import plain, text
from tests.ui.editor.conftest import Desk
from ui.editor.autosave import BEHIND, PAUSE, Autosave
from ui.editor.state import State, state_of
from ui.tasks import Tasks


class Told:
    """Keeps the changes a workspace tells, with the thread they were committed on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.said: list[str] = []
        self.threads: set[int] = set()
        desk.workspace.listen(self.hear)

    def hear(self, change: Change) -> None:
        self.threads.add(threading.get_ident())
        self.said.append(said(self.desk.workspace.entry(change.entry_ids[0])))


def said(entry: Entry) -> str:
    return " ".join(plain(block.text) for block in entry.blocks if isinstance(block, Paragraph))


def state(desk: Desk, words: str) -> State:
    return replace(state_of(desk.entry), blocks=(Paragraph(text(words)),))


def made(desk: Desk, tasks: Tasks) -> Autosave:
    autosave = Autosave("me", tasks)
    autosave.attach(desk.workspace, tasks)
    return autosave


def test_what_is_typed_is_saved_after_a_pause_off_the_gui_thread(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    autosave, told = made(desk, tasks), Told(desk)
    with qtbot.waitSignal(autosave.saved):
        autosave.put(desk.entry.id, state(desk, "one"))
    assert told.said == ["one"]
    assert told.threads.isdisjoint({threading.get_ident()})
    assert not autosave.is_dirty()


def test_continuous_typing_is_never_more_than_a_second_behind(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    autosave, told = made(desk, tasks), Told(desk)
    number = 0
    while not told.said and number < 60:
        number += 1
        autosave.put(desk.entry.id, state(desk, str(number)))
        qtbot.wait(50)
    assert told.said
    autosave.put(desk.entry.id, state(desk, "the last"))
    qtbot.waitUntil(lambda: not autosave.is_dirty())
    assert told.said[-1] == "the last"


def test_the_promised_times_are_kept() -> None:
    assert PAUSE < 500
    assert BEHIND < 1000


def test_flush_saves_now_and_an_older_save_on_its_way_never_wins(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    autosave, told = made(desk, tasks), Told(desk)
    for number in range(20):
        autosave.put(desk.entry.id, state(desk, f"{number} on its way"))
        autosave._save_soon()  # noqa: SLF001 - what the timer does
        autosave.put(desk.entry.id, state(desk, f"{number} flushed"))
        assert autosave.flush()
        assert said(desk.workspace.entry(desk.entry.id)) == f"{number} flushed"
    qtbot.waitUntil(lambda: not tasks.running())
    assert said(desk.workspace.entry(desk.entry.id)) == "19 flushed"
    order = [words for words in told.said if words.endswith("flushed")]
    assert order == [f"{number} flushed" for number in range(20)]


def test_what_somebody_else_changed_beside_the_text_stays(desk: Desk, tasks: Tasks) -> None:
    autosave = made(desk, tasks)
    autosave.put(desk.entry.id, state(desk, "one"))
    desk.workspace.mark_ready(desk.entry.id)
    assert autosave.flush()
    saved = desk.workspace.entry(desk.entry.id)
    assert saved.stage is Stage.READY
    assert said(saved) == "one"


def test_a_save_that_fails_keeps_the_text_and_says_so(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    autosave = made(desk, tasks)
    nobody = UUID(int=1)
    blocks: tuple[Block, ...] = (Paragraph(text("kept")),)
    with qtbot.waitSignal(autosave.failed) as failed:
        autosave.put(nobody, State("", datetime(2026, 11, 22, tzinfo=UTC), (), blocks))
    assert failed.args is not None
    assert isinstance(failed.args[0], Problem)
    assert autosave.is_dirty()
    assert not autosave.flush()
    autosave.put(desk.entry.id, state(desk, "another"))
    autosave.flush()
    assert said(desk.workspace.entry(desk.entry.id)) == "another" or autosave.is_dirty()


def test_it_knows_its_own_writing(desk: Desk, tasks: Tasks) -> None:
    autosave = made(desk, tasks)
    autosave.know(desk.entry.id, state_of(desk.entry))
    autosave.put(desk.entry.id, state(desk, "mine"))
    autosave.flush()
    mine = desk.workspace.entry(desk.entry.id)
    assert not autosave.is_news(mine)
    assert autosave.is_news(replace(mine, headline="theirs"))
    assert not autosave.is_news(replace(mine, stage=Stage.READY))


def test_what_somebody_else_wrote_is_handed_over_before_it_is_written_over(
    desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    autosave = made(desk, tasks)
    autosave.know(desk.entry.id, state_of(desk.entry))
    desk.workspace.save_draft(replace(desk.entry, headline="Theirs"))
    with qtbot.waitSignal(autosave.overwrote) as handed:
        autosave.put(desk.entry.id, state(desk, "mine"))
    assert handed.args is not None
    assert handed.args[0].headline == "Theirs"
    qtbot.waitUntil(lambda: not autosave.is_dirty())
    with qtbot.assertNotEmitted(autosave.overwrote):
        autosave.put(desk.entry.id, state(desk, "mine again"))
        autosave.flush()


def test_a_version_is_kept_every_ten_minutes_of_writing(desk: Desk, tasks: Tasks) -> None:
    now = [0.0]
    autosave = Autosave("me", tasks, clock=lambda: now[0])
    autosave.attach(desk.workspace, tasks)
    for minute in range(0, 31, 5):
        now[0] = minute * 60.0
        autosave.put(desk.entry.id, state(desk, f"minute {minute}"))
        assert autosave.flush()
    kept = desk.workspace.revisions(desk.entry.id)
    assert [said(each.entry) for each in kept] == ["minute 30", "minute 20", "minute 10"]
    now[0] += 3_600
    autosave.put(desk.entry.id, state(desk, "an hour later"))
    assert autosave.flush()
    assert len(desk.workspace.revisions(desk.entry.id)) == 3
