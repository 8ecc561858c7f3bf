from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.text import Span, text
from tests.strategies import BLOCKS
from ui.editor.cards.card import Card
from ui.editor.cards.embed import EmbedCard
from ui.editor.cards.pictures import ImageCard
from ui.editor.history import Histories
from ui.editor.lines import Kind
from ui.editor.manuscript import Manuscript
from ui.editor.pictures import Pictures
from ui.editor.prose_document import read_lines
from ui.editor.prose_edit import ProseEdit
from ui.editor.rows import ABOVE, CARD, TEXT, Caret, blocks_of, rows_of
from ui.editor.state import State

# Hypothesis writes in scripts this computer may have no font for.
pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")

AT = datetime(2026, 11, 22, 10, 38, tzinfo=UTC)
NEW = (Image(), Gallery(()), Video(), Embed(), ContentWarning(""), VerificationNote(""), InternalNote(""))
STATES = st.lists(BLOCKS, max_size=4).map(lambda blocks: State("Headline", AT, ("Jo",), blocks_of(rows_of(blocks))))
ACTS = st.tuples(
    st.sampled_from(
        ["type", "field", "enter", "back", "kind", "bold", "insert", "up", "down", "remove", "undo", "redo", "paste"]
    ),
    st.integers(0, 5),
    st.integers(0, 50),
)


