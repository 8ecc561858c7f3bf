"""Facts with their sources, taken out of a table somebody wrote by hand."""

import re
from typing import Any, Final, NoReturn, TypeVar

from desktop.domain.problem import InvalidValue

Value = TypeVar("Value")

_ADDRESS: Final = re.compile(r"https://[^\s\"'<>]+|\{url\}")


class Facts:
    """Takes typed facts `{ is = …, src = "…" }` out of one entry, and at the end refuses those nobody took.

    `sources` collects where each fact was found, by its name, or by "name:value" where a fact has many values. Every
    refusal is an InvalidValue that names the entry.
    """

    def __init__(self, entry: object, where: str, keys: tuple[str, ...]) -> None:
        self.where = where
        self.sources: dict[str, tuple[str, ...]] = {}
        self._keys = keys
        if not isinstance(entry, dict):
            self.refuse("is not a table")
        self._rest: dict[str, Any] = dict(entry)

    def refuse(self, why: str) -> NoReturn:
        """Refuse the entry."""
        message = f"{self.where} {why}."
        raise InvalidValue(message)

    def plain(self, name: str, kind: type[Value], default: Value | None = None) -> Value:
        """Take a member that is no fact: a name, a choice of our own."""
        found = self._rest.pop(name, default)
        if found is None:
            self.refuse(f"lacks “{name}”")
        if not isinstance(found, kind):
            self.refuse(f"has a “{name}” of the wrong type")
        return found

    def names(self, name: str) -> tuple[str, ...]:
        """Take a list of plain strings, empty when absent."""
        return self._strings(name, self._rest.pop(name, []))

    def one(self, name: str) -> str | None:
        """Take a fact of one value, None when absent."""
        if name not in self._rest:
            return None
        value, keys = self._fact(name, self._rest.pop(name))
        if not isinstance(value, str) or not value:
            self.refuse(f"has a “{name}” that is not a text")
        self.sources[name] = keys
        return value

    def address(self, name: str) -> str | None:
        """Take a fact that is an https address, None when absent."""
        value = self.one(name)
        if value is not None and not _ADDRESS.fullmatch(value):
            self.refuse(f"has a “{name}” that is not an https address")
        return value

    def many(self, name: str) -> tuple[str, ...]:
        """Take a fact of many values, or several such facts of different sources; empty when absent."""
        written = self._rest.pop(name, [])
        values: list[str] = []
        for group in written if isinstance(written, list) else [written]:
            listed, keys = self._fact(name, group)
            for value in self._strings(name, listed):
                values.append(value)
                self.sources[f"{name}:{value}"] = keys
        return tuple(values)

    def below(self, name: str) -> "Facts":
        """Return the facts of a table inside this one, empty when absent."""
        return Facts(self._rest.pop(name, {}), self.where, self._keys)

    def end(self) -> None:
        """Refuse whatever was not taken."""
        if self._rest:
            self.refuse(f"holds “{min(self._rest)}”, which is not known here")

    def _fact(self, name: str, written: object) -> tuple[object, tuple[str, ...]]:
        if not isinstance(written, dict) or set(written) != {"is", "src"} or not isinstance(written["src"], str):
            self.refuse(f"has a “{name}” that does not say what it is and where it was found")
        found = tuple(written["src"].split())
        if not found or not set(found) <= set(self._keys):
            self.refuse(f"has a “{name}” from a source the table does not list")
        return written["is"], found

    def _strings(self, name: str, written: object) -> tuple[str, ...]:
        if not isinstance(written, list) or not all(isinstance(value, str) and value for value in written):
            self.refuse(f"has a “{name}” that is not a list of texts")
        return tuple(written)
