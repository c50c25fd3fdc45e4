"""ZONES.json: which zones to measure in which file."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from edge.config import GroundPoint
from edge.config_file import distinct, shown
from edge.contracts.geometry import Polygon
from edge.errors import ConfigInvalid, Problem

EVERY_FILE = "*"


class FileZone(BaseModel):
    """A zone of a picture or clip. With `ground` (four or more points) areas come out in square metres."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1, max_length=64)
    polygon: Polygon
    ground: list[GroundPoint] | None = Field(default=None, min_length=4)


class ZonesFile(RootModel[dict[str, list[FileZone]]]):
    """Base name of a file, or `*` for all others, to its zones."""

    def zones_for(self, file: Path) -> list[FileZone] | None:
        """The zones of a file; None when neither its base name nor `*` is there."""
        return self.root.get(file.name, self.root.get(EVERY_FILE))


def read_zones(path: Path) -> ZonesFile:
    """The zones in a JSON file. Raises ConfigInvalid with every mistake."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigInvalid([Problem(str(path), "(file)", error.strerror or "", "a readable JSON file")]) from error
    except UnicodeDecodeError as error:
        raise ConfigInvalid([Problem(str(path), "(file)", "not UTF-8 text", "a readable JSON file")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ConfigInvalid([Problem(str(path), where, error.msg, "valid JSON")]) from error
    try:
        zones = ZonesFile.model_validate(raw)
    except ValidationError as error:
        raise ConfigInvalid(
            [_problem(path, fault["loc"], fault["input"], fault["msg"]) for fault in error.errors()]
        ) from error
    twice = [
        Problem(str(path), f"{name}[{i}].id", repr(zone.id), "an id of its own in this list")
        for name, entries in zones.root.items()
        for i, zone in enumerate(entries)
        if zone.id in [other.id for other in entries[:i]]
    ]
    empty = [Problem(str(path), name, "[]", "at least one zone") for name, entries in zones.root.items() if not entries]
    if twice or empty:
        raise ConfigInvalid(distinct([*twice, *empty]))
    return zones


def _problem(path: Path, loc: tuple[int | str, ...], value: object, message: str) -> Problem:
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")
    missing = "(missing)" if message == "Field required" else shown(field, value)
    return Problem(str(path), field or "(whole)", missing, message.removeprefix("Value error, ").removeprefix("Input "))
