"""ZONES.json: what it may hold and what is said when it does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from edge.analyze_zones import read_zones
from edge.errors import ConfigInvalid

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]]
ZONE = {"id": "front", "polygon": SQUARE}


def read(tmp_path: Path, tree: Any):
    path = tmp_path / "zones.json"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree))
    return read_zones(path)


def test_a_file_of_its_own_and_all_others(tmp_path: Path):
    zones = read(tmp_path, {"a.jpg": [ZONE], "*": [ZONE | {"id": "any"}]})
    assert [z.id for z in zones.zones_for(Path("/far/a.jpg")) or []] == ["front"]
    assert [z.id for z in zones.zones_for(Path("b.mp4")) or []] == ["any"]


def test_a_file_without_zones(tmp_path: Path):
    assert read(tmp_path, {"a.jpg": [ZONE]}).zones_for(Path("b.jpg")) is None


def test_zone_ids_are_free_and_unknown_fields_pass_by(tmp_path: Path):
    zones = read(tmp_path, {"*": [ZONE | {"id": "Zone 1 门前", "note": "x"}]})
    assert [z.id for z in zones.zones_for(Path("x")) or []] == ["Zone 1 门前"]


@pytest.mark.parametrize(
    ("tree", "field", "allowed"),
    [
        ("{", "line 1", "valid JSON"),
        ([], "(whole)", "dictionary"),
        ({"*": {}}, "*", "list"),
        ({"*": []}, "*", "at least one zone"),
        ({"*": [{"polygon": SQUARE}]}, "*[0].id", "required"),
        ({"*": [{"id": "a", "polygon": [[0, 0], [640, 480], [0, 480]]}]}, "*[0].polygon[1][0]", "less than or equal"),
        ({"*": [{"id": "a", "polygon": [[0, 0], [1, 1], [1, 0], [0, 1]]}]}, "*[0].polygon", "cross"),
        ({"*": [ZONE, ZONE]}, "*[1].id", "of its own"),
        ({"a.jpg": [ZONE | {"ground": [{"image": [0, 0], "world_m": [0, 0]}]}]}, "a.jpg[0].ground", "at least 4"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, tree: Any, field: str, allowed: str):
    with pytest.raises(ConfigInvalid) as caught:
        read(tmp_path, tree)
    matching = [p for p in caught.value.problems if p.field.startswith(field) and allowed in p.allowed]
    assert matching, [str(problem) for problem in caught.value.problems]


def test_every_mistake_is_told_at_once(tmp_path: Path):
    with pytest.raises(ConfigInvalid) as caught:
        read(tmp_path, {"a": [{"id": ""}], "b": [{"id": "x", "polygon": [[2, 2]]}]})
    assert len(caught.value.problems) >= 3


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(ConfigInvalid, match="No such file"):
        read_zones(tmp_path / "none.json")
