"""The sample coverage that ships: two days of an invented high water, with everything a page can hold."""

from pathlib import Path
from typing import Final

from desktop.exchange import lossless
from desktop.exchange.imported import Imported, with_new_ids

FOLDER: Final = Path(__file__).parents[2] / "resources" / "sample"


def load() -> Imported:
    """Read the sample with its pictures, under new ids each time, so that loading it again makes a second coverage."""
    return with_new_ids(lossless.read((FOLDER / "coverage.json").read_bytes(), FOLDER))
