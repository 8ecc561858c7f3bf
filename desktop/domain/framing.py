"""The part of a picture that is shown, as fractions of its sides, and how hands and keys move it about."""

from dataclasses import dataclass
from typing import Final

LEAST: Final = 0.02
"""The least width and height of a part, as a fraction."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle in a picture; left plus width, and top plus height, never pass 1."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends at the bottom."""
        return self.top + self.height


WHOLE: Final = Part()


def moved(part: Part, right: float, down: float) -> Part:
    """Move a part without changing its size, as far as the picture goes."""
    left = min(max(part.left + right, 0.0), 1.0 - part.width)
    top = min(max(part.top + down, 0.0), 1.0 - part.height)
    return Part(left, top, part.width, part.height)


def stretched(part: Part, across: int, along: int, to: tuple[float, float], ratio: float | None = None) -> Part:
    """Pull an edge or a corner to a point; `across` and `along` are -1 for left and top, +1 for right and bottom.

    `ratio` is the width as a multiple of the height, both as fractions; None lets them be.
    """
    x, y = (min(max(each, 0.0), 1.0) for each in to)
    left = min(x, part.right - LEAST) if across < 0 else part.left
    right = max(x, part.left + LEAST) if across > 0 else part.right
    top = min(y, part.bottom - LEAST) if along < 0 else part.top
    bottom = max(y, part.top + LEAST) if along > 0 else part.bottom
    pulled = _within(left, top, right - left, bottom - top)
    if ratio is None:
        return pulled
    width = pulled.width if across else pulled.height * ratio
    held = ((1 - across) / 2, (1 - along) / 2)
    return _shaped(pulled, width, ratio, held)


def shaped(part: Part, ratio: float) -> Part:
    """Give a part a ratio of width to height, inside where it is, around its middle."""
    return _shaped(part, min(part.width, part.height * ratio), ratio, (0.5, 0.5))


def focus_inside(part: Part, x: float, y: float) -> tuple[float, float]:
    """Return a point of the picture as fractions of a part, at its edge when it lies outside."""
    return (
        min(max((x - part.left) / part.width, 0.0), 1.0),
        min(max((y - part.top) / part.height, 0.0), 1.0),
    )


def focus_outside(part: Part, x: float, y: float) -> tuple[float, float]:
    """Return a point of a part as fractions of the whole picture."""
    return part.left + x * part.width, part.top + y * part.height


def _shaped(part: Part, width: float, ratio: float, held: tuple[float, float]) -> Part:
    """Give a part a width and a ratio; the point held, as fractions of the part, stays where it is."""
    across, along = held
    x, y = part.left + across * part.width, part.top + along * part.height
    widest = min(_room(x, across), _room(y, along) * ratio)
    width = min(max(width, LEAST, LEAST * ratio), widest)
    height = width / ratio
    return _within(x - across * width, y - along * height, width, height)


def _room(at: float, held: float) -> float:
    """Return how long a side can be that has a point of it held somewhere."""
    before = at / held if held else float("inf")
    after = (1.0 - at) / (1.0 - held) if held < 1.0 else float("inf")
    return min(before, after)


def _within(left: float, top: float, width: float, height: float) -> Part:
    """Take out what rounding put over the edge."""
    left, top = max(left, 0.0), max(top, 0.0)
    return Part(left, top, min(width, 1.0 - left), min(height, 1.0 - top))
