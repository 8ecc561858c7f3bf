import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.theme.sheet import sheet
from ui.theme.tokens import SCHEMES


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_the_palette_follows_the_scheme(qapp: QApplication, scheme: theme.Scheme) -> None:
    look = theme.apply(qapp, scheme)
    assert look == theme.tokens()
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == look.surface
    assert qapp.palette().color(QPalette.ColorRole.Text).name() == look.ink


def test_text_grows_in_points(qapp: QApplication) -> None:
    plain = theme.apply(qapp).text_body
    larger = theme.apply(qapp, scale=1.5)
    assert larger.text_body == pytest.approx(plain * 1.5)
    assert qapp.font().pointSizeF() == pytest.approx(larger.text_body)


def test_the_sheet_names_no_text_size_in_pixels() -> None:
    for look in SCHEMES.values():
        written = sheet(look)
        assert "$" not in written
        assert not re.search(r"font(-size)?:[^;]*px", written)
