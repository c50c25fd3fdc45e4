"""Results that are kept between runs, one JSON file for each judged file: an interrupted run goes on where it was.

A key holds everything that a result depends on: weights, rules, the code of the edge and of the judging, the file's
content and what was asked of it. Whatever of it changes, the result is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).resolve().parents[2]
_CODE = ("edge", "models/judging")


@lru_cache(maxsize=1)
def code_digest(root: Path = _PROJECT) -> str:
    """SHA-256 (hex) over the source of the edge and of the judging."""
    whole = hashlib.sha256()
    for file in sorted(path for part in _CODE for path in (root / part).rglob("*.py")):
        whole.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def content_digest(file: Path) -> str:
    """SHA-256 (hex) of a file's bytes. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Kept:
    """A folder of results; `fixed` is what all of them depend on."""

    def __init__(self, folder: Path, fixed: str) -> None:
        self._folder, self._fixed = folder, fixed
        self.found = self.made = 0

    def get(self, what: str, file: Path, asked: Any, make: Callable[[], Any]) -> Any:
        """The kept JSON-able result for this file and question, or `make()`'s, which is then kept."""
        parts = [self._fixed, what, content_digest(file), json.dumps(asked, sort_keys=True, default=str)]
        name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        path = self._folder / name[:2] / f"{name}.json"
        try:
            result = json.loads(path.read_text(encoding="utf-8"))
            self.found += 1
        except (OSError, ValueError):
            result = make()
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written aside first: a run that is killed leaves no half result behind.
            aside = path.with_suffix(".part")
            aside.write_text(json.dumps(result), encoding="utf-8")
            aside.replace(path)
            self.made += 1
        return result