@pytest.fixture
def manuscript(qtbot: QtBot) -> Iterator[Manuscript]:
    made = Manuscript(Pictures())
    qtbot.addWidget(made)
    made.resize(600, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def begin(manuscript: Manuscript, *blocks: Block, headline: str = "Headline") -> QUndoStack:
    stack = QUndoStack(manuscript)
    manuscript.show_state(State(headline, AT, (), blocks_of(rows_of(blocks))), stack, "Europe/London")
    return stack


def caret(manuscript: Manuscript, segment: int, position: int, anchor: int | None = None) -> ProseEdit:
    manuscript.set_caret(Caret(segment, TEXT, position if anchor is None else anchor, position))
    prose = manuscript.canvas.prose(segment)
    assert prose is not None
    assert prose.hasFocus()
    return prose


def card(manuscript: Manuscript, segment: int) -> Card:
    part = manuscript.canvas.parts()[segment]
    assert isinstance(part, Card)
    return part


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClick(focused, key, modifier)


def type_(words: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, words)


def assert_view_shows_the_state(manuscript: Manuscript) -> None:
    assert manuscript.canvas.blocks() == manuscript.state.blocks
    seen: list[Block] = []
    for part in manuscript.canvas.parts():
        if isinstance(part, ProseEdit):
            assert read_lines(part.document()) == part.lines()
            seen += part.prose()
        else:
            seen.append(part.block())
    assert tuple(seen) == manuscript.state.blocks
    assert manuscript.heading.headline.plain() == manuscript.state.headline


def act(manuscript: Manuscript, deed: str, where: int, position: int) -> None:
    parts = manuscript.canvas.parts()
    segment = where % len(parts)
    part = parts[segment]
    if isinstance(part, ProseEdit):
        caret(manuscript, segment, position, position // 2 if where % 2 else None)
        act_in_text(part, deed, position)
    else:
        manuscript.set_caret(Caret(segment, CARD))
        act_in_card(part, deed, position)
    match deed:
        case "kind":
            manuscript.set_kind(list(Kind)[1 + position % 4], "Change")
        case "insert":
            manuscript.insert(NEW[position % len(NEW)])
        case "up":
            press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        case "down":
            press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        case "undo":
            manuscript.step(-1)
        case "redo":
            manuscript.step(1)
        case _:
            pass


def act_in_text(part: ProseEdit, deed: str, position: int) -> None:
    match deed:
        case "type":
            type_("- ab"[: 1 + position % 4])
        case "enter":
            press(Qt.Key.Key_Return)
        case "back":
            press(Qt.Key.Key_Backspace)
        case "bold":
            part.toggle_bold()
        case "paste":
            data = QMimeData()
            data.setText("one\ntwo" if position % 2 else "three")
            part.insertFromMimeData(data)
        case _:
            pass


def act_in_card(part: Card, deed: str, position: int) -> None:
    fields = [each for each in part.fields().values() if each.isEnabled()]
    match deed:
        case "field" if fields:
            fields[position % len(fields)].setFocus()
            type_("x")
        case "enter":
            press(Qt.Key.Key_Return)
        case "remove":
            press(Qt.Key.Key_Delete)
        case _:
            pass


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STATES, st.lists(ACTS, max_size=14))
def test_whatever_a_person_does_the_view_shows_the_state_and_undo_goes_all_the_way(
    manuscript: Manuscript, first: State, acts: list[tuple[str, int, int]]
) -> None:
    stack = QUndoStack(manuscript)
    manuscript.show_state(first, stack, "Europe/London")
    assert_view_shows_the_state(manuscript)
    for deed, where, position in acts:
        act(manuscript, deed, where, position)
        assert_view_shows_the_state(manuscript)
    while stack.canRedo():
        stack.redo()
    last = manuscript.state
    while stack.canUndo():
        stack.undo()
        assert_view_shows_the_state(manuscript)
    assert manuscript.state == first
    while stack.canRedo():
        stack.redo()
    assert manuscript.state == last
    assert_view_shows_the_state(manuscript)


def test_typing_within_a_second_is_one_step(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Paragraph(text("Roads")))
    caret(manuscript, 0, 5)
    type_(" open")
    assert stack.count() == 1
    assert stack.undoText() == "Typing"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert manuscript.state.blocks == (Paragraph(text("Roads")),)
    assert manuscript.caret() == Caret(0, TEXT, 5, 5)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert manuscript.state.blocks == (Paragraph(text("Roads open")),)
    assert manuscript.caret() == Caret(0, TEXT, 10, 10)


def test_typing_in_another_place_is_another_step(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Paragraph(text("Roads")))
    manuscript.set_caret(Caret(ABOVE, "headline", 8, 8))
    type_("!")
    caret(manuscript, 0, 5)
    type_("!")
    assert stack.count() == 2


def test_typing_that_is_taken_back_at_once_is_no_step(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Paragraph(text("a")))
    caret(manuscript, 0, 1)
    type_("x")
    press(Qt.Key.Key_Backspace)
    assert stack.count() == 0


def test_a_rule_is_a_step_with_its_name_and_gives_the_typed_characters_back(manuscript: Manuscript) -> None:
    stack = begin(manuscript)
    caret(manuscript, 0, 0)
    type_("## ")
    assert isinstance(manuscript.state.blocks[0], Heading)
    assert stack.undoText() == "Make heading"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert manuscript.state.blocks == (Paragraph(text("## ")),)


def test_the_text_surface_stays_when_kinds_change_and_cards_come_and_go(manuscript: Manuscript) -> None:
    begin(manuscript, Paragraph(text("one")), Paragraph(text("two")))
    surface = caret(manuscript, 0, 1)
    manuscript.set_kind(Kind.QUOTE, "Make quote")
    manuscript.insert(Image())
    manuscript.step(-1)
    manuscript.step(-1)
    assert manuscript.canvas.parts() == (surface,)
    assert surface.hasFocus()


def test_an_unfinished_composition_makes_no_step(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Paragraph(text("a")))
    surface = caret(manuscript, 0, 1)
    QApplication.sendEvent(surface, QInputMethodEvent("にほ", []))
    assert manuscript.is_composing()
    assert stack.count() == 0
    manuscript.step(-1)
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(surface, done)
    assert manuscript.state.blocks == (Paragraph(text("a日本")),)
    assert stack.count() == 1


def test_esc_selects_the_card_and_keys_work_on_it(manuscript: Manuscript) -> None:
    begin(manuscript, Paragraph(text("one")), ContentWarning("Flood"), Paragraph(text("two")))
    warning = card(manuscript, 1)
    warning.fields()["text"].setFocus()
    press(Qt.Key.Key_Escape)
    assert warning.hasFocus()
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert manuscript.state.blocks == (ContentWarning("Flood"), Paragraph(text("one")), Paragraph(text("two")))
    assert card(manuscript, 0) is warning
    assert warning.hasFocus()
    press(Qt.Key.Key_Return)
    assert manuscript.state.blocks[1] == Paragraph(())
    warning.setFocus()
    press(Qt.Key.Key_Delete)
    assert ContentWarning("Flood") not in manuscript.state.blocks
    manuscript.step(-1)
    assert ContentWarning("Flood") in manuscript.state.blocks


def test_arrows_go_through_text_cards_and_headline(manuscript: Manuscript) -> None:
    begin(manuscript, Paragraph(text("one")), ContentWarning("Flood"), Paragraph(text("two")))
    manuscript.heading.headline.setFocus()
    press(Qt.Key.Key_Down)
    assert manuscript.caret().segment == 0
    press(Qt.Key.Key_Down)
    assert manuscript.caret() == Caret(1, CARD)
    press(Qt.Key.Key_Down)
    assert manuscript.caret() == Caret(2, TEXT, 0, 0)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert manuscript.caret().field == "headline"


def test_enter_in_the_headline_goes_to_the_text(manuscript: Manuscript) -> None:
    begin(manuscript, Image())
    manuscript.heading.headline.setFocus()
    press(Qt.Key.Key_Return)
    assert manuscript.state.blocks[0] == Paragraph(())
    assert manuscript.caret() == Caret(0, TEXT, 0, 0)


def test_backspace_below_a_card_takes_the_empty_line_then_selects_the_card(manuscript: Manuscript) -> None:
    begin(manuscript, Image(decorative=True), Paragraph(()), Paragraph(text("two")))
    caret(manuscript, 1, 0)
    press(Qt.Key.Key_Backspace)
    assert manuscript.state.blocks == (Image(decorative=True), Paragraph(text("two")))
    assert manuscript.caret() == Caret(0, CARD)


def test_a_pasted_post_becomes_an_embed_and_undo_gives_the_address_back(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Paragraph(()))
    surface = caret(manuscript, 0, 0)
    data = QMimeData()
    data.setText("https://x.com/EnvAgency/status/20")
    surface.insertFromMimeData(data)
    embed = manuscript.state.blocks[0]
    assert isinstance(embed, Embed)
    assert embed.address is not None
    assert stack.undoText() == "Turn into embed"
    stack.undo()
    assert isinstance(manuscript.state.blocks[0], Paragraph)
    stack.undo()
    assert manuscript.state.blocks == (Paragraph(()),)


def test_an_address_pasted_on_a_selection_is_a_link(manuscript: Manuscript) -> None:
    begin(manuscript, Paragraph(text("Ask them")))
    surface = caret(manuscript, 0, 8, anchor=4)
    data = QMimeData()
    data.setText("https://example.org/help")
    surface.insertFromMimeData(data)
    assert manuscript.state.blocks == (Paragraph((Span("Ask "), Span("them", href="https://example.org/help"))),)


def test_a_pasted_page_is_one_step_and_says_what_was_cleaned(manuscript: Manuscript, qtbot: QtBot) -> None:
    stack = begin(manuscript, Paragraph(text("Before")))
    surface = caret(manuscript, 0, 6)
    data = QMimeData()
    data.setHtml('<h2>Roads</h2><ul><li>A49</li></ul><p><a href="https://a.example/?gclid=1">More</a></p>')
    with qtbot.waitSignal(manuscript.told) as told:
        surface.insertFromMimeData(data)
    assert told.args == ["Pasted a paragraph, a heading and a list; removed a tracking parameter"]
    assert manuscript.state.blocks == (
        Paragraph(text("Before")),
        Heading(text("Roads")),
        List((text("A49"),)),
        Paragraph((Span("More", href="https://a.example/"),)),
    )
    assert (stack.count(), stack.undoText()) == (1, "Paste")
    data.setText("and more")
    manuscript.paste_plain(data)
    assert manuscript.state.blocks[-1] == Paragraph((Span("More", href="https://a.example/"), Span("and more")))
    stack.undo()
    stack.undo()
    assert list(manuscript.state.blocks) == [Paragraph(text("Before"))]


def test_copied_text_comes_back_as_it_was(manuscript: Manuscript) -> None:
    blocks = (Paragraph((Span("a "), Span("b", bold=True))), List((text("c"), text("d"))), Quote(text("e"), "Jo"))
    begin(manuscript, *blocks)
    surface = caret(manuscript, 0, 1 << 20, anchor=0)
    data = surface.createMimeDataFromSelection()
    begin(manuscript)
    caret(manuscript, 0, 0).insertFromMimeData(data)
    assert manuscript.state.blocks == blocks


def test_an_embed_says_why_an_address_is_refused_and_keeps_what_is_typed(manuscript: Manuscript) -> None:
    begin(manuscript, Embed())
    embed = card(manuscript, 0)
    assert isinstance(embed, EmbedCard)
    embed.address.setFocus()
    type_("javascript:alert(1)")
    assert embed.trouble.isVisibleTo(embed)
    assert manuscript.state.blocks[0] == Embed()
    assert embed.address.plain() == "javascript:alert(1)"


def test_an_embed_takes_its_provider_from_the_address(manuscript: Manuscript) -> None:
    begin(manuscript, Embed())
    embed = card(manuscript, 0)
    assert isinstance(embed, EmbedCard)
    embed.address.setFocus()
    type_("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    block = manuscript.state.blocks[0]
    assert isinstance(block, Embed)
    assert block.provider == "youtube"
    assert not embed.trouble.isVisibleTo(embed)
    assert embed.provider.currentData() == "youtube"


def test_decorative_is_an_escape_that_keeps_the_alt_text(manuscript: Manuscript) -> None:
    stack = begin(manuscript, Image(alt="A bridge"))
    picture = card(manuscript, 0)
    assert isinstance(picture, ImageCard)
    picture.form.decorative.click()
    assert manuscript.state.blocks[0] == Image(alt="A bridge", decorative=True)
    assert not picture.form.frames["alt"].is_wanting
    assert stack.undoText() == "Mark decorative"


def test_the_byline_is_names_and_typing_a_comma_moves_nothing(manuscript: Manuscript) -> None:
    begin(manuscript)
    manuscript.heading.byline.setFocus()
    type_("Ada, ")
    assert ", ".join(manuscript.state.byline) == "Ada"
    assert manuscript.heading.byline.plain() == "Ada, "
    type_("Jo")
    assert ", ".join(manuscript.state.byline) == "Ada, Jo"


def test_the_time_is_read_in_the_zone_of_the_page(manuscript: Manuscript) -> None:
    stack = QUndoStack(manuscript)
    manuscript.show_state(State("", AT, (), (Paragraph(()),)), stack, "Asia/Kolkata")
    assert manuscript.heading.time.text().startswith("16:08")
    manuscript.heading.time.setDateTime(manuscript.heading.time.dateTime().addSecs(3600))
    assert manuscript.state.at == datetime(2026, 11, 22, 11, 38, tzinfo=UTC)
    assert stack.undoText() == "Change time"
    stack.undo()
    assert manuscript.state.at == AT


def test_a_history_that_no_longer_fits_the_entry_is_dropped(manuscript: Manuscript) -> None:
    histories = Histories(manuscript)
    first, other = State("a", AT, (), ()), State("b", AT, (), ())
    stack = histories.take(UUID(int=1), first)
    manuscript.show_state(first, stack, "UTC")
    manuscript.heading.headline.setFocus()
    type_("x")
    assert stack.count() == 1
    histories.leave(UUID(int=1), manuscript.state)
    assert histories.take(UUID(int=1), manuscript.state).count() == 1
    histories.leave(UUID(int=1), manuscript.state)
    assert histories.take(UUID(int=1), other).count() == 0


def test_every_control_has_a_name(manuscript: Manuscript) -> None:
    begin(manuscript, *NEW)
    for widget in manuscript.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(manuscript):
            owner = widget.parentWidget()
            assert widget.accessibleName() or (owner is not None and owner.accessibleName()), widget
