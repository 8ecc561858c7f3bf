"""Hunspell's two files read into memory, nothing left open: what the library's own readers do not do."""

import io
from pathlib import Path

from spylls.hunspell import Dictionary, readers
from spylls.hunspell.readers.file_reader import BaseReader


class _Lines(BaseReader):
    """The lines of one file, which is in UTF-8 whatever the library first takes it for."""

    def __init__(self, path: Path) -> None:
        self._said = path.read_text(encoding="utf-8")
        super().__init__(io.StringIO(self._said))  # type: ignore[no-untyped-call]  # spylls annotates no constructor

    def reset_encoding(self, encoding: str) -> None:
        """Begin again at the same line."""
        del encoding
        self.reset_io(io.StringIO(self._said))  # type: ignore[no-untyped-call]  # spylls annotates no constructor


def read(path: Path) -> Dictionary:
    """Read `path`.aff and `path`.dic; takes about half a second."""
    aff, context = readers.read_aff(_Lines(path.with_name(f"{path.name}.aff")))
    words = readers.read_dic(_Lines(path.with_name(f"{path.name}.dic")), aff=aff, context=context)
    return Dictionary(aff, words)  # type: ignore[no-untyped-call]  # spylls annotates no constructor
