"""Which WordPress site answers, as far as it says so without being asked by one of its users."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.words import tr
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.service import Service
from desktop.publish.transport import Broken
from desktop.publish.verdict import redirect_target
from desktop.publish.wordpress.api import WordPressApi
from desktop.publish.wordpress.refusal import said

PLUGIN: Final = "newsroom-console/v1"
LIVEBLOG: Final = "liveblog/v1"

_FIELDS: Final = "name,url,home,namespaces,authentication"


@dataclass(frozen=True, slots=True)
class Site:
    """A site. `says_environment` is what its plugin says it is, None without the plugin; `home` is its address."""

    service: Service
    home: str
    namespaces: frozenset[str]
    says_environment: str | None

    @property
    def pinned(self) -> str:
        """Say in words what the endpoint is held to from its first connection on."""
        if self.service.instance == by_address(self.home):
            return tr(
                "Pinned is its address, {home}: the site itself has no id, nor does it say whether it is on air."
            ).format(home=self.home)
        return tr("Pinned is the id of its Newsroom Console plugin; it says it is {says_environment}.").format(
            says_environment=self.says_environment
        )


async def read_site(api: WordPressApi, endpoint: Endpoint) -> Site:
    """Ask a site what it is, without the secret; raises EndpointUnreachable or NotALivePage."""
    index = await _asked(api, "/", _fields=_FIELDS)
    namespaces = index.get("namespaces")
    home = index.get("home")
    if not isinstance(namespaces, list) or "wp/v2" not in namespaces or not isinstance(home, str):
        raise _not_wordpress(api.host)
    offers = index.get("authentication")
    if not isinstance(offers, dict) or "application-passwords" not in offers:
        message = tr("The WordPress at {host} does not offer application passwords.").format(host=api.host)
        action = tr("It offers them over https, and where WP_ENVIRONMENT_TYPE is local.")
        raise NotALivePage(message, next_action=action)
    own = await _asked(api, f"/{PLUGIN}/site") if PLUGIN in namespaces else {}
    instance, says = by_address(home), own.get("environment")
    if own and endpoint.instance != instance:
        # A site that was pinned by its address stays so when it gets the plugin.
        instance = _id(own.get("instance"), api.host)
    service = Service(
        instance=instance,
        environment=_environment(says, endpoint.environment),
        name=str(index.get("name") or ""),
    )
    return Site(service, home, frozenset(map(str, namespaces)), says if isinstance(says, str) else None)


def by_address(home: str) -> UUID:
    """Name a site that has no id of its own by its address."""
    return uuid5(NAMESPACE_URL, home.rstrip("/").lower())


def _environment(says: Any, ours: Environment) -> Environment:
    """Take the site's word for being on air or not; without its plugin it has none, and the desk's stands."""
    match says:
        case None:
            return ours
        case "production":
            return Environment.PRODUCTION
        case _:
            # WordPress knows local, development and staging; whether one is a rehearsal or a test is the desk's to say.
            return Environment.REHEARSAL if ours is Environment.PRODUCTION else ours


async def _asked(api: WordPressApi, path: str, **query: str) -> dict[str, Any]:
    told = await api.get(path, is_signed=False, **query)
    if isinstance(told, Broken):
        raise EndpointUnreachable(told.reason)
    if 300 <= told.status < 400:  # noqa: PLR2004 - the range of redirects
        message = tr("{host} sends us on to {redirect_target}; nothing was sent there.").format(
            host=api.host, redirect_target=redirect_target(told.reply)
        )
        raise NotALivePage(message, next_action=tr("Check the endpoint's address."))
    if told.status >= 500 or told.status == 429:  # noqa: PLR2004
        raise EndpointUnreachable(said(told, api.host))
    if not told.is_ok or not isinstance(told.value, dict):
        raise _not_wordpress(api.host)
    return told.value


def _id(written: Any, host: str) -> UUID:
    try:
        return UUID(str(written))
    except ValueError as error:
        raise _not_wordpress(host) from error


def _not_wordpress(host: str) -> NotALivePage:
    message = tr("What answers at {host} is not the REST interface of a WordPress site.").format(host=host)
    return NotALivePage(message, next_action=tr("Give the site's address, as readers open its front page."))
