import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.change import Change, ChangeKind, Listener, Listeners
from desktop.domain.identity import new_id
from ui.changes import ChangeBridge, merged


class Telling:
    def __init__(self) -> None:
        self.listeners = Listeners()

    def listen(self, method: Listener) -> None:
        self.listeners.add(method)


@pytest.fixture
def telling() -> Telling:
    return Telling()


@pytest.fixture
def bridge(qtbot: QtBot, telling: Telling) -> Iterator[ChangeBridge]:
    del qtbot
    made = ChangeBridge()
    made.attach(telling)
    yield made
    made.deleteLater()


def test_a_change_told_in_a_thread_arrives_on_the_gui_thread_in_order(
    qtbot: QtBot, telling: Telling, bridge: ChangeBridge
) -> None:
    heard: list[tuple[Change, threading.Thread]] = []

    def keep(change: Change) -> None:
        heard.append((change, threading.current_thread()))

    bridge.changed.connect(keep)
    changes = [Change(kind) for kind in ChangeKind]

    def tell() -> None:
        for change in changes:
            telling.listeners.tell(change)

    thread = threading.Thread(target=tell)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(heard) == len(changes))
    assert [change for change, _ in heard] == changes
    assert {where for _, where in heard} == {threading.main_thread()}


def test_a_burst_is_told_once_for_each_kind_and_coverage(qtbot: QtBot, telling: Telling, bridge: ChangeBridge) -> None:
    heard: list[Change] = []
    bridge.changed.connect(heard.append)
    page, other, entries = new_id(), new_id(), [new_id() for _ in range(40)]
    for entry_id in entries:
        telling.listeners.tell(Change(ChangeKind.ENTRIES, page, (entry_id,)))
        telling.listeners.tell(Change(ChangeKind.OUTBOX, page, (entry_id,)))
    telling.listeners.tell(Change(ChangeKind.ENTRIES, other))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [
        Change(ChangeKind.ENTRIES, page, tuple(entries)),
        Change(ChangeKind.OUTBOX, page, tuple(entries)),
        Change(ChangeKind.ENTRIES, other),
    ]
    telling.listeners.tell(Change(ChangeKind.OUTBOX, page))
    qtbot.waitUntil(lambda: len(heard) == 4)


def test_a_closed_bridge_is_silent(qtbot: QtBot, telling: Telling, bridge: ChangeBridge) -> None:
    heard: list[Change] = []
    bridge.changed.connect(heard.append)
    telling.listeners.tell(Change(ChangeKind.OUTBOX))
    bridge.close()
    telling.listeners.tell(Change(ChangeKind.OUTBOX))
    qtbot.wait(80)
    assert heard == []


def test_an_initiator_is_kept_only_when_all_agree() -> None:
    me, page, one, two = object(), new_id(), new_id(), new_id()
    first = Change(ChangeKind.ENTRIES, page, (one,), me)
    assert merged(first, Change(ChangeKind.ENTRIES, page, (two, one), me)) == Change(
        ChangeKind.ENTRIES, page, (one, two), me
    )
    assert merged(first, Change(ChangeKind.ENTRIES, page, (two,))).by is None
