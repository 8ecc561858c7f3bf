from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from ui import theme
from ui.air import AirBar, air

PLACE = Endpoint(id=new_id(), name="Main site", url="https://me@live.example.org/news", environment=Environment.TEST)


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("is_on_air", [True, False])
def test_only_production_that_was_agreed_to_is_on_air(environment: Environment, is_on_air: bool) -> None:  # noqa: FBT001
    said = air(replace(PLACE, environment=environment), is_on_air=is_on_air)
    assert said.is_on_air == (said.word == "ON AIR") == (environment is Environment.PRODUCTION and is_on_air)
    assert said.host == "live.example.org"


def test_nowhere_to_publish_is_said() -> None:
    assert air(None, is_on_air=True).word == "OFF AIR"


def test_the_bar_is_solid_red_on_air_and_hatched_in_rehearsal(qtbot: QtBot) -> None:
    bar = AirBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 38)
    production = replace(PLACE, environment=Environment.PRODUCTION)
    bar.show_air(production, (PLACE, production), is_on_air=True)
    assert bar.accessibleName() == "ON AIR. Publishing goes straight to readers · live.example.org"
    red = {bar.grab().toImage().pixelColor(x, 3).name() for x in range(600, 900)}
    assert red == {theme.tokens().on_air}
    bar.show_air(PLACE, (PLACE,), is_on_air=False)
    yellow = {bar.grab().toImage().pixelColor(x, 3).name() for x in range(600, 900)}
    assert {theme.tokens().rehearsal, theme.tokens().rehearsal_hatch} <= yellow


@pytest.mark.parametrize("is_on_air", [True, False])
def test_the_words_stay_dark_on_yellow_and_light_on_red_in_every_scheme(
    qtbot: QtBot,
    qapp: QApplication,
    is_on_air: bool,  # noqa: FBT001
) -> None:
    bar = AirBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 38)
    place = replace(PLACE, environment=Environment.PRODUCTION if is_on_air else Environment.REHEARSAL)
    bar.show_air(place, (place,), is_on_air=is_on_air)
    bar.show()
    for scheme in (*theme.Scheme, theme.Scheme.LIGHT):
        look = theme.apply(qapp, scheme)
        bar.dress()
        shown = bar.grab().toImage()
        for label in (bar.word, bar.words):
            box = label.geometry()
            inks = {
                shown.pixelColor(x, y).name()
                for x in range(box.left(), box.left() + 60)
                for y in range(box.top(), box.bottom())
            }
            assert (look.on_air_ink if is_on_air else look.rehearsal_ink) in inks, scheme


def test_another_endpoint_is_asked_for_not_taken(qtbot: QtBot) -> None:
    bar = AirBar()
    qtbot.addWidget(bar)
    production = replace(PLACE, id=new_id(), name="R&D", environment=Environment.PRODUCTION)
    bar.show_air(PLACE, (PLACE, production), is_on_air=False)
    items = bar.switch.menu().actions()
    assert [item.text() for item in items] == ["Main site", "Go on air at R&&D…"]
    asked: list[UUID] = []
    bar.endpoint_chosen.connect(asked.append)
    items[1].trigger()
    assert asked == [production.id]
    assert bar.air.word == "TEST"
