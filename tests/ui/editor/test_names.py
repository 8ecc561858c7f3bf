"""Every control of the cards and sheets of the editor has a name, with everything in them shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import ContentWarning, Embed, Gallery, Image, InternalNote, VerificationNote, Video
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Correction, Entry
from tests.ui.test_sweep import HOSTILE, as_markup, unnamed_in
from ui.correction import CorrectSheet
from ui.editor.cards.card import Surroundings
from ui.editor.cards.registry import card_for
from ui.editor.crop_sheet import CropSheet
from ui.editor.live_version import LiveVersionSheet
from ui.editor.pictures import Pictures

IMAGE = Image(media="ab" * 32, alt=HOSTILE[0], caption=HOSTILE[1], width=40, height=20)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENTRY = Entry(id=UUID(int=1), coverage_id=UUID(int=2), at=NOON, headline=HOSTILE[0])
LONDON = ZoneInfo("Europe/London")


class Offering(Pictures):
    """Pictures of no workspace, with sources named before."""

    def credits(self) -> tuple[str, ...]:
        """Offer a source that is named in markup."""
        return (HOSTILE[1],)


@pytest.mark.parametrize(
    "block",
    [
        IMAGE,
        Image(),
        Gallery((IMAGE, IMAGE)),
        Video(media="ab" * 32, captions="cd" * 32, poster=IMAGE, width=160, height=90),
        Embed(picture=IMAGE, quoted=HOSTILE[0]),
        ContentWarning(HOSTILE[0]),
        VerificationNote(HOSTILE[0]),
        InternalNote(HOSTILE[0], HOSTILE[1]),
    ],
    ids=lambda block: type(block).__name__,
)
def test_every_control_of_a_card_has_a_name(block: CardBlock, qtbot: QtBot) -> None:
    card = card_for(block, Surroundings(Offering()))
    qtbot.addWidget(card)
    card.show()
    assert unnamed_in(card) == []
    assert as_markup(card) == []


def crop() -> QWidget:
    drawn = QImage(40, 20, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.darkCyan)
    return CropSheet(IMAGE, drawn, (40, 20), None)


def correction() -> QWidget:
    told = (Correction(HOSTILE[1], NOON),)
    return CorrectSheet(HOSTILE[0], told, LONDON, Environment.PRODUCTION, print, None)


def live_version() -> QWidget:
    return LiveVersionSheet(ENTRY, NOON, ENTRY, LONDON, None)


@pytest.mark.parametrize("made", [crop, correction, live_version])
def test_every_control_of_a_sheet_has_a_name(made: Callable[[], QWidget], qtbot: QtBot) -> None:
    sheet = made()
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # noqa: FBT003 - Qt's own
    qtbot.addWidget(sheet)
    sheet.show()
    assert unnamed_in(sheet) == []
    assert as_markup(sheet) == []
