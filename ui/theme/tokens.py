"""Tokens: every colour, text size and distance of the console, once.

Text colours reach 4.5 : 1 on every surface they are used on and control borders 3 : 1 (WCAG 2.2, criteria 1.4.3
and 1.4.11); a test works the ratios out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.status import Status


class Scheme(StrEnum):
    """Which set of colours is shown."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours as #rrggbb, text sizes in points, distances in device-independent pixels.

    `window` lies behind everything, `surface` is paper to write on, `raised` a card on either. `ink`, `ink_soft`
    and `ink_faint` are text in falling weight. `line` divides, `line_strong` bounds what can be operated.
    """

    scheme: Scheme
    window: str
    surface: str
    raised: str
    hover: str
    ink: str
    ink_soft: str
    ink_faint: str
    line: str
    line_strong: str
    accent: str
    accent_ink: str
    accent_soft: str
    danger: str
    danger_ink: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    on_air: str
    on_air_ink: str
    rehearsal: str
    rehearsal_hatch: str
    rehearsal_ink: str
    note: str
    note_line: str
    status: Mapping[Status, str]
    text_small: float = 8.5
    text_body: float = 9.75
    text_large: float = 11.5
    text_title: float = 14.0
    space_xs: int = 4
    space_s: int = 8
    space_m: int = 12
    space_l: int = 16
    space_xl: int = 24
    radius: int = 6
    icon: int = 16


LIGHT: Final = Tokens(
    scheme=Scheme.LIGHT,
    window="#f2f4f7",
    surface="#ffffff",
    raised="#f8fafc",
    hover="#e6eaf0",
    ink="#14181f",
    ink_soft="#424b59",
    ink_faint="#5d6675",
    line="#d6dbe3",
    line_strong="#7f8998",
    accent="#0b57b0",
    accent_ink="#ffffff",
    accent_soft="#dbe8fa",
    danger="#b3261e",
    danger_ink="#ffffff",
    danger_soft="#fdecea",
    warning="#8a4b00",
    warning_soft="#fff4e0",
    success="#006a48",
    on_air="#b80000",
    on_air_ink="#ffffff",
    rehearsal="#ffd84d",
    rehearsal_hatch="#f5c400",
    rehearsal_ink="#1d1700",
    note="#eaf1fd",
    note_line="#3a78c4",
    status=MappingProxyType(
        {
            Status.DRAFT: "#4f5969",
            Status.READY: "#0b57b0",
            Status.QUEUED: "#7a4a00",
            Status.SENDING: "#7a4a00",
            Status.LIVE: "#006a48",
            Status.LIVE_EDITED: "#77309b",
            Status.FAILED: "#b3261e",
            Status.UNKNOWN: "#8a4b00",
            Status.WITHDRAWN: "#4f5969",
        }
    ),
)

DARK: Final = Tokens(
    scheme=Scheme.DARK,
    window="#16191e",
    surface="#1d2127",
    raised="#242930",
    hover="#2d333c",
    ink="#eceff3",
    ink_soft="#b7c0cc",
    ink_faint="#9aa4b2",
    line="#343b45",
    line_strong="#768293",
    accent="#7ab7ff",
    accent_ink="#06182c",
    accent_soft="#1d3a5c",
    danger="#ff8f82",
    danger_ink="#2b0400",
    danger_soft="#42201d",
    warning="#f5b657",
    warning_soft="#3b2d13",
    success="#5fd3a2",
    on_air="#c21d1d",
    on_air_ink="#ffffff",
    rehearsal="#ffd84d",
    rehearsal_hatch="#f0bf00",
    rehearsal_ink="#1d1700",
    note="#1e2c40",
    note_line="#5f9be0",
    status=MappingProxyType(
        {
            Status.DRAFT: "#b2bcc9",
            Status.READY: "#7ab7ff",
            Status.QUEUED: "#f5b657",
            Status.SENDING: "#f5b657",
            Status.LIVE: "#5fd3a2",
            Status.LIVE_EDITED: "#d3a2f2",
            Status.FAILED: "#ff8f82",
            Status.UNKNOWN: "#f5b657",
            Status.WITHDRAWN: "#b2bcc9",
        }
    ),
)

HIGH_CONTRAST: Final = Tokens(
    scheme=Scheme.HIGH_CONTRAST,
    window="#000000",
    surface="#000000",
    raised="#000000",
    hover="#1f1f1f",
    ink="#ffffff",
    ink_soft="#ffffff",
    ink_faint="#e6e6e6",
    line="#ffffff",
    line_strong="#ffffff",
    accent="#ffe600",
    accent_ink="#000000",
    accent_soft="#003a7a",
    danger="#ff9a8f",
    danger_ink="#000000",
    danger_soft="#3d0000",
    warning="#ffc24d",
    warning_soft="#332200",
    success="#6dffb8",
    on_air="#c00000",
    on_air_ink="#ffffff",
    rehearsal="#ffe600",
    rehearsal_hatch="#ffcc00",
    rehearsal_ink="#000000",
    note="#001b3d",
    note_line="#8ec2ff",
    status=MappingProxyType(
        {
            Status.DRAFT: "#ffffff",
            Status.READY: "#8ec2ff",
            Status.QUEUED: "#ffc24d",
            Status.SENDING: "#ffc24d",
            Status.LIVE: "#6dffb8",
            Status.LIVE_EDITED: "#e9b8ff",
            Status.FAILED: "#ff9a8f",
            Status.UNKNOWN: "#ffc24d",
            Status.WITHDRAWN: "#ffffff",
        }
    ),
)

SCHEMES: Final[Mapping[Scheme, Tokens]] = MappingProxyType(
    {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.HIGH_CONTRAST: HIGH_CONTRAST}
)
