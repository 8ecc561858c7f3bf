import io
from dataclasses import replace

from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, ContentWarning, Embed, Image, InternalNote, Paragraph
from desktop.domain.text import text
from tests.ui.editor.conftest import Desk
from ui.editor.cards.pictures import ImageCard
from ui.editor.pane import EditorPane
from ui.editor.prose_edit import ProseEdit
from ui.shared.arming import PAUSE


def write(desk: Desk, *blocks: Block, headline: str = "Bridge open") -> None:
    desk.workspace.save_draft(replace(desk.entry, headline=headline, blocks=blocks))


def show(pane: EditorPane, desk: Desk, qtbot: QtBot, *blocks: Block) -> None:
    write(desk, *(blocks or (Paragraph(text("One.")),)))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    settle(pane, qtbot)


def settle(pane: EditorPane, qtbot: QtBot) -> None:
    """Wait until everything typed is saved and looked over."""
    qtbot.waitUntil(lambda: not pane._autosave.is_dirty() and not pane._lookout.is_looking)  # noqa: SLF001 - no signal tells it
    qtbot.wait(20)
    qtbot.waitUntil(lambda: not pane._lookout.is_looking)  # noqa: SLF001 - no signal tells it


def prose(pane: EditorPane, segment: int = 0) -> ProseEdit:
    found = pane.manuscript.canvas.prose(segment)
    assert found is not None
    return found


def type_at_the_end(pane: EditorPane, words: str) -> None:
    surface = prose(pane)
    surface.setFocus()
    surface.set_caret(1 << 20, 1 << 20)
    QTest.keyClicks(surface, words)


def blocks(desk: Desk) -> tuple[Block, ...]:
    return desk.workspace.entry(desk.entry.id).blocks


def test_without_an_entry_it_says_what_to_press(pane: EditorPane) -> None:
    pane.show_entry(None, None)
    assert not pane.footer.isVisible()


