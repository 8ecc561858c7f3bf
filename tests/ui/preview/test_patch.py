from uuid import UUID

from ui.preview.patch import difference, script, take_apart

FIRST, SECOND = str(UUID(int=1)), str(UUID(int=2))


def _page(first: str = "one", second: str = "two", head: str = "Head", foot: str = "foot", title: str = "t") -> str:
    return f"""<title>{title}</title><script type="application/json" id="copy">{title}</script>
<header class="masthead"><h1>{head}</h1></header><div class="front" id="front"><p>front</p></div>
<ol><li><article id="{FIRST}" class="entry"><h3>{first}</h3></article></li>
<li><article id="{SECOND}" class="entry"><h3>{second}</h3></article></li></ol><footer>{foot}</footer>"""


def test_one_changed_entry_is_one_element() -> None:
    changed = difference(take_apart(_page()), take_apart(_page(first="uno")))
    assert changed == {f'[id="{FIRST}"]': f'<article id="{FIRST}" class="entry"><h3>uno</h3></article>'}


def test_what_nobody_sees_makes_no_difference() -> None:
    assert difference(take_apart(_page()), take_apart(_page(title="other"))) == {}


def test_the_masthead_is_put_in_place_too() -> None:
    changed = difference(take_apart(_page()), take_apart(_page(head="New")))
    assert changed is not None
    assert list(changed) == ["header.masthead"]


def test_anything_else_has_to_be_loaded() -> None:
    old = take_apart(_page())
    assert difference(old, take_apart(_page(foot="feet"))) is None
    assert difference(old, take_apart(_page().replace(SECOND, str(UUID(int=3))))) is None


def test_the_script_carries_any_text_unharmed() -> None:
    put = script({"#a": '</script>"\u2028`${x}'})
    assert "</script>" in put
    assert r"\u2028" in put
    assert r"\"" in put
