"""Spelling as the editor shows it: what to mark, judged in a thread, remembered, and never part of the text."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.checks import spelling
from desktop.checks.spelling import is_name, words_in
from desktop.domain.change import Change, ChangeKind
from ui.editor.lines import units

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

Mark = tuple[int, int]

_REMEMBERED: Final = 500  # texts


class Spelling(QObject):
    """Knows which words of a text to mark; nothing is marked before the dictionary has answered.

    `judged()` tells that other words are marked from now on, `suggested(word, tuple of spellings)` what may have been
    meant.
    """

    judged = Signal()
    suggested = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._coverage_id: UUID | None = None
        self._language = spelling.OFF
        self._names: frozenset[str] = frozenset()
        self._ignored: set[str] = set()
        self._verdicts: dict[str, bool] = {}
        self._wanted: set[str] = set()
        self._marks: dict[str, list[Mark]] = {}
        self._is_judging = False
        # Whoever paints is told after what is remembered of the marks is forgotten.
        self.judged.connect(self._marks.clear)

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Spell as a workspace does."""
        self._workspace, self._tasks = workspace, tasks
        changes.changed.connect(self._on_changed)

    def show_coverage(self, coverage_id: UUID) -> None:
        """Know the names of a page."""
        if coverage_id != self._coverage_id:
            self._coverage_id = coverage_id
            self._ignored.clear()
            self._read()

    def marks(self, said: str) -> list[Mark]:
        """Return from where to where words of a text are misspelt, in UTF-16 code units; asks for those not known."""
        if self._language == spelling.OFF:
            return []
        if (kept := self._marks.get(said)) is not None:
            return kept
        found = []
        for start, word in words_in(said):
            verdict = self._verdicts.get(word)
            if verdict is None:
                self._wanted.add(word)
            elif not verdict and not is_name(word, self._names) and word not in self._ignored:
                begin = units(said[:start])
                found.append((begin, begin + units(word)))
        if self._wanted:
            self._judge_soon()
        elif len(self._marks) < _REMEMBERED:
            self._marks[said] = found
        else:
            self._marks.clear()
        return found

    def is_judging(self) -> bool:
        """Tell whether words are being looked up."""
        return self._is_judging

    def suggest(self, word: str) -> None:
        """Look in a thread for what may have been meant."""
        if self._tasks is not None and self._language != spelling.OFF:
            self._tasks.start(self._suggest(self._tasks, word), "Look for other spellings")

    async def _suggest(self, tasks: "Tasks", word: str) -> None:
        self.suggested.emit(word, await tasks.in_thread(spelling.speller(self._language).suggest, word))

    def ignore(self, word: str) -> None:
        """Mark a word no more while this page is edited."""
        self._ignored.add(word)
        self.judged.emit()

    def add(self, word: str) -> None:
        """Keep a word as a name of the page."""
        if self._workspace is not None and self._coverage_id is not None:
            self._workspace.save_names(self._coverage_id, self._names | {word}, by=self)
            self._read()

    def _read(self) -> None:
        workspace = self._workspace
        if workspace is None or self._coverage_id is None:
            return
        language = workspace.spelling()
        if language != self._language:
            self._language = language
            self._verdicts.clear()
        self._names = workspace.names(self._coverage_id)
        self.judged.emit()

    def _judge_soon(self) -> None:
        if self._tasks is not None and not self._is_judging:
            self._is_judging = True
            self._tasks.start(self._judge(self._tasks), "Check the spelling")

    async def _judge(self, tasks: "Tasks") -> None:
        try:
            while self._wanted:
                wanted, self._wanted = self._wanted, set()
                language = self._language
                verdicts = await tasks.in_thread(_verdicts, language, wanted)
                if language == self._language:
                    self._verdicts |= verdicts
        finally:
            self._is_judging = False
        self.judged.emit()

    def _on_changed(self, change: Change) -> None:
        if change.kind is ChangeKind.COVERAGE and change.coverage_id in {None, self._coverage_id}:
            self._read()


def _verdicts(language: str, words: set[str]) -> dict[str, bool]:
    known = spelling.speller(language)
    return {word: known.knows(word) for word in words}
