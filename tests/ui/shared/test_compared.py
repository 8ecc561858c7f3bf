from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Paragraph
from desktop.domain.comparison import compare
from desktop.domain.entry import Entry
from desktop.domain.text import text
from ui.shared.compared import Compared, counted

LONDON = ZoneInfo("Europe/London")
ENTRY = Entry(
    id=UUID(int=1),
    coverage_id=UUID(int=2),
    at=datetime(2026, 7, 22, 10, 30, tzinfo=UTC),
    headline="Bridge shut",
    blocks=(Paragraph(text("The bridge shut at noon.")), Paragraph(text("<b>Buses</b> go round."))),
)
LATER = replace(
    ENTRY,
    at=datetime(2026, 7, 22, 11, 0, tzinfo=UTC),
    blocks=(Paragraph(text("The bridge shut at one.")), Paragraph(text("Schools stay open."))),
)


def looks(shown: Compared, words: str) -> tuple[bool, bool]:
    """Return whether words are underlined and struck through."""
    found = shown.document().find(words, 0)
    assert isinstance(found, QTextCursor)
    assert not found.isNull()
    return found.charFormat().fontUnderline(), found.charFormat().fontStrikeOut()


def test_what_came_and_went_is_told_in_words_and_marks(qtbot: QtBot) -> None:
    shown = Compared("What changed")
    qtbot.addWidget(shown)
    shown.show_changes(compare(ENTRY, LATER), LONDON)
    assert shown.toPlainText().splitlines() == [
        "Headline  Bridge shut",
        "− Removed · Time  Wed 22 Jul 11:30:00 BST",
        "+ Added · Time  Wed 22 Jul 12:00:00 BST",
        "± Changed  The bridge shut at noonone.",
        "− Removed  <b>Buses</b> go round.",
        "+ Added  Schools stay open.",
    ]
    assert looks(shown, "noon") == (False, True)
    assert looks(shown, "one") == (True, False)
    assert looks(shown, "The bridge") == (False, False)
    assert shown.accessibleDescription() == "Lines: 1 reworded, 2 added, 2 removed."


def test_equal_versions_say_so(qtbot: QtBot) -> None:
    shown = Compared("What changed")
    qtbot.addWidget(shown)
    shown.show_changes(compare(ENTRY, ENTRY), LONDON)
    assert counted(compare(ENTRY, ENTRY)) == "Both versions say the same."
    assert "Removed" not in shown.toPlainText()
