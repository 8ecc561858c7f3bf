from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.shared.label import ElidedLabel, Kind, Label, plain_tip


def test_markup_from_outside_stays_characters(qtbot: QtBot) -> None:
    label = Label("<b>bold</b> & <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b> & <img src=x>"


def test_a_tooltip_never_reads_markup() -> None:
    assert plain_tip("<b>&amp;") == "<span>&lt;b&gt;&amp;amp;</span>"


def test_a_label_cut_short_says_all_of_it_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("A very long sentence that cannot fit into so little room")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert "cannot fit" in label.toolTip()
    label.resize(900, 20)
    label.grab()
    assert label.toolTip() == ""


def test_a_label_changes_its_weight_and_size(qtbot: QtBot, qapp: QApplication) -> None:
    label = Label("Saved")
    qtbot.addWidget(label)
    label.ensurePolished()
    label.set_kind(Kind.DANGER)
    assert label.palette().color(label.foregroundRole()).name() == theme.tokens().danger
    before = label.font().pointSizeF()
    theme.apply(qapp, scale=1.5)
    label.size_text()
    assert label.font().pointSizeF() > before
