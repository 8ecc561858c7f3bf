import pytest

from ui.proof.reading_order import out_of_order

SKIP, GROUP, TEXT = ("link", "Skip X post"), ("group", "X post"), ("StaticText", "words")
POLICY, ACCEPT, ORIGINAL = ("link", "Cookie policy of X"), ("button", "Load it once"), ("link", "View on X")
RIGHT = [SKIP, GROUP, TEXT, POLICY, ACCEPT, ORIGINAL]


def test_the_promised_order_is_right() -> None:
    video = [("group", "buffering"), ("button", "play")]
    assert out_of_order([*RIGHT, *video, *RIGHT], [("X post", True, True), ("X post", True, True)]) == ""
    assert out_of_order([SKIP, GROUP, ACCEPT, ORIGINAL], [("X post", False, True)]) == ""
    assert out_of_order([SKIP, GROUP, POLICY, ACCEPT], [("X post", True, False)]) == ""


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ([SKIP, TEXT, POLICY, ACCEPT, ORIGINAL], "not read as a group"),
        ([SKIP, GROUP, TEXT, POLICY, ORIGINAL], "not read as a group with choices"),
        ([GROUP, POLICY, ACCEPT, ORIGINAL], "no link to skip"),
        ([SKIP, GROUP, ACCEPT, POLICY, ORIGINAL], "no policy is read before"),
        ([SKIP, GROUP, POLICY, ACCEPT], "no link to the original"),
    ],
)
def test_what_is_out_of_order_is_named(tree: list[tuple[str, str]], said: str) -> None:
    assert said in out_of_order(tree, [("X post", True, True)])
