import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Heading, List, Paragraph, Prose, Quote
from desktop.domain.text import Span, text
from tests.strategies import PROSE
from ui.editor import prose_surface
from ui.editor.lines import Kind, Line, lines_of, prose_of, settle
from ui.editor.prose_document import read_line, read_lines
from ui.editor.prose_edit import ProseEdit

RUNS = st.lists(PROSE, max_size=5).map(lambda blocks: settle(lines_of(blocks))).filter(bool).map(prose_of)  # type: ignore[arg-type]  # PROSE draws prose alone, typed as blocks

# Hypothesis writes in scripts this computer may have no font for.
pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")


@pytest.fixture
def edit(qtbot: QtBot) -> ProseEdit:
    made = ProseEdit()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def shown(edit: ProseEdit, *prose: Prose, caret: int = 0, anchor: int | None = None) -> None:
    edit.show_prose(prose)
    edit.set_caret(caret if anchor is None else anchor, caret)


def press(edit: ProseEdit, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(edit, key, modifier)


def is_whole(edit: ProseEdit) -> bool:
    """Whether what the surface says it shows is what its document holds, each character dressed for its line."""
    return read_lines(edit.document()) == edit.lines() == tuple(edit._lines)  # noqa: SLF001 - the cache under test


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNS, RUNS)
def test_any_prose_comes_back_from_the_document(
    edit: ProseEdit, first: tuple[Prose, ...], then: tuple[Prose, ...]
) -> None:
    for prose in (first, then, first):
        edit.show_prose(prose)
        assert edit.prose() == prose
        assert is_whole(edit)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("## Roads", Heading(text("Roads"))),
        ("- Roads", List((text("Roads"),))),
        ("* Roads", List((text("Roads"),))),
        ("1. Roads", List((text("Roads"),), ordered=True)),
        ("> Roads", Quote(text("Roads"))),
        ("Roads - and rail", Paragraph(text("Roads - and rail"))),
    ],
)
def test_first_characters_make_the_line(edit: ProseEdit, typed: str, expected: Prose) -> None:
    QTest.keyClicks(edit, typed)
    assert edit.prose() == (expected,)
    assert is_whole(edit)


def test_enter_continues_a_list_and_an_empty_item_leaves_it(edit: ProseEdit) -> None:
    QTest.keyClicks(edit, "- a")
    press(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "b")
    press(edit, Qt.Key.Key_Return)
    press(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "c")
    assert edit.prose() == (List((text("a"), text("b"))), Paragraph(text("c")))


def test_enter_after_a_heading_makes_a_paragraph(edit: ProseEdit) -> None:
    QTest.keyClicks(edit, "## Roads")
    press(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "All open.")
    assert edit.prose() == (Heading(text("Roads")), Paragraph(text("All open.")))
    assert is_whole(edit)


def test_enter_in_a_quote_goes_to_its_source_and_on(edit: ProseEdit) -> None:
    QTest.keyClicks(edit, "> We left")
    press(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "A resident")
    press(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Later")
    assert edit.prose() == (Quote(text("We left"), "A resident"), Paragraph(text("Later")))


def test_enter_inside_a_paragraph_cuts_it(edit: ProseEdit) -> None:
    shown(edit, Paragraph((Span("one "), Span("two", bold=True))), caret=5)
    press(edit, Qt.Key.Key_Return)
    assert edit.prose() == (
        Paragraph((Span("one "), Span("t", bold=True))),
        Paragraph((Span("wo", bold=True),)),
    )


def test_shift_enter_breaks_the_line_inside_the_paragraph(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("ab")), caret=1)
    press(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert edit.prose() == (Paragraph(text("a\nb")),)


def test_backspace_takes_the_kind_away_first(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("a")), Heading(text("b")), caret=2)
    press(edit, Qt.Key.Key_Backspace)
    assert edit.prose() == (Paragraph(text("a")), Paragraph(text("b")))
    press(edit, Qt.Key.Key_Backspace)
    assert edit.prose() == (Paragraph(text("ab")),)
    assert is_whole(edit)


def test_backspace_at_the_very_start_asks_what_is_above(edit: ProseEdit, qtbot: QtBot) -> None:
    shown(edit, Paragraph(text("a")))
    with qtbot.waitSignal(edit.joined) as joined:
        press(edit, Qt.Key.Key_Backspace)
    assert joined.args == [-1]


def test_a_selection_across_a_quote_leaves_whole_lines(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("one")), Quote(text("two"), "Jo"), Paragraph(text("three")), anchor=1, caret=9)
    press(edit, Qt.Key.Key_Delete)
    assert settle(edit.lines()) == edit.lines()
    assert is_whole(edit)


