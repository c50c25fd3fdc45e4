"""Pictures that hints name, out of packages: plain ones, and those inside Qt resource files."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.gather import gather, resources


def encoded(value: int, size: tuple[int, int] = (40, 60), kind: str = ".png") -> bytes:
    return cv2.imencode(kind, np.full((*size, 3), value, np.uint8))[1].tobytes()


def mean_and_shape(file: Path) -> tuple[float, tuple[int, ...]]:
    picture = cv2.imread(str(file))
    assert picture is not None
    return float(np.mean(picture)), picture.shape


def resource_file(folder: str, files: dict[str, bytes], packed: str = "") -> bytes:
    """A Qt resource file (format 1) of one folder; `packed` is packed by zlib."""
    names, places, contents, tree = b"", [], b"", b""
    for name in ("", folder, *files):
        places.append(len(names))
        names += struct.pack(">HI", len(name), 0) + name.encode("utf-16-be")
    tree += struct.pack(">IHII", places[0], 2, 1, 1) + struct.pack(">IHII", places[1], 2, len(files), 2)
    for place, (name, content) in zip(places[2:], files.items(), strict=True):
        flags = 1 if name == packed else 0
        kept = struct.pack(">I", len(content)) + zlib.compress(content) if flags else content
        tree += struct.pack(">IHHHI", place, flags, 0, 0, len(contents))
        contents += struct.pack(">I", len(kept)) + kept
    head = 20
    return struct.pack(">4sIIII", b"qres", 1, head, head + len(tree), head + len(tree) + len(contents)) + (
        tree + contents + names
    )


def hints(folder: Path, *names: str) -> Path:
    file = folder / "hints.yaml"
    file.write_text("pictures:\n" + "".join(f"- file: {name}.jpg\n" for name in names))
    return file


def test_a_resource_file_gives_its_files_packed_or_not() -> None:
    data = resource_file("images", {"a.png": b"one" * 50, "b.txt": b"two"}, packed="a.png")
    assert list(resources(data)) == [("a.png", b"one" * 50), ("b.txt", b"two")]
    with pytest.raises(ValueError, match="qres"):
        list(resources(b"PK\x03\x04"))


def test_named_pictures_are_found_wherever_they_lie_and_missing_ones_are_told(tmp_path: Path) -> None:
    packages = tmp_path / "packages" / "share"
    packages.mkdir(parents=True)
    (packages / "my park.png").write_bytes(encoded(90))
    (packages / "not wanted.png").write_bytes(encoded(1))
    (packages / "sorts.rcc").write_bytes(resource_file("images", {"gate.png": encoded(50), "more.svg": b"<svg/>"}))
    missing = gather(tmp_path / "packages", hints(tmp_path, "my_park", "sorts_gate", "nowhere"), tmp_path / "out")
    assert missing == ["nowhere"]
    images = tmp_path / "out" / "grounds" / "images"
    assert sorted(file.name for file in images.iterdir()) == ["my_park.jpg", "sorts_gate.jpg"]
    assert abs(mean_and_shape(images / "sorts_gate.jpg")[0] - 50) < 2


def test_a_broken_resource_file_is_named(tmp_path: Path) -> None:
    whole = resource_file("images", {"a.png": encoded(50)})
    for broken in (b"no", whole[:40]):
        (tmp_path / "sorts.rcc").write_bytes(broken)
        with pytest.raises(ValueError, match=r"sorts\.rcc: cannot be read"):
            gather(tmp_path, hints(tmp_path, "sorts_a"), tmp_path / "out")


def test_large_ones_are_made_smaller(tmp_path: Path) -> None:
    (tmp_path / "wide.png").write_bytes(encoded(90, (600, 2560)))
    assert gather(tmp_path, hints(tmp_path, "wide"), tmp_path / "out") == []
    assert mean_and_shape(tmp_path / "out/grounds/images/wide.jpg")[1] == (300, 1280, 3)
