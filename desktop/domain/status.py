"""What readers have of an entry, in one word: never guessed, always from the endpoint's acknowledgements."""

from enum import StrEnum

from desktop.domain.outbox import OperationState, Publication
from desktop.domain.stage import Stage


class Status(StrEnum):
    """The state a producer sees; `live` only after the endpoint acknowledged."""

    DRAFT = "draft"
    READY = "ready"
    QUEUED = "queued"
    SENDING = "sending"
    LIVE = "live"
    LIVE_EDITED = "live_edited"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


def status(stage: Stage, digest: str, publication: Publication | None, latest: OperationState | None) -> Status:
    """Work out an entry's status at one endpoint.

    `digest` is that of the entry as it stands on the desk, `publication` what the endpoint acknowledged last,
    `latest` the state of the newest operation of this entry there that is not done or cancelled.
    """
    match latest:
        case OperationState.QUEUED | OperationState.HELD:
            return Status.QUEUED
        case OperationState.SENDING:
            return Status.SENDING
        case OperationState.UNKNOWN:
            return Status.UNKNOWN
        case OperationState.REFUSED | OperationState.CONFLICT:
            return Status.FAILED
        case OperationState.DONE | OperationState.CANCELLED | None:
            pass
    if publication is None:
        return Status.READY if stage is Stage.READY else Status.DRAFT
    if publication.is_withdrawn:
        return Status.WITHDRAWN
    return Status.LIVE if publication.digest == digest else Status.LIVE_EDITED
