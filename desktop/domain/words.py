"""Words for the producer, in the language the console was started in; what readers see comes from the house profile."""

from collections.abc import Callable

Translator = Callable[[str, int], str]


def _as_written(text: str, _count: int) -> str:
    return text


_translate: Translator = _as_written


def install(translator: Translator | None) -> None:
    """Let a translator answer from now on; None gives every text as it was written.

    It is asked with a text of ours and a number, -1 where nothing is counted, and answers with the text itself where
    it knows no other.
    """
    global _translate  # noqa: PLW0603 - one language a process, as with every gettext
    _translate = translator or _as_written


def tr(text: str) -> str:
    """Return an English text of ours in the producer's language, or as it is where nobody translated it.

    Called when a text is made, never when a module is imported: no language is chosen yet then. What varies is put
    in afterwards, as in `tr("Saved at {time}").format(time=time)`, so that translators see one whole sentence.
    """
    return _translate(text, -1)


def tr_count(one: str, many: str, count: int) -> str:
    """Return the text for a number of things, as in `tr_count("{count} entry", "{count} entries", 3)`.

    The number is not put in. Translators are given `many`, and write as many forms as their language has.
    """
    said = _translate(many, count)
    return one if said == many and count == 1 else said
