import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Pillow
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Image, Paragraph
from desktop.domain.text import text
from tests.ui.editor.conftest import Desk
from ui.changes import ChangeBridge
from ui.editor.cards.pictures import ImageCard
from ui.editor.crop_sheet import CropSheet
from ui.editor.pane import EditorPane
from ui.editor.picture_form import PictureForm
from ui.tasks import Tasks


def photograph(colour: str = "teal", **options: object) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (400, 200), colour).save(out, "JPEG", **options)
    return out.getvalue()


@pytest.fixture
def pane(desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[EditorPane]:
    """The editor on an entry with one picture."""
    image = replace(desk.workspace.add_picture(photograph()), alt="A quay", credit="Quay Agency")
    desk.workspace.save_draft(replace(desk.entry, headline="Quay", blocks=(Paragraph(text("One.")), image)))
    bridge = ChangeBridge(tasks)
    bridge.attach(desk.workspace)
    made = EditorPane()
    made.attach(desk.workspace, bridge, tasks)
    made.resize(700, 700)
    made.show()
    made.show_entry(desk.entry.id, desk.rehearsal.id)
    yield made
    made.show_entry(None, None)
    qtbot.waitUntil(lambda: not tasks.running())
    made.close()
    made.deleteLater()


def form(pane: EditorPane) -> PictureForm:
    card = next(part for part in pane.manuscript.canvas.parts() if isinstance(part, ImageCard))
    return card.form


def kept(pane: EditorPane, desk: Desk) -> Image:
    assert pane.flush()
    block = desk.workspace.entry(desk.entry.id).blocks[1]
    assert isinstance(block, Image)
    return block


def test_a_picture_is_cropped_as_a_step_that_can_be_undone(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    before = kept(pane, desk)
    form(pane).crop.click()
    qtbot.waitUntil(lambda: bool(pane.findChildren(CropSheet)))
    sheet = pane.findChildren(CropSheet)[0]
    sheet.shape.setCurrentIndex(sheet.shape.findText("1 : 1"))
    sheet.deed.click()
    qtbot.waitUntil(lambda: "cropped" in form(pane).facts.text())
    after = kept(pane, desk)
    assert after.crop is not None
    assert after.crop.original == before.media
    assert (after.width, after.height, after.alt) == (200, 200, "A quay")
    pane.manuscript.step(-1)
    assert kept(pane, desk) == before


def test_a_replaced_picture_keeps_its_words_and_no_crop(
    pane: EditorPane, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    whole = kept(pane, desk)
    form(pane).show_image(desk.workspace.crop_picture(whole, (0.0, 0.0, 0.5, 1.0), whole.focus))
    place = tmp_path / "other.jpg"
    place.write_bytes(photograph("navy"))
    form(pane).take(place)
    qtbot.waitUntil(lambda: form(pane).facts.text() == "400 × 200 pixels")
    after = kept(pane, desk)
    assert (after.crop, after.alt, after.credit) == (None, "A quay", "Quay Agency")
    assert after.media != whole.media


def test_what_was_taken_out_of_a_picture_is_said(pane: EditorPane, qtbot: QtBot, tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    place = tmp_path / "located.jpg"
    place.write_bytes(photograph("navy", exif=exif.tobytes()))
    form(pane).take(place)
    qtbot.waitUntil(lambda: "taken out: where it was taken" in form(pane).facts.text())


def test_the_sources_named_last_are_offered_and_named_on_request(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    for name in ("Harbour Press", "Quay Agency"):
        pane._pictures.remember_credit(name)  # noqa: SLF001 - what leaving the field does
    shown = form(pane)
    assert not shown.recent.isVisible()
    shown.credit.selectAll()
    shown.credit.textCursor().removeSelectedText()
    qtbot.waitUntil(shown.recent.isVisible)
    assert [button.accessibleName() for button in shown.recent.buttons] == [
        "Image source: Quay Agency",
        "Image source: Harbour Press",
    ]
    shown.recent.buttons[1].click()
    assert kept(pane, desk).credit == "Harbour Press"
    assert desk.workspace.setting("credits") == "Harbour Press\nQuay Agency"
    pane.manuscript.step(-1)
    assert kept(pane, desk).credit == ""
