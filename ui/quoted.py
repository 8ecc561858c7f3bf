"""The words a producer has marked in a field, to be used elsewhere."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget


def marked_words(focus: QWidget | None) -> str:
    """Return the words marked where the keyboard is, "" when none are."""
    match focus:
        case QTextEdit() | QPlainTextEdit():
            return focus.textCursor().selectedText()
        case QLineEdit():
            return focus.selectedText()
        case _:
            return ""
