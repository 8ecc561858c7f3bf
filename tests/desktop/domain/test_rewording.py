from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.rewording import Fate, Piece, rewording

WORDS = st.lists(st.sampled_from(["bridge", "open", ",", " ", "31", "é", "\n"]), max_size=12).map("".join)


def test_words_that_changed_stand_beside_those_that_stay() -> None:
    assert rewording("31 homes are empty", "29 homes are still empty") == (
        Piece("31", Fate.REMOVED),
        Piece("29", Fate.ADDED),
        Piece(" homes are ", Fate.KEPT),
        Piece("still ", Fate.ADDED),
        Piece("empty", Fate.KEPT),
    )


@given(WORDS, WORDS)
def test_both_wordings_stand_in_the_pieces(before: str, after: str) -> None:
    pieces = rewording(before, after)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.REMOVED) == after
