"""What an endpoint says it is, read before anything is sent to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from desktop.domain.endpoint import Environment
from desktop.domain.members import Json, Reader, parse, read_text, read_time
from desktop.domain.problem import InvalidValue

API: Final = "live-page/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An endpoint's service document. `instance` is the server's own id; `time` its clock, None when it tells none."""

    instance: UUID
    environment: Environment
    name: str = ""
    time: datetime | None = None


def read_service(body: bytes) -> Service:
    """Read a service document; anything but one of this API raises InvalidValue.

    Members not known here are passed over: a newer server may tell more.
    """
    document: Json = parse(body)
    reader = Reader(document, "The service document")
    api = reader.text("api")
    if api != API:
        message = f"The server speaks “{api[:40]}”, not {API}."
        raise InvalidValue(message)
    return Service(
        instance=reader.ident("instance"),
        environment=read_environment(reader.text("environment")),
        name=reader.one("name", read_text) or "",
        time=reader.one("time", read_time),
    )


def read_environment(named: str) -> Environment:
    """Read the name of an environment as a server tells it; any other raises InvalidValue."""
    try:
        return Environment(named)
    except ValueError as error:
        message = f"The server says it is “{named[:40]}”, which is neither production, rehearsal nor test."
        raise InvalidValue(message) from error
