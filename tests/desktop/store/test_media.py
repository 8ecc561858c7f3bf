import hashlib

import pytest

from desktop.store.problems import StoreUnwritable
from desktop.store.store import Store
from desktop.store.values import MediaFile

PICTURE = b"\x89PNG not really" * 50
NAME = hashlib.sha256(PICTURE).hexdigest()


def test_a_picture_is_kept_by_its_hash_with_its_measures(store: Store) -> None:
    assert store.add_media(PICTURE, "image/png", 640, 480) == NAME
    path = store.folder / "media" / NAME[:2] / NAME
    assert store.media_file(NAME) == MediaFile(NAME, "image/png", 640, 480, len(PICTURE), path)
    assert store.media_path(NAME) == path
    assert path.read_bytes() == PICTURE
    assert list(store.folder.rglob("*.part")) == []


def test_adding_a_picture_again_keeps_its_measures_and_mends_a_damaged_file(store: Store) -> None:
    store.add_media(PICTURE, "image/png", 640, 480)
    path = store.media_path(NAME)
    assert path is not None
    path.write_bytes(b"torn")
    store.add_media(PICTURE, "image/png")
    kept = store.media_file(NAME)
    assert kept is not None
    assert (kept.width, kept.height, path.read_bytes()) == (640, 480, PICTURE)


def test_a_picture_that_is_not_there_is_none_whatever_it_is_called(store: Store) -> None:
    outside = store.folder / "media" / "se" / "secret"
    outside.parent.mkdir(parents=True)
    outside.write_bytes(b"secret")
    for name in (NAME, "", "../newsroom.sqlite", "secret", "AB" * 32, "/etc/hostname"):
        assert store.media_path(name) is None
        assert store.media_file(name) is None
    store.add_media(PICTURE, "image/png")
    (store.folder / "media" / NAME[:2] / NAME).unlink()
    assert store.media_file(NAME) is None


def test_a_disk_that_refuses_is_told_and_leaves_no_row(store: Store) -> None:
    (store.folder / "media").write_bytes(b"a file where the folder should be")
    with pytest.raises(StoreUnwritable, match="could not be kept"):
        store.add_media(PICTURE, "image/png")
    (store.folder / "media").unlink()
    assert store.media_file(NAME) is None
