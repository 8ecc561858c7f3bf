"""Words for the producer, from Qt's translations: `tr` and `tr_count` are those of the whole program."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.domain import words
from desktop.domain.words import tr, tr_count

__all__ = ["CONTEXT", "install", "tr", "tr_count"]

CONTEXT: Final = "newsroom"


def install() -> None:
    """Let Qt's translators answer for the whole program."""
    words.install(_ask_qt)


def _ask_qt(text: str, count: int) -> str:
    return QCoreApplication.translate(CONTEXT, text, None, count)
