"""What every actor claims, one JSON line each, appended as it happens; a kill can cut off only the last line."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class History:
    """Appends claims of one actor; each line is one write, so lines of several processes never mix."""

    def __init__(self, path: Path, actor: str) -> None:
        self._actor = actor
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def tell(self, op: str, **facts: Any) -> None:
        line = json.dumps({"t": round(time.time(), 4), "actor": self._actor, "op": op} | facts)
        os.write(self._descriptor, f"{line}\n".encode())


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Every whole line."""
    for line in path.read_text().splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue
