import pytest

from desktop.domain.status import Status
from ui.theme.tokens import SCHEMES, Scheme, Tokens

SURFACES = ("window", "surface", "raised", "hover", "accent_soft")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
def test_text_reaches_the_contrast_it_needs(scheme: Scheme) -> None:
    look = SCHEMES[scheme]
    inks = (look.ink, look.ink_soft, look.ink_faint, look.accent, look.danger, look.warning, look.success)
    pairs = [(ink, getattr(look, surface)) for ink in (*inks, *look.status.values()) for surface in SURFACES[:3]]
    pairs += [(ink, look.accent_soft) for ink in (look.ink, look.ink_soft, *look.status.values())]
    pairs += [
        (look.accent_ink, look.accent),
        (look.danger_ink, look.danger),
        (look.on_air_ink, look.on_air),
        (look.rehearsal_ink, look.rehearsal),
        (look.rehearsal_ink, look.rehearsal_hatch),
        (look.danger, look.danger_soft),
        (look.warning, look.warning_soft),
        (look.ink, look.note),
    ]
    assert [(ink, behind) for ink, behind in pairs if contrast(ink, behind) < 4.5] == []


@pytest.mark.parametrize("scheme", Scheme)
def test_borders_of_controls_can_be_seen(scheme: Scheme) -> None:
    look = SCHEMES[scheme]
    behind = (look.window, look.surface, look.raised)
    assert [colour for colour in behind if contrast(look.line_strong, colour) < 3] == []


@pytest.mark.parametrize("scheme", Scheme)
def test_every_status_has_a_colour(scheme: Scheme) -> None:
    assert set(SCHEMES[scheme].status) == set(Status)


def test_schemes_are_measured_alike() -> None:
    def sizes(look: Tokens) -> tuple[float, ...]:
        return (look.text_small, look.text_body, look.text_large, look.text_title, look.space_m, look.radius)

    assert len({sizes(look) for look in SCHEMES.values()}) == 1
