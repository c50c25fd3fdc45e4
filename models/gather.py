"""The real pictures that the hints name, taken out of the unpacked packages of a Linux distribution.

Besides plain files, pictures inside Qt resource files are found (format versions 1 to 3 as Qt's `rcc` writes them).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.data import GROUNDS
from models.hinted import read_hints

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
LONGEST = 1280
QUALITY = 92
FOLDER, PACKED, PACKED_OTHERWISE = 2, 1, 4


def gather(packages: Path, hints: Path, out: Path) -> list[str]:
    """Writes every picture that a hint names as `<out>/grounds/images/<name>.jpg`, its long side 1280 at most.

    Returns the names that are nowhere below `packages`. Raises ValueError naming a resource file that cannot be read.
    """
    wanted = {Path(hint.file).stem for hint in read_hints(hints)}
    folder = out / GROUNDS / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pictures_in(packages):
        if name in wanted and (picture := _read(content)) is not None:
            cv2.imwrite(str(folder / f"{name}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
            wanted.remove(name)
    return sorted(wanted)


def pictures_in(packages: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every picture file, in order of their paths; one in a resource file bears that file's name
    before its own."""
    for file in sorted(path for path in packages.rglob("*") if path.is_file()):
        if file.suffix.lower() in PICTURES:
            yield _plain(file.stem), file.read_bytes()
        elif file.suffix == ".rcc":
            for name, content in _resources_of(file):
                if Path(name).suffix.lower() in PICTURES:
                    yield _plain(f"{file.stem}_{Path(name).stem}"), content


def _resources_of(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        yield from resources(file.read_bytes())
    except (ValueError, struct.error, zlib.error) as error:
        raise ValueError(f"{file}: cannot be read: {error}") from error


def resources(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files in a Qt resource file; those packed otherwise than by zlib are passed over.

    Raises ValueError when it is none.
    """
    if data[:4] != b"qres":
        raise ValueError("no Qt resource file: it does not begin with qres")
    version, tree, contents, names = struct.unpack(">4I", data[4:20])
    entry = 22 if version >= 2 else 14

    def below(number: int) -> Iterator[tuple[str, bytes]]:
        place = tree + number * entry
        at, flags = struct.unpack(">IH", data[place : place + 6])
        if flags & FOLDER:
            count, first = struct.unpack(">II", data[place + 6 : place + 14])
            for child in range(first, first + count):
                yield from below(child)
        elif not flags & PACKED_OTHERWISE:
            (length,) = struct.unpack(">H", data[names + at : names + at + 2])
            name = data[names + at + 6 : names + at + 6 + 2 * length].decode("utf-16-be")
            start = contents + struct.unpack(">I", data[place + 10 : place + 14])[0]
            (size,) = struct.unpack(">I", data[start : start + 4])
            content = data[start + 4 : start + 4 + size]
            yield name, zlib.decompress(content[4:]) if flags & PACKED else content

    yield from below(0)


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _read(content: bytes) -> NDArray[np.uint8] | None:
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return None
    height, width = picture.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    if scale < 1:
        size = (round(width * scale), round(height * scale))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return picture.astype(np.uint8)
