import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, Gallery, Image, InternalNote, Video
from tests.ui.editor.conftest import Desk
from ui.changes import ChangeBridge
from ui.editor.cards.gallery import GalleryCard
from ui.editor.cards.video import VideoCard
from ui.editor.pane import EditorPane
from ui.tasks import Tasks

FILMS = Path(__file__).parents[2] / "films"


@pytest.fixture
def pane(desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[EditorPane]:
    bridge = ChangeBridge(tasks)
    bridge.attach(desk.workspace)
    made = EditorPane()
    made.attach(desk.workspace, bridge, tasks)
    made.resize(700, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.show_entry(None, None)
    qtbot.waitUntil(lambda: not tasks.running())
    made.close()
    made.deleteLater()


def show(pane: EditorPane, desk: Desk, block: Block) -> None:
    desk.workspace.save_draft(replace(desk.entry, headline="Quay", blocks=(block,)))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)


def kept(pane: EditorPane, desk: Desk) -> Block:
    assert pane.flush()
    return desk.workspace.entry(desk.entry.id).blocks[0]


def pictures(folder: Path, *colours: str) -> list[Path]:
    made = []
    for colour in colours:
        place = folder / f"{colour}.jpg"
        Pillow.new("RGB", (60, 40), colour).save(place, "JPEG")
        made.append(place)
    return made


@pytest.fixture
def gallery(pane: EditorPane, desk: Desk, qtbot: QtBot) -> GalleryCard:
    """A gallery of three pictures that are told apart by their alt text."""
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(out, "JPEG")
    image = desk.workspace.add_picture(out.getvalue())
    show(pane, desk, Gallery(tuple(replace(image, alt=alt) for alt in ("One", "Two", "Three"))))
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, GalleryCard)
    qtbot.waitUntil(card.rows[0].isVisible)
    return card


def alts(block: Block) -> list[str]:
    assert isinstance(block, Gallery)
    return [image.alt for image in block.images]


def test_several_pictures_are_added_in_their_order(pane: EditorPane, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    show(pane, desk, Gallery(()))
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, GalleryCard)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    card.take([*pictures(tmp_path, "teal", "navy", "olive"), broken])
    qtbot.waitUntil(lambda: len(card.rows) == 3 and card.trouble.isVisible())
    assert card.detail.text() == "3 pictures"
    block = kept(pane, desk)
    assert isinstance(block, Gallery)
    order = [desk.workspace.add_picture(path).media for path in pictures(tmp_path, "teal", "navy", "olive")]
    assert [image.media for image in block.images] == order
    assert "not a picture" in card.trouble.text()


def test_keys_put_a_picture_elsewhere_and_the_caret_goes_along(
    gallery: GalleryCard, pane: EditorPane, desk: Desk
) -> None:
    gallery.set_caret("0.alt", 1, 1)
    QTest.keyClick(gallery.rows[0].form.alt, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert alts(kept(pane, desk)) == ["Two", "One", "Three"]
    assert gallery.caret() == ("1.alt", 1, 1)
    QTest.keyClick(gallery.rows[1].form.alt, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(gallery.rows[0].form.alt, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert alts(kept(pane, desk)) == ["One", "Two", "Three"]
    pane.manuscript.step(-1)
    assert alts(kept(pane, desk)) == ["Two", "One", "Three"]


def test_a_hand_drags_a_picture_to_another_place(gallery: GalleryCard, pane: EditorPane, desk: Desk) -> None:
    grip = gallery.rows[2].grip
    below = grip.mapFromGlobal(gallery.rows[0].mapToGlobal(QPoint(5, 5)))
    QTest.mousePress(grip, Qt.MouseButton.LeftButton)
    QTest.mouseMove(grip, below)
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, below)
    assert alts(kept(pane, desk)) == ["Three", "One", "Two"]


def test_any_picture_is_removed_and_comes_back(gallery: GalleryCard, pane: EditorPane, desk: Desk) -> None:
    assert not gallery.rows[0].up.isEnabled()
    assert not gallery.rows[2].down.isEnabled()
    assert gallery.rows[1].bin.accessibleName() == "Remove picture 2"
    gallery.rows[1].bin.click()
    assert alts(kept(pane, desk)) == ["One", "Three"]
    pane.manuscript.step(-1)
    assert alts(kept(pane, desk)) == ["One", "Two", "Three"]


def test_a_film_with_captions_and_a_still_is_put_together(
    pane: EditorPane, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    show(pane, desk, Video())
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, VideoCard)
    card.take(FILMS / "film.mp4")
    qtbot.waitUntil(lambda: "160 × 90" in card.told.text())
    said = tmp_path / "film.vtt"
    said.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA horn.\n", encoding="utf-8")
    card.take(said)
    qtbot.waitUntil(lambda: "with captions" in card.told.text())
    card.still.take(pictures(tmp_path, "teal")[0])
    qtbot.waitUntil(lambda: card.still.image().media is not None)
    block = kept(pane, desk)
    assert isinstance(block, Video)
    assert (block.width, block.height) == (160, 90)
    assert desk.workspace.media_path(block.media or "") is not None
    assert desk.workspace.media_path(block.captions or "") is not None
    assert isinstance(block.poster, Image)
    card.drop_captions.click()
    assert replace(block, captions=None) == kept(pane, desk)
    pane.manuscript.step(-1)
    assert kept(pane, desk) == block


def test_what_is_no_film_is_explained_on_the_card(pane: EditorPane, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    show(pane, desk, Video())
    card = pane.manuscript.canvas.parts()[0]
    assert isinstance(card, VideoCard)
    card.take(pictures(tmp_path, "teal")[0])
    qtbot.waitUntil(card.trouble.isVisible)
    assert "not a film" in card.trouble.text()
    assert kept(pane, desk) == Video()


def test_a_note_says_who_left_it(pane: EditorPane, desk: Desk) -> None:
    desk.workspace.save_setting("producer", "Mo Adler")
    show(pane, desk, Image())
    pane.insert_block(InternalNote("Call the harbour office"))
    assert pane.flush()
    assert InternalNote("Call the harbour office", "Mo Adler") in desk.workspace.entry(desk.entry.id).blocks
    pane.manuscript.step(-1)
    assert pane.flush()
    assert desk.workspace.entry(desk.entry.id).blocks == (Image(),)
