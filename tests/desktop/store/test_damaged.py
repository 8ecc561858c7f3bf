import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from desktop.domain.problem import Problem
from desktop.domain.revision import Reason
from desktop.store.store import Reading, Store
from tests.desktop.store.desk import Desk

FLIPS = 60


@pytest.mark.parametrize("seed", range(2))
def test_a_flipped_bit_never_shows_a_text_nobody_wrote(store: Store, desk: Desk, tmp_path: Path, seed: int) -> None:
    entries = [desk.entry(f"Update {number} from the harbour") for number in range(30)]
    with store.write() as writing:
        revisions = {each.id: each for each in writing.add_revisions(entries, Reason.READY, "Ada")}
        operations = {each.id: each for each in [writing.add_operation(desk.operation(entry)) for entry in entries]}
    store.close()
    written = {entry.id: entry for entry in entries}
    whole = store.path.read_bytes()

    def questions() -> Iterator[Callable[[Reading], bool]]:
        yield lambda reading: reading.coverage(desk.coverage.id) == desk.coverage
        yield lambda reading: all(written[each.id] == each for each in reading.entries(desk.coverage.id))
        yield lambda reading: all(
            revisions[each.id] == each for entry in entries for each in reading.revisions(entry.id)
        )
        yield lambda reading: all(operations[each.id] == each for each in reading.operations())
        yield lambda reading: all(
            row.headline in {written[row.id].headline if row.id in written else None, "This entry was damaged on disk"}
            for row in reading.timeline(desk.coverage.id, desk.endpoint.id)
        )

    chance = random.Random(seed)  # noqa: S311 - which bit flips is no secret
    noticed = 0
    for number in range(FLIPS):
        folder = tmp_path / f"flipped-{number}"
        folder.mkdir()
        (folder / "newsroom.sqlite").write_bytes(flip(whole, chance))
        try:
            opened = Store.open(folder, patience=0.1)
        except Problem:
            noticed += 1
            continue
        with closing(opened):
            for question in questions():
                try:
                    with opened.read() as reading:
                        assert question(reading)
                except (Problem, OperationalError):
                    noticed += 1
    assert noticed > 0


def flip(content: bytes, chance: random.Random) -> bytes:
    """Turn one bit of a byte that is not zero: most of those belong to what was written."""
    changed = bytearray(content)
    place = chance.choice([index for index, byte in enumerate(content) if byte])
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)
