"""HTML from outside as a tree of plain values, in one pass over it: nothing is executed, fetched or kept as markup.

The standard library's parser takes half a minute over sixty kilobytes of tags that never end; this one reads every
character once, whatever they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NoReturn

from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr

MAX_DEPTH: Final = 100
"""How deep elements may lie in one another; a page has some thirty levels."""
MAX_ELEMENTS: Final = 300_000
"""How many elements a page may have; one of two thousand updates has some fifty thousand."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_TAG_END: Final = re.compile(r"[\s/]*>")
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
}
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# What the start of an element ends, as HTML's own rules have it: a paragraph before the next one, an item likewise.
_ENDED_BY: Final = {
    **dict.fromkeys(
        (
            *("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "table"),
            *("section", "article", "aside", "header", "footer", "nav", "main", "pre", "hr", "form", "dl"),
        ),
        frozenset({"p"}),
    ),
    "li": frozenset({"p", "li"}),
    "dt": frozenset({"p", "dt", "dd"}),
    "dd": frozenset({"p", "dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, what is in it, and the line it begins at."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    line: int = 1

    @property
    def classes(self) -> frozenset[str]:
        """The names in its class attribute."""
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> Iterator["Node"]:
        """Yield the elements inside, in the order of the document."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def words(self) -> str:
        """Return all the text inside as it is written."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


def parse(text: str) -> Node:
    """Read HTML into a tree; elements that are too many or nested too deep raise InvalidValue.

    What is damaged becomes text, and never more than was written. Comments are left out.
    """
    return _Parser(text).tree()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._top = Node("")
        self._open = [self._top]
        self._line = 1
        self._counted = 0
        self._made = 0

    def tree(self) -> Node:
        text, at, end = self._text, 0, len(self._text)
        while at < end:
            sign = text.find("<", at)
            if sign < 0:
                self._say(text[at:])
                break
            self._say(text[at:sign])
            at = self._markup(sign)
        return self._top

    def _markup(self, at: int) -> int:
        """Read what begins with a "<" and return where it ends."""
        text = self._text
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            return len(text) if end < 0 else end + 3
        if text.startswith(("<!", "<?"), at):
            end = text.find(">", at)
            return len(text) if end < 0 else end + 1
        tag = _TAG.match(text, at)
        if tag is None:
            self._say("<")
            return at + 1
        name, place = tag[2].lower(), tag.end()
        if tag[1]:
            end = text.find(">", place)
            self._close(name)
            return end + 1 if end >= 0 else len(text)
        attributes: dict[str, str] = {}
        while not (closed := _TAG_END.match(text, place)):
            found = _ATTRIBUTE.match(text, place)
            if found is None:  # a tag that never ends: its signs are words then
                self._say(text[at:])
                return len(text)
            value = next((each for each in found.groups()[1:] if each is not None), "")
            attributes.setdefault(found[1].lower(), unescape(value))
            place = found.end()
        node = self._begin(name, attributes, at)
        return self._raw(node, closed.end()) if name in _RAW else closed.end()

    def _begin(self, name: str, attributes: dict[str, str], at: int) -> Node:
        ended = _ENDED_BY.get(name, frozenset())
        while self._open[-1].tag in ended:
            self._open.pop()
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        node = Node(name, attributes, line=self._line)
        self._open[-1].children.append(node)
        if name not in _VOID and name not in _RAW:
            self._open.append(node)
            if len(self._open) > MAX_DEPTH:
                _refuse(
                    tr("This HTML nests more than {max_depth} elements in one another, which no page does.").format(
                        max_depth=MAX_DEPTH
                    )
                )
        self._made += 1
        if self._made > MAX_ELEMENTS:
            _refuse(
                tr("This HTML has more than {max_elements} elements, which no page has.").format(
                    max_elements=MAX_ELEMENTS
                )
            )
        return node

    def _raw(self, node: Node, start: int) -> int:
        """Take text that is no markup, up to the element's own end."""
        found = _RAW[node.tag].search(self._text, start)
        end = found.start() if found else len(self._text)
        node.children.append(self._text[start:end])
        after = self._text.find(">", end)
        return len(self._text) if after < 0 else after + 1

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == name:
                del self._open[depth:]
                return
        if name == "br":
            self._open[-1].children.append(Node("br"))

    def _say(self, words: str) -> None:
        if words:
            self._open[-1].children.append(unescape(words))


def _refuse(title: str) -> NoReturn:
    raise InvalidValue(title, done=tr("Nothing was imported."))
