"""What marks a place as one newsroom's: newsroom.json at its top, read before anything is written there."""

from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from desktop.domain.endpoint import Endpoint
from desktop.domain.members import Reader, canonical, parse
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish.answer import NotSent, Refused, RetryLater, Unauthorised, Unknown, WrongPlace
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.layout.place import ABSENT, Clash, Failure, Held, Item, Missing, Place, Stored
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.service import Service, read_environment

FILE: Final = "newsroom.json"
LAYOUT: Final = "live-page-objects/1"
_MADE_UP: Final = "0123456789abcdef0123456789abcdef"
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """What was proved of a place: that it is ours, and whether it keeps to preconditions, as two writers need."""

    service: Service
    keeps_conditions: bool


def instance_of(endpoint: Endpoint) -> UUID:
    """Return the id of a place nobody has claimed yet: two consoles that claim it at once write the same."""
    return endpoint.instance or uuid5(NAMESPACE_URL, f"{endpoint.url}#{endpoint.environment.value}")


async def describe(place: Place, endpoint: Endpoint) -> Service:
    """Ask a place what it is, as anybody may; one that shows nothing to strangers is asked again by `claim`.

    Raises EndpointUnreachable, NotALivePage or GuardRefused.
    """
    held = await place.read(FILE, openly=True)
    match held:
        case Held():
            return _read(held.data, place.host)
        case Unauthorised() | Missing():
            return _unclaimed(endpoint)
        case Refused(status=403):
            return _unclaimed(endpoint)
        case Refused(reason=reason):
            raise NotALivePage(reason, next_action=tr("Check the endpoint's address."))
        case NotSent(reason=reason) | RetryLater(reason=reason) | Unknown(reason=reason) | WrongPlace(reason=reason):
            raise EndpointUnreachable(reason)


async def claim(place: Place, endpoint: Endpoint) -> Claim | Failure:
    """Read the mark of a place, or set it where there is none, and try whether preconditions are kept there.

    Only the mark itself is written, and only as it already stands.
    """
    mark = Item(FILE, "application/json", _write(_unclaimed(endpoint)), "no-cache")
    for _ in range(_TRIES):
        held = await place.read(FILE)
        if isinstance(held, Missing):
            made = await place.write(mark, ABSENT)
            if not isinstance(made, Stored | Clash | Unknown | NotSent):
                return made
            continue
        if not isinstance(held, Held):
            return held
        try:
            service = _read(held.data, place.host)
            allow(endpoint, on_air=True, service=service)
        except (NotALivePage, GuardRefused) as problem:
            return WrongPlace(str(problem))
        same = Item(FILE, "application/json", held.data, "no-cache")
        keeps = await _refuses(place, same, ABSENT)
        keeps = await _refuses(place, same, _MADE_UP) if keeps is True else keeps
        return Claim(service, keeps) if isinstance(keeps, bool) else keeps
    return RetryLater(tr("{host} does not show what was just written there.").format(host=place.host))


async def _refuses(place: Place, item: Item, expected: str) -> bool | Failure:
    """Tell whether a write that must not take place is refused."""
    answer: Stored | Clash | Failure = Clash()
    for _ in range(_TRIES):
        answer = await place.write(item, expected)
        if not isinstance(answer, Unknown | NotSent):
            break
    match answer:
        case Clash():
            return True
        case Stored() | Refused(type="condition"):
            return False
        case _:
            return answer


def _unclaimed(endpoint: Endpoint) -> Service:
    return Service(instance=instance_of(endpoint), environment=endpoint.environment)


def _write(service: Service) -> bytes:
    return canonical({"layout": LAYOUT, "instance": str(service.instance), "environment": service.environment.value})


def _read(data: bytes, host: str) -> Service:
    try:
        reader = Reader(parse(data), "The mark of the place")
        layout = reader.text("layout")
        if layout != LAYOUT:
            message = tr("The place at {host} is laid out as “{layout}”, not as {own}.").format(
                host=host, layout=layout[:40], own=LAYOUT
            )
            raise NotALivePage(message, next_action=tr("Check the endpoint's address."))
        return Service(instance=reader.ident("instance"), environment=read_environment(reader.text("environment")))
    except InvalidValue as error:
        message = tr("The file {file} at {host} was not written by a newsroom.").format(file=FILE, host=host)
        raise NotALivePage(message, detail=str(error), next_action=tr("Check the endpoint's address.")) from error
