from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from ui.floor import PREVIEW
from ui.window import Window


def test_the_preview_goes_into_a_window_that_says_who_reads_and_comes_back(
    window: Window, coverage: Coverage, production_place: Endpoint
) -> None:
    window.desk.open_coverage(coverage.id)
    window.deeds["detach_preview"].trigger()
    detached = window.detached
    assert detached is not None
    assert detached.isVisible()
    assert window.preview.window() is detached
    assert window.preview.isVisible()
    assert coverage.headline in detached.windowTitle()
    assert detached.air_bar.air.word == "REHEARSAL"
    window.desk.choose_endpoint(production_place, on_air=True)
    assert detached.air_bar.air == window.air_bar.air
    assert detached.air_bar.air.is_on_air
    assert "ON AIR" in detached.windowTitle()
    assert window.floor.tabs.widget(PREVIEW) is not window.preview
    detached.close()
    assert window.detached is None
    assert window.floor.tabs.widget(PREVIEW) is window.preview
    assert window.floor.tabs.tabText(PREVIEW) == "Preview"


def test_closing_the_console_takes_the_preview_along(window: Window) -> None:
    window.deeds["detach_preview"].trigger()
    detached = window.detached
    window.close_for_good()
    assert detached is not None
    assert not detached.isVisible()
