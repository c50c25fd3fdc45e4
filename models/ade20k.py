"""The 32 classes of the base weights and what each of them means in ours. Numpy only."""

from __future__ import annotations

from typing import Final

from edge.vision.classes import SemanticClass

ADE_NAMES: Final[tuple[str, ...]] = (
    "other", "wall", "building", "sky", "floor", "tree", "ceiling", "road", "bed", "window", "grass", "cabinet",
    "sidewalk", "person", "earth", "door", "table", "mountain", "plant", "curtain", "chair", "car", "water",
    "painting", "sofa", "shelf", "house", "sea", "mirror", "rug", "field", "armchair",
)  # fmt: skip
"""Row order of the base classifier (DeepLab ADE20K reduced to 31 classes and a rest)."""

ROWS_OF: Final[dict[SemanticClass, tuple[str, ...]]] = {
    SemanticClass.OTHER: ("other", "sky"),
    SemanticClass.GROUND: ("road", "sidewalk", "floor", "rug"),
    SemanticClass.SOIL: ("earth", "field", "mountain"),
    SemanticClass.NET: (),
    SemanticClass.VEGETATION: ("tree", "grass", "plant"),
    SemanticClass.BUILDING: (
        "wall",
        "building",
        "ceiling",
        "window",
        "door",
        "curtain",
        "painting",
        "house",
        "mirror",
    ),
    SemanticClass.VEHICLE: ("car",),
    SemanticClass.PERSON: ("person",),
    SemanticClass.GOODS: ("bed", "cabinet", "table", "chair", "sofa", "shelf", "armchair"),
    SemanticClass.WATER: ("water", "sea"),
}
"""Every base row belongs to exactly one of our classes; the base knows nothing like a dust net."""

UNSURE_ROWS: Final[frozenset[str]] = frozenset(
    {"other", "ceiling", "curtain", "painting", "mirror", "rug", "field", "mountain", "bed", "cabinet", "sofa", "shelf"}
)
"""Rows whose word on an outdoor picture is not good enough to learn from: their pixels are left out of distillation."""


def row_class() -> list[int]:
    """For each base row the number of our class, in row order."""
    owner = {name: cls for cls, names in ROWS_OF.items() for name in names}
    return [int(owner[name]) for name in ADE_NAMES]


def rows(cls: SemanticClass) -> list[int]:
    """Base row numbers that mean `cls`; empty where the base has no word for it."""
    return [ADE_NAMES.index(name) for name in ROWS_OF[cls]]
