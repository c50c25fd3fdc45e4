"""A ledger as a PDF to print: landscape, its heading on every page, every letter searchable (PDF/A)."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from server.documents import lettering, typesetting
from server.reports.sheets import Column, Value, heading, plain

TEMPLATES = Path(__file__).parent / "templates"
NARROWEST, WIDEST = 4, 24
"""Of a column, in letters of the Latin alphabet; a Chinese one takes the room of two. What is longer is broken."""


@dataclass(frozen=True)
class Cover:
    """What stands around the table: its title, the line below it, and the foot of each page."""

    title: str
    about: str
    foot: str
    made_at: datetime
    language: str


def write_pdf(file: Path, cover: Cover, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    """How many rows. A letter that no font of this machine has is printed as 〓 and named at the end.

    Raises NotTypeset.
    """
    cells = [[_cell(value, column, cover.language) for value, column in zip(row, columns, strict=True)] for row in rows]
    snapshot = typesetting.prepare(
        {
            "title": cover.title, "bold": lettering.is_covered(cover.title, "Bold"),
            "about": cover.about, "foot": cover.foot,
            "lang": "en" if cover.language == "en" else "zh",
            "nothing": "Nothing in these days" if cover.language == "en" else "这段时间没有记录",
            "columns": [_shape(number, column, cells, cover.language) for number, column in enumerate(columns)],
            "rows": cells,
        }
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="shouwei-") as name:
        folder = Path(name)
        shutil.copyfile(TEMPLATES / "ledger.typ", folder / "ledger.typ")
        (folder / "data.json").write_text(json.dumps(snapshot, ensure_ascii=False), "utf-8")
        needs_more = bool(snapshot["letters"]["system"])
        file.write_bytes(typesetting.compile_page("ledger", folder, int(cover.made_at.timestamp()), needs_more))
    return len(cells)


def _cell(value: Value, column: Column, language: str) -> str:
    """Numbers to three places: paper is read, not reckoned with."""
    shown = plain(value, column, language)
    return f"{shown:.3f}".rstrip("0").rstrip(".") if isinstance(shown, float) else str(shown)


def _shape(number: int, column: Column, cells: list[list[str]], language: str) -> dict[str, Any]:
    name = heading(column, language)
    longest = max(_width(piece) for text in (name, *(row[number] for row in cells)) for piece in text.split() or [""])
    return {
        "name": name,
        "share": min(max(longest, NARROWEST), WIDEST),
        "right": column.kind == "number",
    }


def _width(piece: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in piece)
