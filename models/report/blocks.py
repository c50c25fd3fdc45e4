"""What a section of the report is made of, and each as HTML. Everything that is text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `kind` is "", "head", "note" or "absent"."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One figure in large type: `good` says whether it is what is wanted, None where nothing is asked."""

    label: str
    value: str
    beside: str = ""
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """A row of large figures."""

    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Table:
    """Text cells; columns whose head begins with `#` are numbers and stand to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that this package drew (not escaped) and what it shows."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Drawings:
    """Drawings side by side."""

    drawings: Sequence[Drawing]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as a data address, with a line below it."""

    uri: str
    caption: str


@dataclass(frozen=True, slots=True)
class Shots:
    """Pictures in a grid under a small heading."""

    title: str
    shots: Sequence[Shot]


Block = Text | Keys | Table | Drawings | Shots


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `id` names it in addresses and in the JSON."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list[Block])


def html(block: Block) -> str:
    """One block."""
    if isinstance(block, Text):
        return f'<p class="{escape(block.kind)}">{escape(block.text)}</p>'
    if isinstance(block, Keys):
        return f'<div class="keys">{"".join(map(_key, block.keys))}</div>'
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Drawings):
        return f'<div class="drawings">{"".join(map(_drawing, block.drawings))}</div>'
    if not block.shots:
        return ""
    shots = "".join(
        f'<figure><img src="{escape(s.uri)}" alt="{escape(s.caption)}"><figcaption>{escape(s.caption)}</figcaption>'
        "</figure>"
        for s in block.shots
    )
    return f'<h3>{escape(block.title)}</h3><div class="shots">{shots}</div>'


def _key(key: Key) -> str:
    mark = {None: "", True: " good", False: " bad"}[key.good]
    beside = f"<small>{escape(key.beside)}</small>" if key.beside else ""
    return f'<div class="key{mark}"><span>{escape(key.label)}</span><b>{escape(key.value)}</b>{beside}</div>'


def _table(table: Table) -> str:
    numbers = [head.startswith("#") for head in table.head]

    def cells(row: Sequence[Any], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if number else ''}>{escape(str(cell))}</{tag}>"
            for number, cell in zip(numbers, row, strict=True)
        )

    head = cells([head.removeprefix("#") for head in table.head], "th")
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _drawing(drawing: Drawing) -> str:
    return f"<figure>{drawing.svg}<figcaption>{escape(drawing.caption)}</figcaption></figure>"
