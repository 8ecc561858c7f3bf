from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Heading, InternalNote, Paragraph
from desktop.domain.text import text
from tests.ui.editor.conftest import Desk
from ui import theme
from ui.editor.pane import EditorPane
from ui.editor.rows import TEXT, Caret
from ui.shared.fold import Fold
from ui.shared.label import Kind


def show(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    blocks = (Paragraph(text("Both banks are open.")), Heading(text("What we know")), InternalNote("Call back"))
    desk.workspace.save_draft(replace(desk.entry, headline="Bridge open", blocks=blocks))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    qtbot.wait(50)


def enlarge(pane: EditorPane, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, scale)
    pane.dress()


def test_another_text_size_reaches_everything_typed_at_once(
    pane: EditorPane, desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    show(pane, desk, qtbot)
    surface = pane.manuscript.canvas.prose(0)
    assert surface is not None
    pane.manuscript.set_caret(Caret(0, TEXT, 4, 9))
    height, before = surface.height(), pane.manuscript.state
    enlarge(pane, qapp, 2.0)
    sizes = {
        block.begin().fragment().charFormat().fontPointSize()
        for block in (surface.document().findBlockByNumber(number) for number in range(2))
    }
    assert sizes == {theme.tokens().text_body, theme.tokens().text_large}
    assert pane.manuscript.heading.headline.font().pointSizeF() == theme.tokens().text_title
    assert surface.height() > height * 1.7
    assert pane.manuscript.state == before
    assert pane.manuscript.caret() == Caret(0, TEXT, 4, 9)
    pane.footer.number.set_kind(Kind.SOFT)
    assert pane.footer.number.font().pointSizeF() == theme.tokens().text_body
    enlarge(pane, qapp, 1.0)
    assert surface.height() == height


def test_no_button_is_cut_off_at_twice_the_size(pane: EditorPane, desk: Desk, qtbot: QtBot, qapp: QApplication) -> None:
    show(pane, desk, qtbot)
    enlarge(pane, qapp, 2.0)
    for width in (460, 640, 900):
        pane.resize(width, 700)
        qtbot.wait(20)
        buttons = [each for each in pane.findChildren(QAbstractButton) if each.isVisible() and each.text()]
        assert len(buttons) >= 3
        for button in buttons:
            assert button.width() >= button.minimumSizeHint().width(), (width, button.text())
            assert pane.rect().contains(button.mapTo(pane, button.rect().center())), (width, button.text())


def test_a_row_folds_where_it_does_not_fit(qtbot: QtBot) -> None:
    row = Fold(QPushButton("Mark ready"), QPushButton("Publish to the rehearsal page"), spacing=8)
    held = QWidget()
    qtbot.addWidget(held)
    row.setParent(held)
    held.resize(900, 100)
    row.resize(900, 40)
    held.show()
    assert not row.is_folded()
    row.resize(row.minimumSizeHint().width(), 90)
    assert row.is_folded()
    row.resize(900, 40)
    assert not row.is_folded()
    held.close()
