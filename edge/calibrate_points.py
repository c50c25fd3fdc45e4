"""Ground points as people give them: on the command line, in a file, as a rectangle."""

import json
import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from edge.config import GroundPoint
from edge.config_file import checked, read_yaml
from edge.errors import ConfigInvalid, Problem
from edge.vision.ground import PointPair

_NUMBER = r"[-+]?[0-9]*\.?[0-9]+"
_PAIR = rf"({_NUMBER})\s*,\s*({_NUMBER})"
_POINT = re.compile(rf"^\s*{_PAIR}\s*=\s*{_PAIR}\s*$")
_DISTANCE = re.compile(rf"^\s*{_PAIR}\s+{_PAIR}\s*=\s*({_NUMBER})\s*$")
_RECTANGLE = re.compile(rf"^\s*{_PAIR}\s+{_PAIR}\s+{_PAIR}\s+{_PAIR}\s*=\s*({_NUMBER})\s*[x×*]\s*({_NUMBER})\s*$")

Distance = tuple[tuple[float, float], tuple[float, float], float]
"""Two image points and the metres between them on the ground."""


class _Measured(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    points: tuple[tuple[float, float], tuple[float, float]]
    metres: float = Field(gt=0)


class _PointsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    points: list[GroundPoint] = Field(default_factory=list[GroundPoint])
    distances: list[_Measured] = Field(default_factory=list[_Measured])


def parse_point(text: str) -> PointPair:
    """`x,y=X,Y`. Raises ConfigInvalid."""
    x, y, east, north = _numbers(_POINT, text, "--point", "x,y=X,Y, such as 0.31,0.58=0,3.2")
    return (x, y), (east, north)


def parse_distance(text: str) -> Distance:
    """`x,y x,y=M`. Raises ConfigInvalid."""
    a, b, c, d, metres = _numbers(_DISTANCE, text, "--distance", '"x,y x,y=metres", such as "0.31,0.58 0.44,0.52=2.4"')
    if metres <= 0:
        raise ConfigInvalid([Problem("--distance", "(whole)", repr(text), "a distance of more than 0 m")])
    return (a, b), (c, d), metres


def parse_rectangle(text: str) -> list[PointPair]:
    """Four corners in order and the two sides, the first from corner 1 to corner 2. Raises ConfigInvalid."""
    allowed = '"x,y x,y x,y x,y=WIDTHxDEPTH": corners in order, width from the first to the second'
    *flat, width, depth = _numbers(_RECTANGLE, text, "--rectangle", allowed)
    if min(width, depth) <= 0:
        raise ConfigInvalid([Problem("--rectangle", "(whole)", repr(text), "sides of more than 0 m")])
    corners = [(flat[k], flat[k + 1]) for k in range(0, 8, 2)]
    return list(zip(corners, [(0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth)], strict=True))


def read_points(path: Path) -> tuple[list[PointPair], list[Distance]]:
    """`points` and `distances` of a JSON or YAML file; a list alone is one of points. Raises ConfigInvalid."""
    raw = _read_json(path) if path.suffix.lower() == ".json" else read_yaml(path)
    given, problems = checked(_PointsFile, {"points": raw} if isinstance(raw, list) else raw, path)
    if given is None:
        raise ConfigInvalid(problems)
    return (
        [(point.image, point.world_m) for point in given.points],
        [(*measured.points, measured.metres) for measured in given.distances],
    )


def in_shares(pairs: list[PointPair], distances: list[Distance], size: tuple[int, int] | None) -> None:
    """Points given in pixels as shares of the picture's (width, height), in place. Raises ConfigInvalid."""
    marks = [image for image, _ in pairs] + [mark for a, b, _ in distances for mark in (a, b)]
    if all(side <= 1 for mark in marks for side in mark):
        return
    if size is None:
        large = next(mark for mark in marks if max(mark) > 1)
        allowed = "0..1 of the picture; pixels only together with the picture they belong to"
        raise ConfigInvalid([Problem("points", "image", f"{large[0]:g}, {large[1]:g}", allowed)])
    width, height = size
    pairs[:] = [((x / width, y / height), world) for (x, y), world in pairs]
    distances[:] = [((a / width, b / height), (c / width, d / height), m) for (a, b), (c, d), m in distances]


def _numbers(pattern: re.Pattern[str], text: str, option: str, allowed: str) -> list[float]:
    match = pattern.match(text)
    if match is None:
        raise ConfigInvalid([Problem(option, "(whole)", repr(text), allowed)])
    return [float(number) for number in match.groups()]


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigInvalid([Problem(str(path), "(file)", error.strerror or "", "a readable file")]) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigInvalid([Problem(str(path), "(file)", str(error), "valid JSON")]) from error
