"""The board: which rehearsals stand in which cell, scenarios down and embeds across, and how each went; free of Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.consent.scenario import Scenario, Scope
from desktop.domain.proof import Proof, Rehearsed, Went

PAGE: Final = "page"
"""The column of what is about the page, not about one embed of it."""

_FIRST: Final = "first-visit"


class State(StrEnum):
    """How a cell of the board stands."""

    FAILED = "failed"
    RUNNING = "running"
    WAITING = "waiting"
    HELD = "held"
    LEFT = "left"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Planned:
    """A rehearsal that can be played: `column` is PAGE or the provider of the embed it is about, `page` its page.

    `about` says which embed stands for its column.
    """

    name: str
    scenario: Scenario
    page: str
    column: str = PAGE
    column_name: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: PAGE or a provider's id, what it is called, and which embed of the page stands for it."""

    key: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Scenarios down, the page and its providers across; a cell holds the names of its rehearsals.

    `pages` says on which page each is played.
    """

    rows: tuple[Scenario, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> tuple[str, ...]:
        """Return the rehearsals of a cell, none where a scenario says nothing about a column."""
        return self.cells.get((self.rows[row].name, self.columns[column].key), ())

    def row(self, row: int) -> tuple[str, ...]:
        """Return the rehearsals of a row."""
        return tuple(name for column in range(len(self.columns)) for name in self.cell(row, column))

    def names(self) -> tuple[str, ...]:
        """Return every rehearsal, row by row."""
        return tuple(name for row in range(len(self.rows)) for name in self.row(row))


def lay_out(planned: Sequence[Planned]) -> Layout:
    """Lay rehearsals out: the first visit on top, the page first among the columns."""
    rows = {each.scenario.name: each.scenario for each in planned}
    columns: dict[str, Column] = {}
    for each in sorted(planned, key=lambda each: each.column != PAGE):
        columns.setdefault(each.column, Column(each.column, each.column_name, each.about))
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in planned:
        key = (each.scenario.name, each.column)
        cells[key] = (*cells.get(key, ()), each.name)
    in_order = sorted(rows.values(), key=lambda each: (each.name != _FIRST, list(Scope).index(each.scope)))
    return Layout(tuple(in_order), tuple(columns.values()), cells, {each.name: each.page for each in planned})


@dataclass(slots=True)
class Board:
    """A layout and how its rehearsals went. Which of those that are asked for play now is told from outside."""

    layout: Layout = field(default_factory=Layout)
    went: dict[str, Rehearsed] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    playing: set[str] = field(default_factory=set)

    def take(self, proof: Proof | None) -> None:
        """Show what a kept proof says."""
        self.went = {each.name: each for each in proof.rehearsed} if proof else {}

    def begin(self, names: Iterable[str]) -> None:
        """Say that rehearsals are to be played."""
        self.asked = set(names)

    def tell(self, rehearsed: Rehearsed) -> None:
        """Say how one went."""
        self.went[rehearsed.name] = rehearsed
        self.asked.discard(rehearsed.name)
        self.playing.discard(rehearsed.name)

    def end(self) -> None:
        """Say that nothing is played any more."""
        self.asked, self.playing = set(), set()

    def state(self, name: str) -> State:
        """Tell how one rehearsal stands."""
        if name in self.playing:
            return State.RUNNING
        if name in self.asked:
            return State.WAITING
        found = self.went.get(name)
        if found is None:
            return State.NOT_RUN
        match found.went:
            case Went.HELD:
                return State.HELD
            case Went.FAILED:
                return State.FAILED
            case Went.LEFT:
                return State.LEFT

    def together(self, names: Sequence[str]) -> State | None:
        """Tell how several rehearsals stand as one: what needs a look comes first; None for no rehearsals."""
        states = {self.state(name) for name in names}
        order = (State.RUNNING, State.FAILED, State.WAITING, State.NOT_RUN, State.HELD, State.LEFT)
        return next((state for state in order if state in states), None)

    def count(self, names: Sequence[str], state: State) -> int:
        """Count the rehearsals that stand in one way."""
        return sum(self.state(name) is state for name in names)
