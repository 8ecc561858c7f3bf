from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain import moment
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, Publication
from desktop.domain.problem import InvalidValue
from desktop.domain.summary import Doubt, Keeping, doubts
from desktop.workspace import Workspace


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path)
    made.save_setting("producer", "Mo Adler")
    yield made
    made.close()


@pytest.fixture
def page(desk: Workspace) -> Coverage:
    return desk.create_coverage("Storm over the valley")


@pytest.fixture
def entry(desk: Workspace, page: Coverage) -> Entry:
    made = replace(desk.new_entry(page.id), headline="Bridge closed")
    desk.save_draft(made)
    return made


def put(desk: Workspace, page: Coverage, *points: SummaryPoint) -> None:
    desk.save_summary(page.id, points)


def doubted(desk: Workspace, page: Coverage) -> list[Doubt]:
    points = desk.coverage(page.id).summary
    grounds = desk.grounds(points)
    return [doubt for point in points for _, doubt in doubts(point, grounds)]


def keepings(desk: Workspace, page: Coverage) -> list[tuple[int, Keeping, int]]:
    return [(each.number, each.keeping, len(each.points)) for each in desk.summary_versions(page.id)]


def test_a_bullet_outlives_a_change_of_its_entry_once_it_is_confirmed(
    desk: Workspace, page: Coverage, entry: Entry
) -> None:
    point = SummaryPoint(new_id(), "The bridge is closed", (entry.id,))
    put(desk, page, point)
    assert doubted(desk, page) == []
    desk.save_draft(replace(entry, headline="Bridge open"))
    assert doubted(desk, page) == [Doubt.CHANGED]
    desk.confirm_point(page.id, point.id)
    assert doubted(desk, page) == []
    desk.bin_entry(entry.id)
    assert doubted(desk, page) == [Doubt.GONE]
    desk.restore_entry(entry.id)
    assert doubted(desk, page) == []


def test_every_change_is_a_version_and_an_echo_is_none(desk: Workspace, page: Coverage) -> None:
    first, second = SummaryPoint(new_id(), "One"), SummaryPoint(new_id(), "Two")
    put(desk, page, first)
    put(desk, page, *desk.coverage(page.id).summary)
    put(desk, page, *desk.coverage(page.id).summary, second)
    assert keepings(desk, page) == [(2, Keeping.CHANGED, 2), (1, Keeping.CHANGED, 1)]
    assert desk.summary_versions(page.id)[0].author == "Mo Adler"


def test_an_older_version_comes_back_as_a_new_one(desk: Workspace, page: Coverage) -> None:
    put(desk, page, SummaryPoint(new_id(), "One"))
    put(desk, page)
    desk.restore_summary(page.id, 1)
    assert [point.text for point in desk.coverage(page.id).summary] == ["One"]
    assert keepings(desk, page)[0] == (3, Keeping.RESTORED, 1)
    with pytest.raises(InvalidValue, match="no version 9"):
        desk.restore_summary(page.id, 9)


def test_a_bullet_that_is_gone_cannot_be_confirmed(desk: Workspace, page: Coverage) -> None:
    with pytest.raises(InvalidValue, match="no longer in the summary"):
        desk.confirm_point(page.id, UUID(int=4))
    assert desk.summary_versions(page.id) == ()


def test_what_readers_have_is_what_was_acknowledged(desk: Workspace, page: Coverage) -> None:
    place = Endpoint(id=new_id(), name="Practice", url="http://127.0.0.1:9", environment=Environment.REHEARSAL)
    desk.add_endpoint(place)
    put(desk, page, SummaryPoint(new_id(), "One"))
    sent = desk.publish_summary(page.id, place.id)
    assert keepings(desk, page)[0] == (2, Keeping.PUBLISHED, 1)
    assert desk.live_summary(page.id, place.id) is None
    (operation,) = [each for each in sent if each.kind is OperationKind.SUMMARY]
    now = moment.now()
    with desk.store.write() as writing:
        writing.put_publication(
            Publication(
                endpoint_id=place.id,
                target_id=page.id,
                coverage_id=page.id,
                kind=OperationKind.SUMMARY,
                operation_id=operation.id,
                revision=0,
                digest=operation.digest,
                etag="1",
                acknowledged_at=now,
            )
        )
    put(desk, page, SummaryPoint(new_id(), "Two"))
    live = desk.live_summary(page.id, place.id)
    assert live is not None
    assert ([point.text for point in live.points], live.accepted_at) == (["One"], now)


def test_the_desks_own_knowledge_of_a_bullet_is_not_sent(desk: Workspace, page: Coverage, entry: Entry) -> None:
    place = Endpoint(id=new_id(), name="Practice", url="http://127.0.0.1:9", environment=Environment.REHEARSAL)
    desk.add_endpoint(place)
    put(desk, page, SummaryPoint(new_id(), "One", (entry.id,)))
    sent = desk.publish_summary(page.id, place.id)
    point = desk.coverage(page.id).summary[0]
    desk.confirm_point(page.id, point.id)
    assert all(point.seen[0].words.encode() not in operation.payload for operation in sent)
    assert desk.publish_summary(page.id, place.id) == ()
