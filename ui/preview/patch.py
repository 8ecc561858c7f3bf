"""The difference between two renderings of a page, as the few elements to put in place; free of Qt."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_REPLACEABLE: Final = re.compile(
    r'<article id="(?P<entry>[0-9a-f-]{36})".*?</article>'
    r'|<header class="(?P<head>masthead)">.*?</header>'
    r'|<div class="front" id="(?P<front>front)">.*?</div>',
    re.DOTALL,
)
# Data for machines, and what a tab is called: nobody sees them here, and they change with every word.
_UNSEEN: Final = re.compile(
    r'<script type=.*?</script>|<title>.*?</title>|<meta (?:name="description"|property=)[^>]*>\n?'
    r'| data-front="[^"]*"|<!--.*?-->',
    re.DOTALL,
)
_SELECTORS: Final = {"entry": '[id="{}"]', "head": "header.{}", "front": "#{}"}

# "entry-put" tells the page's own script, which gives the gates of the new element their panels.
_PUT: Final = """for (const [selector, html] of %s) {
  const made = document.createElement("template");
  made.innerHTML = html;
  document.querySelector(selector).replaceWith(made.content);
  document.querySelector(selector).dispatchEvent(new CustomEvent("entry-put", { bubbles: true }));
}"""


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered page taken apart: its replaceable elements by CSS selector, and everything around them."""

    elements: Mapping[str, str]
    around: str


def take_apart(html: str) -> Document:
    """Take a rendered page apart; cost grows with the one page, not with the coverage."""
    elements: dict[str, str] = {}

    def _lift(match: re.Match[str]) -> str:
        sort = match.lastgroup or ""
        selector = _SELECTORS[sort].format(match[sort])
        elements[selector] = match[0]
        return f"<{selector}>"

    around = _REPLACEABLE.sub(_lift, _UNSEEN.sub("", html))
    return Document(elements, around)


def difference(old: Document, new: Document) -> Mapping[str, str] | None:
    """Return the elements to replace, by selector; None when more than those differs and the page has to be loaded."""
    if old.around != new.around:
        return None
    return {selector: html for selector, html in new.elements.items() if old.elements[selector] != html}


def script(replaced: Mapping[str, str]) -> str:
    """Write the script that puts elements in place."""
    return _PUT % json.dumps(list(replaced.items()))
