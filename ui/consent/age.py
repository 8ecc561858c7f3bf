"""How old a proof is, and whether the page is still the one that was proved, in one sentence."""

from datetime import datetime

from desktop.domain.proof import Standing, Stood
from ui.words import tr, tr_count

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def said(stood: Stood, now: datetime) -> str:
    """Say when a page was proved, and what has become of it since."""
    proof = stood.proof
    if proof is None:
        needs_none = stood.standing is Standing.NOT_NEEDED
        return tr("No embed on this page asks for consent.") if needs_none else tr("This page was never proved.")
    words = ago((now - proof.at).total_seconds())
    match stood.standing:
        case Standing.STALE:
            return tr("Proved {ago}, before your last change.").format(ago=words)
        case Standing.PARTIAL:
            return tr("Proved {ago}, {done} of {planned} rehearsals.").format(
                ago=words, done=len(proof.rehearsed), planned=proof.planned
            )
        case Standing.MISSING | Standing.FAILING | Standing.GOOD | Standing.NOT_NEEDED:
            return tr("Proved {ago}.").format(ago=words)


def ago(seconds: float) -> str:
    """Say how long ago something was: just now, 1 minute ago, 12 minutes ago, 3 hours ago, 2 days ago."""
    if seconds < _MINUTE:
        return tr("just now")
    for size, one, many in (
        (_DAY, "1 day ago", "{count} days ago"),
        (_HOUR, "1 hour ago", "{count} hours ago"),
        (_MINUTE, "1 minute ago", "{count} minutes ago"),
    ):
        if seconds >= size:
            count = int(seconds // size)
            return tr_count(one, many, count).format(count=count)
    return tr("just now")
