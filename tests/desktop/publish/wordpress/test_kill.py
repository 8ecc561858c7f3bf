"""A publisher that is killed -9 around a reserved draft: what was queued is on WordPress once, in order, afterwards."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain import moment
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import Readers
from tests.servers.wordpress import WordPress

CHECKOUT = Path(__file__).parents[4]


@pytest.mark.parametrize("step", ["reserved", "kept", "answered", "settled"])
def test_killed_around_a_draft_nothing_is_lost_and_nothing_doubled(newsdesk: Desk, site: WordPress, step: str) -> None:
    began = moment.now() - timedelta(hours=1)
    entries = [replace(newsdesk.write(f"Update {number}"), at=began + timedelta(minutes=number)) for number in range(3)]
    newsdesk.publish(*entries)
    for passing in (0, 1):
        folder, endpoint_id = str(newsdesk.store.folder), str(newsdesk.endpoint.id)
        command = [sys.executable, "-m", "tests.desktop.publish.publisher_process", folder, endpoint_id]
        with subprocess.Popen([*command, step, str(passing)], cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"here\n"
            process.kill()
    newsdesk.drain(deadline=30.0)
    readers = Readers(site)
    assert set(newsdesk.states()) == {"done"}
    assert [post["title"]["rendered"] for post in readers.posts(newsdesk)] == ["Update 2", "Update 1", "Update 0"]
    assert readers.drafts(newsdesk) == []
