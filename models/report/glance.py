"""What is wanted and what came out, of all parts, on top of the report."""

from __future__ import annotations

from collections.abc import Sequence

from models.report.blocks import Key, Keys, Section, Table, Text


def glance(sections: Sequence[Section]) -> Section:
    """A table of every figure of which something is asked, in the order of the sections."""
    asked = [(section, key) for section in sections for key in _keys(section) if key.good is not None]
    if not asked:
        return Section("glance", "At a glance", [Text("Nothing that was judged has a mark to reach.", "absent")])
    met = sum(bool(key.good) for _, key in asked)
    rows = [[section.title, key.label, key.value, key.beside, "yes" if key.good else "no"] for section, key in asked]
    lead = Text(f"{met} of {len(asked)} marks are reached.")
    return Section("glance", "At a glance", [lead, Table(["Part", "Figure", "#value", "", "#reached"], rows)])


def _keys(section: Section) -> list[Key]:
    return [key for block in section.blocks if isinstance(block, Keys) for key in block.keys]


def gathered(sections: Sequence[Section]) -> list[Section]:
    """The sections that hold something, and one at the end that tells why each of the others is empty."""
    full = [section for section in sections if not _absence(section)]
    empty = [Text(f"{section.title}. {_absence(section)}", "absent") for section in sections if _absence(section)]
    return [*full, Section("left-out", "Left out", list(empty))] if empty else full


def _absence(section: Section) -> str:
    only = section.blocks[0] if len(section.blocks) == 1 else None
    return only.text if isinstance(only, Text) and only.kind == "absent" else ""
