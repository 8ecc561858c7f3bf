"""What a person can put right, told in one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """A problem in words: what happened, to what, what was done about it, what to do next."""

    title: str
    detail: str = ""
    done: str = ""
    next_action: str = ""

    def sentence(self) -> str:
        """The whole explanation on one line, for a terminal or a status bar."""
        return " ".join(part for part in (self.title, self.detail, self.done, self.next_action) if part)


class Problem(Exception):
    """Something outside the program that a person can fix; a bug is any other exception.

    `title` is a full sentence. `detail`, `done` and `next_action` are full sentences or empty.
    """

    def __init__(self, title: str, *, detail: str = "", done: str = "", next_action: str = "") -> None:
        super().__init__(title)
        self.explanation = Explanation(title, detail, done, next_action)

    def __str__(self) -> str:
        return self.explanation.sentence()


class InvalidValue(Problem):
    """A value from outside (a file, an endpoint, a form) that the newsroom's rules do not allow."""


class InUse(Problem):
    """Something that is open elsewhere, and can be used when it is closed there."""
