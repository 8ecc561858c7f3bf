"""A house that is chosen to be worded differently here: which one, and what this workspace has in its place."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop.page.house import House
from ui.settings.room import Room
from ui.shared.choice import Choice
from ui.words import tr


class OwnHouse(Choice):
    """Chooses a house profile. `house_chosen` tells that another one is looked at, or the same one anew."""

    house_chosen = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(tr("House profile"))
        self._workspace = room.workspace
        self._houses = room.workspace.houses()
        for house in self._houses:
            self.addItem(f"{house.name} · {house.publisher} · {house.language}")
        names = [house.name for house in self._houses]
        used = room.workspace.coverages()
        last = room.workspace.house(used[0].id).name if used else "default"
        self.setCurrentIndex(names.index(last))
        self.currentIndexChanged.connect(self._on_chosen)

    @property
    def as_it_came(self) -> House:
        """The house without anything of this workspace's."""
        return self._houses[self.currentIndex()]

    def own(self) -> dict[str, str]:
        """Return what this workspace words differently from it."""
        return self._workspace.house_words(self.as_it_came.name)

    def word(self, key: str) -> str:
        """Return what stands under a key here, "" for nothing."""
        return self.own().get(key, str(self.as_it_came.values.get(key, "")))

    def keep(self, changed: Mapping[str, str]) -> None:
        """Word some keys anew, each emptied one as the house has it; raises HouseInvalid, naming the key."""
        own = {**self.own(), **changed}
        self._workspace.save_house_words(self.as_it_came, {key: words for key, words in own.items() if words})

    def _on_chosen(self, _at: int) -> None:
        self.house_chosen.emit()