def test_what_is_typed_is_in_the_store_and_said_to_be(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    with qtbot.waitSignal(pane.saved):
        type_at_the_end(pane, " Two.")
    assert blocks(desk) == (Paragraph(text("One. Two.")),)
    assert prose(pane).caret() == (9, 9)


def test_going_to_another_entry_saves_first_and_coming_back_can_undo(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    show(pane, desk, qtbot)
    type_at_the_end(pane, "!")
    other = desk.workspace.new_entry(desk.coverage.id)
    pane.show_entry(other.id, desk.rehearsal.id)
    assert blocks(desk) == (Paragraph(text("One.!")),)
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    pane.manuscript.step(-1)
    assert pane.flush()
    assert blocks(desk) == (Paragraph(text("One.")),)


def test_lines_nobody_wrote_in_are_not_saved(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, ContentWarning("Flood"))
    surface = prose(pane, 1)
    surface.setFocus()
    QTest.keyClicks(surface, "- a")
    QTest.keyClick(surface, Qt.Key.Key_Return)
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert pane.flush()
    assert len(blocks(desk)) == 2


def test_an_unfinished_composition_saves_nothing(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    prose(pane).setFocus()
    with qtbot.assertNotEmitted(pane.saved, wait=700):
        QApplication.sendEvent(prose(pane), QInputMethodEvent("にほ", []))
    QApplication.sendEvent(prose(pane), QInputMethodEvent("", []))


def test_a_change_elsewhere_comes_in_when_nothing_is_unsaved(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    surface = prose(pane)
    write(desk, Paragraph(text("Theirs.")))
    qtbot.waitUntil(lambda: pane.manuscript.state.blocks == (Paragraph(text("Theirs.")),))
    assert prose(pane) is surface
    assert not pane.notice.isVisible()


def test_an_older_version_of_our_own_comes_back_when_somebody_restores_it(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    show(pane, desk, qtbot)
    desk.workspace.mark_ready(desk.entry.id)
    type_at_the_end(pane, " Two.")
    settle(pane, qtbot)
    desk.workspace.restore_revision(desk.entry.id, 1)
    qtbot.waitUntil(lambda: pane.manuscript.state.blocks == (Paragraph(text("One.")),))
    assert not pane.notice.isVisible()


def test_a_change_elsewhere_never_replaces_unsaved_text(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    write(desk, Paragraph(text("Theirs.")))
    type_at_the_end(pane, " Mine.")
    qtbot.waitUntil(pane.notice.isVisible)
    assert pane.manuscript.state.blocks == (Paragraph(text("One. Mine.")),)
    pane.notice.show_theirs.click()
    assert pane.manuscript.state.blocks == (Paragraph(text("Theirs.")),)
    pane.manuscript.step(-1)
    assert pane.manuscript.state.blocks == (Paragraph(text("One. Mine.")),)


def test_our_own_saves_are_no_news(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    for number in range(8):
        type_at_the_end(pane, str(number))
        qtbot.wait(120)
        pane.flush()
        desk.workspace.pin(desk.coverage.id, desk.entry.id)
    settle(pane, qtbot)
    assert not pane.notice.isVisible()
    assert pane.manuscript.state.blocks == (Paragraph(text("One.01234567")),)


def test_marking_ready_asks_once_everything_is_saved(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    type_at_the_end(pane, "!")
    with qtbot.waitSignal(pane.ready_requested) as asked:
        pane.footer.ready.click()
    assert asked.args == [desk.entry.id]
    assert blocks(desk) == (Paragraph(text("One.!")),)
    desk.workspace.mark_ready(desk.entry.id)
    qtbot.waitUntil(lambda: not pane.footer.ready.isEnabled())


def test_two_presses_publish_what_is_typed(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    type_at_the_end(pane, "!")
    settle(pane, qtbot)
    pane.press_publish()
    assert pane.footer.publish.accessibleName() == "Press again to publish to the rehearsal page"
    qtbot.wait(PAUSE + 50)
    with qtbot.waitSignal(pane.publish_requested) as asked:
        pane.press_publish()
    assert asked.args == [desk.entry.id]


def test_an_edit_disarms(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    pane.press_publish()
    type_at_the_end(pane, "!")
    assert not pane.footer.publish.is_armed()


def test_blockers_warn_in_rehearsal_and_stop_on_production(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, Paragraph(text("One.")), Embed())
    assert pane.footer.number.text() == "1 to fix before going on air"
    assert pane.footer.publish.isEnabled()
    pane.show_entry(desk.entry.id, desk.production.id)
    settle(pane, qtbot)
    assert pane.footer.number.text() == "1 to fix before publishing"
    assert pane.footer.publish.accessibleName() == "Publish to readers"
    assert not pane.footer.publish.isEnabled()
    pane.footer.go.click()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Address"


def test_offline_it_says_it_queues(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    pane.show_entry(desk.entry.id, desk.production.id)
    pane.set_connected(False)
    assert pane.footer.publish.accessibleName() == "Queue for readers"
    assert pane.footer.publish.isEnabled()
    pane.set_connected(True)
    assert pane.footer.publish.accessibleName() == "Publish to readers"


def test_a_card_is_put_in_and_its_first_field_waits(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    prose(pane).setFocus()
    pane.insert_block(InternalNote(""))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Note"
    QTest.keyClicks(focused, "Ring back")
    assert pane.flush()
    assert blocks(desk)[-1] == InternalNote("Ring back", desk.workspace.producer)


def test_it_goes_to_a_block_of_the_stored_entry(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, Paragraph(text("One.")), Paragraph(text("Two.")), Paragraph(text("Three.")))
    pane.go_to_block(2)
    assert prose(pane).caret() == (10, 10)


def test_a_picture_comes_in_and_its_small_form_is_shown(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, Image())
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, ImageCard)
    kept = io.BytesIO()
    Pillow.new("RGB", (700, 400), "navy").save(kept, "PNG")
    card.form.take(kept.getvalue())
    qtbot.waitUntil(lambda: card.form.image().media is not None)
    sha256 = card.form.image().media
    assert sha256 is not None
    qtbot.waitUntil(lambda: pane._pictures.small(sha256) is not None)  # noqa: SLF001 - what is painted
    assert pane.flush()
    (stored,) = blocks(desk)
    assert isinstance(stored, Image)
    assert stored.media == sha256
    assert stored.width == 700


def test_a_file_that_is_no_picture_is_refused_in_the_card(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, Image())
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, ImageCard)
    card.form.take(b"not a picture")
    qtbot.waitUntil(card.form.trouble.isVisible)
    assert card.form.image().media is None


def test_a_link_is_put_in_place(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    surface = prose(pane)
    surface.setFocus()
    surface.set_caret(0, 3)
    QTest.keyClick(surface, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert pane.link_field.isVisible()
    QTest.keyClicks(pane.link_field.address, "javascript:alert(1)")
    QTest.keyClick(pane.link_field.address, Qt.Key.Key_Return)
    assert pane.link_field.trouble.isVisible()
    pane.link_field.address.setText("example.org/help")
    QTest.keyClick(pane.link_field.address, Qt.Key.Key_Return)
    assert not pane.link_field.isVisible()
    assert surface.hasFocus()
    block = pane.manuscript.state.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text[0].href == "https://example.org/help"


def test_the_controls_say_what_they_are(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot)
    for widget in pane.findChildren(QWidget):
        owner = widget.parentWidget()
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert widget.accessibleName() or (owner is not None and owner.accessibleName()), widget


def test_the_length_is_told_and_that_of_what_is_selected(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    show(pane, desk, qtbot, Paragraph(text("Both banks are open.")))
    length = pane._page.toolbar.length  # noqa: SLF001 - what is looked at
    assert length.text() == "6 words · 31 characters · 1 min"
    surface = prose(pane)
    surface.setFocus()
    surface.set_caret(0, 10)
    qtbot.waitUntil(lambda: length.text() == "2 of 6 words · 10 characters selected")
    surface.set_caret(0, 0)
    qtbot.waitUntil(lambda: length.text().endswith("1 min"))
