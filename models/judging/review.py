"""What somebody saw who looked at the zones of a loosely labelled set: which of them are not what their label says.

A JSON file kept beside the set, not in the project: {"FILE NAME": ["zone id", ...]}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.judging.looking import Undecided


@dataclass(frozen=True, slots=True)
class Review:
    """`known` maps a picture's file name to the ids of its zones that are labelled wrongly."""

    known: Mapping[str, frozenset[str]]

    def is_wrong(self, file: str, zone: str) -> bool:
        """Whether the zone is not what its label says."""
        return zone in self.known.get(file, frozenset())


def read_review(path: Path) -> Review:
    """The review in a JSON file. Raises Undecided."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Review({str(name): frozenset(map(str, zones)) for name, zones in raw.items()})
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise Undecided(f'{path}: {error}; a review is {{"FILE": ["zone", ...]}}') from error
