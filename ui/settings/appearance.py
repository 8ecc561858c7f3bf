"""How the console looks: its colours and the size of its text."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider

from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.shared.choice import Choice
from ui.shared.label import Label
from ui.theme import tokens
from ui.theme.tokens import SCHEMES, Scheme
from ui.words import tr

SMALLEST, LARGEST = 80, 200  # per cent
_STEP: Final = 10
_NAMES: Final = {Scheme.LIGHT: "Light", Scheme.DARK: "Dark", Scheme.HIGH_CONTRAST: "High contrast"}


class AppearancePage(SettingsPage):
    """Shows each choice at once, in every window."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            tr("Appearance"), tr("How the console looks on this computer. Readers' pages are not touched.")
        )
        self._wear = room.wear
        self.scheme = Choice(tr("Colours"))
        for scheme in Scheme:
            self.scheme.addItem(tr(_NAMES[scheme]), scheme.value)
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setAccessibleName(tr("Text size in per cent"))
        self.text_size.setRange(SMALLEST // _STEP, LARGEST // _STEP)
        self.text_size.setPageStep(1)
        self._per_cent = Label()
        beside = QHBoxLayout()
        beside.setSpacing(tokens().space_m)
        beside.addWidget(self.text_size, 1)
        beside.addWidget(self._per_cent)
        rows = self.form()
        rows.addRow(tr("&Colours"), self.scheme)
        rows.addRow(tr("Text size"), beside)
        self.body.addStretch(1)
        now = tokens()
        self.scheme.setCurrentIndex(self.scheme.findData(now.scheme.value))
        self.text_size.setValue(round(now.text_body / SCHEMES[now.scheme].text_body * 100 / _STEP))
        self._say_size(self.text_size.value())
        self.scheme.activated.connect(self._on_chosen)
        self.text_size.valueChanged.connect(self._say_size)
        self.text_size.valueChanged.connect(self._on_sized)
        self.text_size.sliderReleased.connect(self._on_chosen)

    def _say_size(self, steps: int) -> None:
        self._per_cent.setText(f"{steps * _STEP} %")

    def _on_sized(self, _steps: int) -> None:
        # While the handle is held the page would move under the pointer with every step.
        if not self.text_size.isSliderDown():
            self._on_chosen()

    def _on_chosen(self) -> None:
        self._wear(Scheme(self.scheme.currentData()), self.text_size.value() * _STEP / 100)
