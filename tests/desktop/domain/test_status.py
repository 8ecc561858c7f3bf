from datetime import UTC, datetime
from uuid import UUID

import pytest

from desktop.domain.entry import Stage
from desktop.domain.outbox import OperationKind, OperationState, Publication
from desktop.domain.status import Status, status

LIVE = Publication(
    endpoint_id=UUID(int=1),
    target_id=UUID(int=2),
    coverage_id=UUID(int=3),
    kind=OperationKind.ENTRY,
    operation_id=UUID(int=4),
    revision=1,
    digest="a",
    etag='"1"',
    acknowledged_at=datetime(2026, 3, 1, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("stage", "publication", "latest", "expected"),
    [
        (Stage.DRAFT, None, None, Status.DRAFT),
        (Stage.READY, None, None, Status.READY),
        (Stage.READY, None, OperationState.QUEUED, Status.QUEUED),
        (Stage.READY, None, OperationState.SENDING, Status.SENDING),
        (Stage.READY, None, OperationState.UNKNOWN, Status.UNKNOWN),
        (Stage.READY, LIVE, OperationState.REFUSED, Status.FAILED),
        (Stage.READY, LIVE, None, Status.LIVE),
    ],
)
def test_live_only_after_the_endpoint_acknowledged(
    stage: Stage, publication: Publication | None, latest: OperationState | None, expected: Status
) -> None:
    assert status(stage, "a", publication, latest) is expected


def test_an_edit_on_the_desk_does_not_change_what_readers_have() -> None:
    assert status(Stage.READY, "b", LIVE, None) is Status.LIVE_EDITED
