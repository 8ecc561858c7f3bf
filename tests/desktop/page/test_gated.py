from dataclasses import replace

from desktop.domain import moment
from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.entry import Entry, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.proof import WORDING
from desktop.domain.text import text
from desktop.page.gated import parts
from desktop.page.house import House

POST = Embed("x", "post", "https://x.com/harbour/status/123", quoted="The ferry is back.", author="@harbour")
FILM = Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk")
ZONE = "Europe/London"


def entry(*blocks: Embed | Paragraph) -> Entry:
    return Entry(id=new_id(), coverage_id=new_id(), at=moment.now(), headline="The quay", blocks=blocks)


def test_a_part_for_each_embed_and_one_for_the_wording() -> None:
    made = entry(POST, Paragraph(text("It sailed.")), FILM)
    assert set(parts([made], ZONE, House.shipped())) == {WORDING, f"{made.id}-0", f"{made.id}-2"}
    assert parts([entry(Paragraph(text("It sailed.")))], ZONE, House.shipped()) == {}


def test_words_beside_an_embed_leave_its_part_as_it_is_and_a_change_of_the_embed_does_not() -> None:
    made = entry(POST)
    before = parts([made], ZONE, House.shipped())
    assert parts(
        [replace(made, headline="Another", blocks=(POST, Paragraph(text("New."))))], ZONE, House.shipped()
    ) == (before)
    other = parts([replace(made, blocks=(replace(POST, quoted="The ferry has left."),))], ZONE, House.shipped())
    assert other[WORDING] == before[WORDING]
    assert other[f"{made.id}-0"] != before[f"{made.id}-0"]


def test_a_second_post_changes_the_first_one_too_since_both_are_counted() -> None:
    made = entry(POST)
    alone = parts([made], ZONE, House.shipped())
    two = parts(
        [replace(made, blocks=(POST, replace(POST, address="https://x.com/harbour/status/9")))], ZONE, House.shipped()
    )
    assert two[f"{made.id}-0"] != alone[f"{made.id}-0"]


def test_gates_worded_anew_are_another_wording_and_a_house_that_blocks_is_not() -> None:
    made, house = entry(POST), House.shipped()
    before = parts([made], ZONE, house)
    assert parts([made], ZONE, house.with_own({"embed.question": "Load it?"}))[WORDING] != before[WORDING]
    assert parts([made], ZONE, house.with_own({"proof.before_air": "block"})) == before
    linked = house.with_own({"embed.privacy_policies.x": "https://example.org/privacy"})
    assert parts([made], ZONE, linked)[f"{made.id}-0"] != before[f"{made.id}-0"]


def test_a_withdrawn_entry_has_no_gate() -> None:
    assert parts([replace(entry(POST), withdrawal=Withdrawal("Wrong.", moment.now()))], ZONE, House.shipped()) == {}
