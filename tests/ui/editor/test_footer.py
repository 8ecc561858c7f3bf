import pytest

from desktop.checks.findings import Finding, Severity
from desktop.domain.endpoint import Environment
from desktop.domain.status import Status
from ui.editor.footer import deed, summary

BLOCK = Finding(Severity.BLOCK, "The embed has no address.", 1)
WARN = Finding(Severity.WARN, "The picture has no image source.", 0)


@pytest.mark.parametrize(
    ("environment", "status", "connected", "text", "again"),
    [
        (
            Environment.REHEARSAL,
            Status.DRAFT,
            True,
            "Publish to rehearsal page",
            "Press again to publish to the rehearsal page",
        ),
        (Environment.PRODUCTION, Status.READY, True, "Publish to readers", "Press again to publish to readers"),
        (Environment.PRODUCTION, Status.LIVE_EDITED, True, "Update live entry", "Press again to publish to readers"),
        (Environment.PRODUCTION, Status.READY, False, "Queue for readers", "Press again to queue it for readers"),
    ],
)
def test_words_say_where_it_goes(
    environment: Environment,
    status: Status,
    connected: bool,  # noqa: FBT001 - a parameter
    text: str,
    again: str,
) -> None:
    shown = deed(environment, status, (), is_connected=connected, is_edited=False)
    assert (shown.text, shown.again, shown.hindrance) == (text, again, "")


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("connected", [True, False])
def test_a_rehearsal_never_borrows_the_words_of_the_real_thing(status: Status, connected: bool) -> None:  # noqa: FBT001 - a parameter
    rehearsed = deed(Environment.REHEARSAL, status, (), is_connected=connected, is_edited=True)
    real = deed(Environment.PRODUCTION, status, (), is_connected=connected, is_edited=True)
    assert {rehearsed.text, rehearsed.again, rehearsed.kind}.isdisjoint({real.text, real.again, real.kind})
    assert "readers" not in rehearsed.text + rehearsed.again


def test_blockers_hinder_on_production_alone() -> None:
    assert deed(Environment.PRODUCTION, Status.READY, (BLOCK,), is_connected=True, is_edited=False).hindrance
    assert not deed(Environment.PRODUCTION, Status.READY, (WARN,), is_connected=True, is_edited=False).hindrance
    assert not deed(Environment.REHEARSAL, Status.READY, (BLOCK,), is_connected=True, is_edited=False).hindrance


def test_what_is_out_already_waits_for_an_edit() -> None:
    assert deed(Environment.REHEARSAL, Status.LIVE, (), is_connected=True, is_edited=False).hindrance
    assert not deed(Environment.REHEARSAL, Status.LIVE, (), is_connected=True, is_edited=True).hindrance
    assert deed(None, Status.DRAFT, (), is_connected=True, is_edited=True).hindrance


def test_the_summary_names_what_stops_first() -> None:
    assert summary((BLOCK, WARN), Environment.PRODUCTION)[1:] == ("1 to fix before publishing", BLOCK.sentence)
    assert summary((WARN,), Environment.PRODUCTION)[1:] == ("1 to look at", WARN.sentence)
    assert summary((), None)[1:] == ("Nothing to fix", "")
