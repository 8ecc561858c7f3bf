"""Text from outside: its bytes decoded with care, its lines numbered."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean
from desktop.domain.words import tr

MAX_BYTES: Final = 20_000_000

_PAGE_BREAKS: Final = re.compile("[\x0b\x0c]")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE: Final = 4_000
# Text in any script has few of the first 32 code points beside its line ends and tabs.
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, trimmed; `number` counts every line of the source from 1."""

    number: int
    text: str


def read_lines(data: bytes) -> tuple[Line, ...]:
    """Decode UTF-8 or UTF-16 and return the lines that say something; what is no text raises InvalidValue."""
    if len(data) > MAX_BYTES:
        message = tr("The file is larger than {megabytes} MB, the most a page of text may have.").format(
            megabytes=MAX_BYTES // 1000000
        )
        raise InvalidValue(message, done=tr("Nothing was imported."))
    text = clean(_PAGE_BREAKS.sub("\n", _decoded(data)))
    lines = tuple(Line(number, line) for number, raw in enumerate(text.split("\n"), 1) if (line := raw.strip()))
    if not lines:
        message = tr("The file is empty.")
        raise InvalidValue(message, next_action=tr("Save the page's text again and import that."))
    return lines


def _decoded(data: bytes) -> str:
    encoding, start = next(((name, len(bom)) for bom, name in _BOMS if data.startswith(bom)), (_guess(data), 0))
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        message = tr("The file is not text in UTF-8 or UTF-16.")
        raise InvalidValue(message, next_action=tr("Save it as text in UTF-8 and import that.")) from error
    if len(_CONTROLS.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100 or "\x00" in text:
        message = tr("The file is not text.")
        raise InvalidValue(message, next_action=tr("Import a page saved as text, or a coverage.json."))
    return text


def _guess(data: bytes) -> str:
    """Tell UTF-16 without its mark by where its zero bytes stand."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 4 and not odd else "utf-8"
