from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.sealed.browser import SealedBrowser
from ui.sealed.scheme import Served
from ui.tasks import Tasks

LINKS = b"""<!doctype html><style>a, button { display: block; height: 60px } body { margin: 0 }</style>
<a href="https://here.example/">here</a><a href="https://new.example/" target="_blank">new</a>
<a href="file:///etc/passwd">file</a><button onclick="open('https://popup.example/')">popup</button>"""


class Outside(QObject):
    """Stands in for the system's browser, and keeps what it was asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")  # type: ignore[arg-type] # the stub asks for bytes, which PySide refuses
    yield made
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def window(tasks: Tasks) -> Iterator[tuple[QLineEdit, SealedBrowser]]:
    """A field with the caret in it, above a browser."""
    made = QWidget()
    field, browser = QLineEdit(made), SealedBrowser(tasks, made)
    layout = QVBoxLayout(made)
    layout.addWidget(field)
    layout.addWidget(browser, 1)
    made.resize(400, 500)
    made.show()
    field.setFocus()
    yield field, browser
    browser.leave()
    made.close()
    made.deleteLater()


def test_a_click_leads_outside_and_the_page_stays(
    window: tuple[QLineEdit, SealedBrowser], outside: Outside, qtbot: QtBot
) -> None:
    field, browser = window
    browser.say("loader", "Rendering the page …")
    session = browser.visit({"index.html": Served("text/html", LINKS)}.get, "page")
    failures: list[str] = []
    browser.failed.connect(failures.append)
    with qtbot.waitSignal(browser.loaded, timeout=30_000):
        session.open()
    browser.show_page()
    qtbot.wait(300)
    # A page that arrives takes nothing from the person who is typing.
    assert field.hasFocus()
    target = browser.view_for_input()
    assert target is not None
    for row, expected in enumerate((["https://here.example/"], ["https://new.example/"], [], [])):
        outside.opened.clear()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(20, 30 + 60 * row))
        qtbot.wait(400)
        assert outside.opened == expected
    assert failures == []
    assert session.page.url().toString() == "coverage://page/"
    assert browser.is_showing_page()
    assert {each.host for each in session.requests} == {"page"}


def test_words_stand_in_for_the_page_and_offer_what_to_do(window: tuple[QLineEdit, SealedBrowser]) -> None:
    _, browser = window
    pressed: list[bool] = []

    def again() -> None:
        pressed.append(True)

    browser.say("circle-alert", "The page <b>failed</b>.", "Try again", again)
    assert browser.words() == "The page <b>failed</b>."
    assert not browser.is_showing_page()
    browser.press()
    assert pressed == [True]


def test_a_page_does_not_hold_the_window_open(window: tuple[QLineEdit, SealedBrowser], qtbot: QtBot) -> None:
    _, browser = window
    whole = browser.window()
    session = browser.visit({"index.html": Served("text/html", LINKS)}.get, "page")
    with qtbot.waitSignal(browser.loaded, timeout=30_000):
        session.open()
    browser.show_page()
    for width in (900, 400):
        whole.resize(width, 500)
        qtbot.wait(50)
        assert whole.width() == width
        assert whole.minimumSizeHint().width() < 400
