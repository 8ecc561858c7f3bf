import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.framing import LEAST, WHOLE, Part, focus_inside, focus_outside, moved, shaped, stretched

SHARES = st.floats(0.0, 1.0)
EDGES = st.sampled_from([(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)])
PARTS = st.builds(
    lambda left, top, width, height: Part(left, top, max(LEAST, width * (1 - left)), max(LEAST, height * (1 - top))),
    st.floats(0.0, 0.9),
    st.floats(0.0, 0.9),
    st.floats(0.1, 1.0),
    st.floats(0.1, 1.0),
)
CLOSE = pytest.approx


def is_inside(part: Part) -> bool:
    slack = 1e-9
    return part.left >= 0 and part.top >= 0 and part.right <= 1 + slack and part.bottom <= 1 + slack


@settings(max_examples=100)
@given(PARTS, EDGES, SHARES, SHARES, st.none() | st.floats(0.3, 3.0))
def test_a_pulled_part_stays_inside_and_keeps_its_shape(
    part: Part, edge: tuple[int, int], x: float, y: float, ratio: float | None
) -> None:
    pulled = stretched(part, *edge, (x, y), ratio)
    assert is_inside(pulled)
    assert pulled.width > 0
    assert pulled.height > 0
    if ratio is not None:
        assert pulled.width / pulled.height == CLOSE(ratio)


@settings(max_examples=100)
@given(PARTS, st.floats(-1, 1), st.floats(-1, 1))
def test_a_moved_part_keeps_its_size(part: Part, right: float, down: float) -> None:
    there = moved(part, right, down)
    assert is_inside(there)
    assert (there.width, there.height) == (part.width, part.height)


@settings(max_examples=100)
@given(PARTS, st.floats(0.3, 3.0))
def test_a_shape_is_taken_on_around_the_middle(part: Part, ratio: float) -> None:
    made = shaped(part, ratio)
    assert is_inside(made)
    assert made.width / made.height == CLOSE(ratio)


@settings(max_examples=100)
@given(PARTS, SHARES, SHARES)
def test_a_focus_comes_back_to_where_it_was(part: Part, x: float, y: float) -> None:
    assert focus_inside(part, *focus_outside(part, x, y)) == CLOSE((x, y))


def test_edges_go_where_they_are_pulled() -> None:
    assert stretched(WHOLE, -1, 0, (0.25, 0.9)) == Part(0.25, 0.0, 0.75, 1.0)
    corner = stretched(Part(0.2, 0.2, 0.4, 0.4), 1, 1, (0.9, 0.5))
    assert (corner.left, corner.top, corner.right, corner.bottom) == CLOSE((0.2, 0.2, 0.9, 0.5))
    assert stretched(WHOLE, 1, 0, (0.5, 0.5), 1.0) == Part(0.0, 0.25, 0.5, 0.5)
