from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from ui.shared.table import ReadTable


def test_a_table_says_its_rows_under_headings_that_begin_where_they_do(qtbot: QtBot) -> None:
    rows = (("10:42", "<b>Bridge</b>"), ("10:41", "Ferry"))
    table = ReadTable("What was sent", ("When", "What"), rows, wide=1)
    qtbot.addWidget(table)
    assert table.said() == rows
    assert table.accessibleName() == "What was sent"
    assert table.horizontalHeader().defaultAlignment() & Qt.AlignmentFlag.AlignLeading
    assert table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
