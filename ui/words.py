"""Words for the producer, in the language the console was started in."""

from typing import Final

from PySide6.QtCore import QCoreApplication

CONTEXT: Final = "newsroom"


def tr(text: str) -> str:
    """Return an English text of ours in the producer's language, or as it is where nobody translated it.

    Called when a text is shown, never when a module is imported: no language is chosen yet then. What varies is put
    in afterwards, as in `tr("{count} entries").format(count=count)`, so that translators see one whole sentence.
    """
    return QCoreApplication.translate(CONTEXT, text)
