import threading

from pytestqt.qtbot import QtBot

from desktop.domain.change import Change, ChangeKind, Listener, Listeners
from ui.changes import ChangeBridge


class Telling:
    def __init__(self) -> None:
        self.listeners = Listeners()

    def listen(self, method: Listener) -> None:
        self.listeners.add(method)


def test_a_change_told_in_a_thread_arrives_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    telling, bridge = Telling(), ChangeBridge()
    bridge.attach(telling)
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
    bridge.deleteLater()
