"""The order in which a screen reader tells an embed, checked on the accessibility tree."""

from collections.abc import Sequence
from typing import Final

_GROUP: Final = "group"
_BUTTON: Final = "button"
_LINK: Final = "link"
_ARTICLE: Final = "article"
# Within how many nodes of the tree one part follows another, texts and their boxes counted.
_NEAR: Final = 12
_WITHIN: Final = 80


def out_of_order(tree: Sequence[tuple[str, str]], embeds: Sequence[tuple[str, bool, bool]]) -> str:
    """Tell what is out of order, "" when every embed is in it; `tree` has roles and names in reading order.

    `embeds` has each embed's name on the page, in order, and whether a policy is on file for it and an original known
    at all. The order is: a link that skips it, the group with its name, in it the policies as links, then the choices
    as buttons, then the link to the original. Source: the order of parts the gate promises.
    """
    groups: list[int] = []
    at = 0
    for name, *_ in embeds:
        found = next((index for index in range(at, len(tree)) if tree[index] == (_GROUP, name)), None)
        if found is None or not _choices(tree, found):
            return f"“{name}” is not read as a group with choices"
        groups.append(found)
        at = found + 1
    for index, (name, needs_policy, needs_link) in zip(groups, embeds, strict=True):
        if not any(role == _LINK for role, _ in tree[max(0, index - _NEAR) : index]):
            return f"no link to skip it is read before “{name}”"
        choices = _choices(tree, index)
        if needs_policy and not any(role == _LINK for role, _ in tree[index + 1 : choices[0]]):
            return f"no policy is read before the choices of “{name}”"
        if needs_link and not any(role == _LINK for role, _ in tree[choices[-1] + 1 : choices[-1] + _NEAR]):
            return f"no link to the original is read after the choices of “{name}”"
    return ""


def _choices(tree: Sequence[tuple[str, str]], group: int) -> list[int]:
    found: list[int] = []
    for at in range(group + 1, min(len(tree), group + _WITHIN)):
        role = tree[at][0]
        if role in {_GROUP, _ARTICLE}:
            break
        if role == _BUTTON:
            found.append(at)
    return found
