"""Picture files: whole and upright, or a clear refusal."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.errors import SourceUnreadable
from edge.vision.pictures import is_picture, read_picture

IMAGE = np.zeros((40, 80, 3), np.uint8)
IMAGE[:, :40] = (0, 0, 255)


def encoded(suffix: str) -> bytes:
    return cv2.imencode(suffix, IMAGE)[1].tobytes()


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
    payload = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload + jpeg[2:]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".tiff"])
def test_usual_kinds_are_read(tmp_path: Path, suffix: str):
    path = tmp_path / f"店铺{suffix}"
    path.write_bytes(encoded(suffix))
    assert is_picture(path)
    assert read_picture(path).shape == (40, 80, 3)


def test_a_picture_is_known_without_its_suffix(tmp_path: Path):
    path = tmp_path / "snapshot"
    path.write_bytes(encoded(".jpg"))
    assert is_picture(path)
    (tmp_path / "clip.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    assert not is_picture(tmp_path / "clip.mp4")
    assert not is_picture(tmp_path / "missing")


def test_exif_orientation_is_applied(tmp_path: Path):
    path = tmp_path / "turned.jpg"
    path.write_bytes(with_orientation(encoded(".jpg"), 6))
    image = read_picture(path)
    assert image.shape == (80, 40, 3)
    # Turned clockwise, the red left half is on top.
    assert image[10, 20, 2] > 200
    assert image[70, 20, 2] < 50


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_picture_that_breaks_off_is_refused(tmp_path: Path, suffix: str, part: float):
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    data = cv2.imencode(suffix, noise)[1].tobytes()
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(SourceUnreadable, match=r"cut off|damaged"):
        read_picture(path)


def test_a_jpeg_with_a_whole_thumbnail_that_breaks_off_is_refused(tmp_path: Path):
    jpeg = encoded(".jpg")
    thumbnail = b"Exif\x00\x00" + jpeg
    head = jpeg[:2] + b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail + jpeg[2:]
    (tmp_path / "whole.jpg").write_bytes(head)
    (tmp_path / "cut.jpg").write_bytes(head[:-40])
    assert read_picture(tmp_path / "whole.jpg").shape == (40, 80, 3)
    with pytest.raises(SourceUnreadable, match="cut off"):
        read_picture(tmp_path / "cut.jpg")


def test_a_jpeg_with_something_behind_it_is_read(tmp_path: Path):
    (tmp_path / "motion.jpg").write_bytes(encoded(".jpg") + b"\xff\xda" + bytes(500))
    assert read_picture(tmp_path / "motion.jpg").shape == (40, 80, 3)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"hello", "not a picture"), (b"\xff\xd8\xff", "cut off")]
)
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes, reason: str):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(SourceUnreadable, match=reason):
        read_picture(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(SourceUnreadable, match="No such file"):
        read_picture(tmp_path / "missing.jpg")
    with pytest.raises(SourceUnreadable, match="directory"):
        read_picture(tmp_path)