def test_bold_goes_on_and_off_a_selection(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("return home now")), anchor=7, caret=11)
    press(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    bold = (Paragraph((Span("return "), Span("home", bold=True), Span(" now"))),)
    assert edit.prose() == bold
    assert edit.caret() == (7, 11)
    press(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert edit.prose() == (Paragraph(text("return home now")),)


def test_italic_without_a_selection_is_for_what_is_typed_next(edit: ProseEdit) -> None:
    QTest.keyClicks(edit, "a")
    press(edit, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "b")
    assert edit.prose() == (Paragraph((Span("a"), Span("b", italic=True))),)


def test_a_link_covers_the_selection_and_typing_after_it_is_no_link(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("Ask the agency")), anchor=8, caret=14)
    edit.set_link("https://example.org/")
    edit.set_caret(14, 14)
    QTest.keyClicks(edit, "!")
    assert edit.prose() == (Paragraph((Span("Ask the "), Span("agency", href="https://example.org/"), Span("!"))),)


def test_the_whole_link_is_selected_to_change_it(edit: ProseEdit) -> None:
    shown(edit, Paragraph((Span("a "), Span("link", href="https://example.org/"), Span(" b"))), caret=4)
    assert edit.select_link() == "https://example.org/"
    assert edit.caret() == (2, 6)
    edit.set_link("")
    assert edit.prose() == (Paragraph(text("a link b")),)


def test_a_kind_changes_lines_and_keeps_the_selection(edit: ProseEdit) -> None:
    shown(edit, Paragraph(text("one")), Paragraph(text("two")), anchor=1, caret=5)
    edit.set_kind(Kind.NUMBER, "Make numbered list")
    assert edit.prose() == (List((text("one"), text("two")), ordered=True),)
    assert edit.caret() == (1, 5)
    edit.set_kind(Kind.NUMBER, "Make numbered list")
    assert edit.prose() == (Paragraph(text("one")), Paragraph(text("two")))


def test_an_unfinished_composition_is_not_told(edit: ProseEdit, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(edit.edited):
        QCoreApplication.sendEvent(edit, QInputMethodEvent("にほ", []))
    assert edit.is_composing
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    with qtbot.waitSignal(edit.edited):
        QCoreApplication.sendEvent(edit, done)
    assert edit.prose() == (Paragraph(text("日本")),)
    assert not edit.is_composing


@pytest.mark.parametrize("size", [3, 300])
def test_a_key_reads_the_one_line_it_is_typed_in(edit: ProseEdit, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    shown(edit, *(Paragraph(text(f"line {number}")) for number in range(size)), caret=4)
    read: list[int] = []

    def counted(block: QTextBlock) -> tuple[Line, bool]:
        read.append(block.blockNumber())
        return read_line(block)

    monkeypatch.setattr(prose_surface, "read_line", counted)
    QTest.keyClicks(edit, "abc")
    assert read == [0, 0, 0]


def test_it_is_as_high_as_its_text(edit: ProseEdit) -> None:
    low = edit.height()
    shown(edit, *(Paragraph(text("line")) for _ in range(10)))
    assert edit.height() > low * 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    RUNS,
    st.lists(
        st.tuples(
            st.integers(0, 80),
            st.integers(0, 80),
            st.sampled_from(
                ["x", "-", " ", "enter", "back", "delete", "bold", "heading", "list", "quote", "cut", "soft"]
            ),
        ),
        max_size=12,
    ),
)
def test_keys_never_leave_the_surface_crooked(
    edit: ProseEdit, run: tuple[Prose, ...], keys: list[tuple[int, int, str]]
) -> None:
    edit.show_prose(run)
    for anchor, position, key in keys:
        edit.set_caret(anchor, position)
        match key:
            case "enter":
                press(edit, Qt.Key.Key_Return)
            case "soft":
                press(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            case "back":
                press(edit, Qt.Key.Key_Backspace)
            case "delete":
                press(edit, Qt.Key.Key_Delete)
            case "bold":
                edit.toggle_bold()
            case "heading":
                edit.set_kind(Kind.HEADING, "Make heading")
            case "list":
                edit.set_kind(Kind.BULLET, "Make list")
            case "quote":
                edit.set_kind(Kind.QUOTE, "Make quote")
            case "cut":
                cursor = edit.textCursor()
                cursor.movePosition(QTextCursor.MoveOperation.WordRight, QTextCursor.MoveMode.KeepAnchor)
                edit.setTextCursor(cursor)
                press(edit, Qt.Key.Key_Backspace)
            case _:
                QTest.keyClicks(edit, key)
        assert is_whole(edit)
        assert settle(edit.lines()) == edit.lines()
        assert lines_of(edit.prose()) == edit.lines()
