"""Finding words in everything typed into an entry, and putting others in their place."""

import re
from typing import Final

from ui.editor.lines import units
from ui.editor.manuscript import Manuscript
from ui.editor.spelling import Mark
from ui.editor.text_edit import TextEdit

REPLACE_ALL: Final = "Replace all"


def find_in(said: str, words: str, *, is_exact: bool) -> tuple[Mark, ...]:
    """Return from where to where words stand in a text, in UTF-16 code units; with `is_exact` capitals count."""
    if not words:
        return ()
    pattern = re.compile(re.escape(words), 0 if is_exact else re.IGNORECASE)
    places = [match.span() for match in pattern.finditer(said)]
    if said.isascii():
        return tuple(places)
    return tuple((units(said[:start]), units(said[:end])) for start, end in places)


class Finder:
    """Looks for words in a manuscript and goes from one place to the next; `at` is which one, from 1, 0 for none."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._words = ""
        self._is_exact = False
        self._spots: list[tuple[int, Mark]] = []
        self._here: tuple[int, Mark] = (0, (0, 0))
        self.at = 0
        self.gone_to: TextEdit | None = None

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._spots)

    def begin(self) -> None:
        """Look from where the caret is."""
        surfaces = self._manuscript.surfaces()
        focused = self._manuscript.focused_surface()
        if focused is not None:
            anchor, position = focused.caret()
            self._here = surfaces.index(focused), (min(anchor, position), min(anchor, position))
        self.at = 0
        self.gone_to = None

    def look(self, words: str, *, is_exact: bool) -> None:
        """Find words and shade them."""
        self._words, self._is_exact = words, is_exact
        self._spots = []
        for number, surface in enumerate(self._manuscript.surfaces()):
            found = find_in(surface.plain(), words, is_exact=is_exact) if surface.isEnabled() else ()
            surface.show_found(found)
            self._spots += [(number, mark) for mark in found]
        self.at = self._spots.index(self._here) + 1 if self._here in self._spots else 0

    def go(self, by: int) -> TextEdit | None:
        """Select the next place for +1, the one before for -1, round the ends; return where it is."""
        if not self._spots:
            return None
        number, (start, end) = self._here
        if by > 0:
            ahead = [spot for spot in self._spots if (spot[0], spot[1][0]) >= (number, end)]
            self._here = (ahead or self._spots)[0]
        else:
            behind = [spot for spot in self._spots if (spot[0], spot[1][1]) <= (number, start)]
            self._here = (behind or self._spots)[-1]
        return self._select()

    def replace(self, words: str) -> TextEdit | None:
        """Put words in place of the selected ones and go on to the next; without a selection, just go there."""
        if not self.at:
            return self.go(1)
        number, (start, end) = self._here
        self._manuscript.surfaces()[number].put_right(start, end, words)
        self._here = number, (start, start + units(words))
        self.look(self._words, is_exact=self._is_exact)
        return self.go(1)

    def replace_all(self, words: str) -> int:
        """Put words in every place as one step; return how many there were."""
        surfaces = self._manuscript.surfaces()
        marks: dict[int, list[Mark]] = {}
        for number, mark in self._spots:
            marks.setdefault(number, []).append(mark)
        replaced = len(self._spots)
        if replaced:
            self._manuscript.begin_together(REPLACE_ALL)
            for number, places in marks.items():
                surfaces[number].put_all_right(places, words)
            self._manuscript.end_together()
            self.look(self._words, is_exact=self._is_exact)
        return replaced

    def end(self) -> None:
        """Take the shades away."""
        for surface in self._manuscript.surfaces():
            surface.show_found(())
        self._spots, self.at = [], 0

    def _select(self) -> TextEdit:
        number, mark = self._here
        self.at = self._spots.index(self._here) + 1
        self.gone_to = self._manuscript.surfaces()[number]
        self.gone_to.set_caret(*mark)
        return self.gone_to
