from datetime import timedelta

from desktop.consent.catalogue import named
from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.proof import WORDING, Proof, Rehearsed, Went, stand
from ui.consent.age import ago, said
from ui.consent.board import PAGE, Board, Planned, State, lay_out

DARK, VISIT, ONCE = named(("dark", "first-visit", "accept-once"))
PLANNED = (
    Planned("dark-index", DARK, "index.html"),
    Planned("dark-page-1", DARK, "page-1.html"),
    Planned("visit-index", VISIT, "index.html"),
    Planned("once-x", ONCE, "index.html", "x", "X", "The quay"),
    Planned("once-youtube", ONCE, "page-1.html", "youtube", "YouTube", "The film"),
)


def went(name: str, how: Went) -> Rehearsed:
    return Rehearsed(name, name, how, "said")


def test_scenarios_go_down_and_embeds_across_the_first_visit_on_top() -> None:
    layout = lay_out(PLANNED)
    assert [row.name for row in layout.rows] == ["first-visit", "dark", "accept-once"]
    assert [column.key for column in layout.columns] == [PAGE, "x", "youtube"]
    assert layout.cell(1, 0) == ("dark-index", "dark-page-1")
    assert layout.cell(1, 1) == ()
    assert layout.row(2) == ("once-x", "once-youtube")
    assert set(layout.names()) == {each.name for each in PLANNED}


def test_what_needs_a_look_stands_for_a_cell() -> None:
    board = Board(lay_out(PLANNED))
    cell = ("dark-index", "dark-page-1")
    assert board.together(cell) is State.NOT_RUN
    assert board.together(()) is None
    board.begin(cell)
    board.playing = {"dark-index"}
    assert board.together(cell) is State.RUNNING
    board.tell(went("dark-index", Went.HELD))
    assert board.together(cell) is State.WAITING
    board.tell(went("dark-page-1", Went.FAILED))
    assert (board.together(cell), board.count(cell, State.HELD)) == (State.FAILED, 1)
    board.begin(cell)
    board.end()
    assert board.together(cell) is State.FAILED
    board.tell(went("dark-page-1", Went.LEFT))
    assert board.together(cell) is State.HELD


def test_a_kept_proof_fills_the_board() -> None:
    board = Board(lay_out(PLANNED))
    parts = {WORDING: "w", "a-0": "1"}
    proof = Proof(new_id(), new_id(), moment.now(), parts, (went("once-x", Went.FAILED),), 5)
    board.take(proof)
    assert board.state("once-x") is State.FAILED
    board.take(None)
    assert board.state("once-x") is State.NOT_RUN


def test_the_age_of_a_proof_in_words() -> None:
    now, parts = moment.now(), {WORDING: "w", "a-0": "1"}
    proof = Proof(new_id(), new_id(), now - timedelta(minutes=12), parts, (went("once-x", Went.HELD),), 1)
    assert said(stand(proof, parts), now) == "Proved 12 minutes ago."
    assert said(stand(proof, {**parts, "a-0": "2"}), now) == "Proved 12 minutes ago, before your last change."
    assert said(stand(None, parts), now) == "This page was never proved."
    assert said(stand(None, {}), now) == "No embed on this page asks for consent."
    assert [ago(seconds) for seconds in (5, 61, 7_300, 90_000)] == [
        "just now",
        "1 minute ago",
        "2 hours ago",
        "1 day ago",
    ]
