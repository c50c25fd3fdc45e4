"""The letters: which the bundled fonts have, and what is done with text that could do harm or cannot be shown."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Shouwei Song"
STAND_IN = "〓"
"""The printers' mark for a letter that is not in the case."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\U000e0000-\U000e01ef]"
)


@lru_cache(maxsize=2)
def covered(weight: str = "Regular") -> frozenset[int]:
    """Code points that the bundled font of that weight has."""
    found: set[int] = set()
    for line in (FONTS / f"ShouweiSong-{weight}.chars").read_text("ascii").split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def uncovered(data: Any) -> list[str]:
    """Characters in any string of the data that the bundled font lacks, sorted."""
    known = covered()
    return sorted({c for text in strings(data) for c in text if ord(c) not in known and c not in "\n\t"})


def is_covered(text: str, weight: str) -> bool:
    """Whether all of a text can be set in that weight."""
    known = covered(weight)
    return all(ord(c) in known for c in text)


def strings(data: Any) -> Iterator[str]:
    """Every string in JSON data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)


def clean(data: Any) -> Any:
    """The same data, its strings in NFC and without what cannot be seen: control, direction and width-less marks.

    They could make a printed name read otherwise than it is written.
    """
    return _each(data, lambda text: _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def without(data: Any, characters: str) -> Any:
    """The same data with these characters replaced by the stand-in."""
    table = {ord(c): STAND_IN for c in characters}
    return _each(data, lambda text: text.translate(table))


def _each(data: Any, change: Any) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_each(value, change) for value in data]
    return data
