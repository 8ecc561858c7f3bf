import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSlider
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.store import shelf
from desktop.workspace import Workspace
from tests.ui.settings.conftest import Worn
from ui.confirm import ConfirmSheet
from ui.settings.appearance import AppearancePage
from ui.settings.backups import BackupsPage
from ui.settings.embeds import EmbedsPage
from ui.settings.endpoints import EndpointsPage
from ui.settings.houses import HousesPage
from ui.settings.pages import PAGES
from ui.settings.window import SettingsWindow
from ui.settings.you import YouPage
from ui.theme.tokens import Scheme


def test_every_page_is_listed_and_reached_by_keyboard(settings: SettingsWindow) -> None:
    assert [settings.list.item(at).text() for at in range(settings.list.count())] == [page.title for page in PAGES]
    for page in PAGES[1:]:
        QTest.keyClick(settings.list, Qt.Key.Key_Down)
        assert settings.list.currentItem().text() == page.title
        assert settings.choose(page.id).isVisible()


def test_every_control_of_every_page_has_a_name(settings: SettingsWindow) -> None:
    for page in PAGES:
        shown = settings.choose(page.id)
        controls = (
            control
            for kind in (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QSlider)
            for control in shown.findChildren(kind)
        )
        unnamed = [
            type(control).__name__
            for control in controls
            if control.isVisible()
            and not control.objectName().startswith("qt_")
            and not isinstance(control.parent(), QComboBox | QAbstractItemView)
            and not QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        ]
        assert unnamed == [], page.id


def test_the_name_is_kept_as_it_is_typed(settings: SettingsWindow, desk_workspace: Workspace) -> None:
    page = settings.choose("you")
    assert isinstance(page, YouPage)
    assert page.producer.text() == "Mo Adler"
    page.producer.setText(" Jo Marsh ")
    QTest.keyClick(page.producer, Qt.Key.Key_Return)
    assert settings.isVisible(), "Enter in a field closes nothing"
    assert desk_workspace.producer == "Jo Marsh"
    assert "Jo Marsh" in page.outcome.text()


def test_endpoints_are_listed_and_removed(
    settings: SettingsWindow,
    qtbot: QtBot,
    desk_workspace: Workspace,
    rehearsal_place: Endpoint,
    production_place: Endpoint,
) -> None:
    page = settings.choose("endpoints")
    assert isinstance(page, EndpointsPage)
    qtbot.waitUntil(lambda: page.endpoints.count() == 2)
    said = [page.endpoints.item(at).text() for at in range(2)]
    assert sorted(said) == [
        f"Main site\nReaders · Our own live page server · {production_place.url}",
        f"Practice\nRehearsal · Our own live page server · {rehearsal_place.url}",
    ]
    page.endpoints.setCurrentRow([each.startswith("Main site") for each in said].index(True))
    page.remove.click()
    (asked,) = page.findChildren(ConfirmSheet)
    assert desk_workspace.endpoints() != (rehearsal_place,), "nothing is removed before it is confirmed"
    asked.deed.click()
    qtbot.waitUntil(lambda: page.endpoints.count() == 1)
    assert desk_workspace.endpoints() == (rehearsal_place,)


def test_a_house_is_worded_differently_here_and_taken_back(
    settings: SettingsWindow, desk_workspace: Workspace, coverage: Coverage
) -> None:
    page = settings.choose("houses")
    assert isinstance(page, HousesPage)
    assert coverage.headline in page.used.text()
    page.name.setText("The Tidings")
    page.before_air.setCurrentIndex(page.before_air.findData("block"))
    page.save.click()
    house = desk_workspace.house(coverage.id)
    assert (house.publisher, house.blocks_unproved) == ("The Tidings", True)
    page.address.setText("nowhere")
    page.save.click()
    assert "publisher.address" in page.outcome.text()
    assert page.address.text() == "nowhere", "what was typed is not lost"
    assert desk_workspace.house(coverage.id) == house
    page.reset.click()
    assert desk_workspace.house(coverage.id).publisher != "The Tidings"
    assert desk_workspace.house_words("default") == {}


@pytest.fixture
def embeds(settings: SettingsWindow) -> EmbedsPage:
    page = settings.choose("embeds")
    assert isinstance(page, EmbedsPage)
    return page


def provider_row(page: EmbedsPage, name: str) -> int:
    return next(at for at in range(page.list.count()) if page.list.item(at).text() == name)


