"""The pages of the settings, in their order. A page is one more row here, and a class that takes a Room."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what it is called, its icon, and where its class is; that is imported when the page is first shown."""

    id: str
    title: str
    icon: str
    module: str
    name: str


PAGES: Final = (
    Page("you", "You", "user", "ui.settings.you", "YouPage"),
    Page("endpoints", "Endpoints", "server", "ui.settings.endpoints", "EndpointsPage"),
    Page("houses", "House profiles", "newspaper", "ui.settings.houses", "HousesPage"),
    Page("embeds", "Embeds", "shield-check", "ui.settings.embeds", "EmbedsPage"),
    Page("appearance", "Appearance", "sun-moon", "ui.settings.appearance", "AppearancePage"),
    Page("spelling", "Spelling", "spell-check", "ui.settings.spelling", "SpellingPage"),
    Page("backups", "Backups", "archive", "ui.settings.backups", "BackupsPage"),
)
