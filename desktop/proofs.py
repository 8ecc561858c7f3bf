"""Proofs kept in a workspace: what a page's last one is worth, and whether the page may go to readers with it."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.proof import Proof, Stood, joined, shortfall, stand
from desktop.page.gated import parts
from desktop.page.house import House
from desktop.publish import guard
from desktop.store.reading import Reading
from desktop.store.writing import Writing


def on_page(reading: Reading, coverage: Coverage, house: House, also: Sequence[Entry] = ()) -> dict[str, str]:
    """Return what a proof of a page stands on, with entries that are about to be on it."""
    known = {entry.id for entry in also}
    gated = [each for each in reading.gated(coverage.id) if each.id not in known]
    return parts((*also, *gated), coverage.zone, house)


def standing(reading: Reading, coverage: Coverage, house: House, also: Sequence[Entry] = ()) -> Stood:
    """Compare a page, and entries that are about to be on it, with its last proof."""
    return stand(reading.proof(coverage.id), on_page(reading, coverage, house, also))


def allow(reading: Reading, coverage: Coverage, house: House, endpoint: Endpoint, entries: Sequence[Entry]) -> str:
    """Let entries go to readers, or raise GuardRefused where the house blocks what is unproved.

    Returns what speaks against them where it is only warned of, "" when nothing does. Only production asks: a
    rehearsal is where a page is looked at before it is proved.
    """
    if endpoint.environment is not Environment.PRODUCTION:
        return ""
    said = shortfall(standing(reading, coverage, house, entries))
    if house.blocks_unproved:
        guard.refuse_unproved(said)
    return said


def keep(writing: Writing, proof: Proof) -> Proof:
    """Keep a proof, joined to the one before where both stand on the same parts of the page."""
    writing.coverage(proof.coverage_id)
    kept = replace(joined(writing.proof(proof.coverage_id), proof), id=new_id())
    writing.add_proof(kept)
    return kept