def test_each_fact_of_a_provider_says_where_it_was_found_and_memory_is_marked_in_words(embeds: EmbedsPage) -> None:
    assert any("22 November 2026" in label for label in _labels(embeds))
    embeds.list.setCurrentRow(provider_row(embeds, "X"))
    rows = embeds.provider.facts.said()
    assert ("Scripts from", "platform.twitter.com") in {row[:2] for row in rows}
    (memory,) = [found for about, said, found in rows if (about, said) == ("Scripts from", "cdn.syndication.twimg.com")]
    assert memory == "Unverified: written down from memory"
    assert any(
        about == "Cookie" and said == "guest_id" and "Open-Cookie-Database" in found for about, said, found in rows
    )
    assert "unverified" in embeds.provider.unverified.text()
    assert "script replaces our quotation" in embeds.provider.strategy.text()


def test_a_policy_link_of_the_house_reaches_the_gate_and_a_bad_one_is_refused_in_words(
    embeds: EmbedsPage, desk_workspace: Workspace, coverage: Coverage
) -> None:
    embeds.list.setCurrentRow(provider_row(embeds, "X"))
    assert embeds.provider.cookie.placeholderText().startswith("https://help.x.com/")
    embeds.provider.privacy.setText("https://example.org/what-x-does")
    embeds.provider.name.setText("X, once Twitter")
    embeds.save.click()
    house = desk_workspace.house(coverage.id)
    assert house.policy_links("x")["privacy_policy"] == "https://example.org/what-x-does"
    assert house.provider_name("x") == "X, once Twitter"
    embeds.provider.privacy.setText("example.org")
    embeds.save.click()
    assert "is no https address" in embeds.outcome.text()
    assert desk_workspace.house(coverage.id) == house
    embeds.provider.privacy.setText("")
    embeds.save.click()
    assert "x.com" in str(desk_workspace.house(coverage.id).policy_links("x")["privacy_policy"])


def test_gates_are_worded_anew_and_a_hole_that_is_missing_is_named(
    embeds: EmbedsPage, desk_workspace: Workspace, coverage: Coverage
) -> None:
    question, permission = embeds.words.fields["embed.question"], embeds.words.fields["embed.permission"]
    assert isinstance(question, QLineEdit)
    assert not isinstance(permission, QLineEdit)
    assert "{cookie_policy}" in permission.toolTip()
    question.setText("Shall {provider} be asked?")
    embeds.save.click()
    assert desk_workspace.house(coverage.id).word("embed.question") == "Shall {provider} be asked?"
    assert desk_workspace.house_words("default") == {"embed.question": "Shall {provider} be asked?"}
    permission.setPlainText("Trust us.")
    embeds.save.click()
    assert "it lacks {cookie_policy}" in embeds.outcome.text()
    assert permission.toPlainText() == "Trust us."
    embeds.reset.click()
    assert desk_workspace.house_words("default") == {}


def test_the_look_is_chosen_at_once(settings: SettingsWindow, worn: Worn) -> None:
    page = settings.choose("appearance")
    assert isinstance(page, AppearancePage)
    page.scheme.setCurrentIndex(page.scheme.findData(Scheme.DARK.value))
    page.scheme.activated.emit(page.scheme.currentIndex())
    QTest.keyClick(page.text_size, Qt.Key.Key_Right)
    assert worn.looks == [(Scheme.DARK, 1.0), (Scheme.DARK, 1.1)]


def test_backups_are_made_listed_and_verified(
    settings: SettingsWindow, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage
) -> None:
    page = settings.choose("backups")
    assert isinstance(page, BackupsPage)
    assert not page.verify.isEnabled()
    page.now.click()
    qtbot.waitUntil(lambda: page.list.count() == 1)
    (backup,) = desk_workspace.store.backups()
    assert shelf.made_at(backup) is not None
    assert backup.name in page.list.item(0).text()
    page.verify.click()
    qtbot.waitUntil(lambda: "is whole" in page.outcome.text())
    damaged = backup.read_bytes().replace(coverage.headline[:5].encode(), b"Calm!")
    backup.write_bytes(damaged)
    page.verify.click()
    qtbot.waitUntil(lambda: "is damaged" in page.outcome.text())
    assert page.verify.isEnabled()


def _labels(page: EmbedsPage) -> list[str]:

    return [label.text() for label in page.findChildren(QLabel)]
