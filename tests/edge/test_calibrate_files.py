"""Points as people give them, and a ground written into a configuration with all else left as it is."""

from pathlib import Path

import pytest

from edge.calibrate_points import in_shares, parse_distance, parse_point, parse_rectangle, read_points
from edge.calibrate_write import ground_block, with_ground, write_ground
from edge.config import load
from edge.errors import ConfigInvalid
from edge.vision.ground import PointPair
from edge.vision.lens import Lens

PAIRS: list[PointPair] = [((0.1, 0.9), (0, 0)), ((0.9, 0.9), (8, 0)), ((0.7, 0.45), (8, 12)), ((0.3, 0.45), (0, 12))]
TEXT = """\
# two cameras
edge_id: box-7
data_dir: var
cameras:
  - id: east     # the gate
    source: {kind: rtsp, url: "rtsp://192.0.2.10/1"}
    # its zones
    zones:
      - id: front
        polygon: [[0.2, 0.6], [0.8, 0.6], [0.8, 0.9]]
        violations: [outdoor_display]   # only this
    # the end of it
  - id: west
    ground:
      - {image: [0.1, 0.9], world_m: [0, 0]}
      - {image: [0.9, 0.9], world_m: [8, 0]}
      # far ones
      - {image: [0.7, 0.4], world_m: [8, 12]}
      - {image: [0.3, 0.4], world_m: [0, 12]}   # last
    lens: {k1: -0.1}
    # a comment that stays
    source: {kind: rtsp, url: "rtsp://192.0.2.11/1"}
    zones:
      - {id: front, polygon: [[0.2, 0.6], [0.8, 0.6], [0.8, 0.9]], violations: [outdoor_display]}
permits: []
"""


def test_ways_to_write_points():
    assert parse_point("0.31, 0.58 = -1.5,3") == ((0.31, 0.58), (-1.5, 3.0))
    assert parse_distance("0.3,0.5 0.4,0.5=2.4") == ((0.3, 0.5), (0.4, 0.5), 2.4)
    corners = parse_rectangle("0.3,0.9 0.6,0.9 0.55,0.6 0.35,0.6=3.0x2.4")
    assert [world for _, world in corners] == [(0, 0), (3, 0), (3, 2.4), (0, 2.4)]


@pytest.mark.parametrize("text", ["", "0.3,0.5", "0.3;0.5=1,2", "a,b=c,d"])
def test_a_point_written_otherwise_is_refused_with_an_example(text: str):
    with pytest.raises(ConfigInvalid, match="such as"):
        parse_point(text)


def test_distances_and_sides_must_be_more_than_nothing():
    with pytest.raises(ConfigInvalid, match="more than 0 m"):
        parse_distance("0.3,0.5 0.4,0.5=0")
    with pytest.raises(ConfigInvalid, match="more than 0 m"):
        parse_rectangle("0.3,0.9 0.6,0.9 0.55,0.6 0.35,0.6=3x0")


def test_pixels_need_a_picture():
    pairs: list[PointPair] = [((96.0, 54.0), (0, 0))]
    with pytest.raises(ConfigInvalid, match="together with the picture"):
        in_shares(pairs, [], None)
    distances = [((96.0, 54.0), (192.0, 108.0), 2.0)]
    in_shares(pairs, distances, (960, 540))
    assert pairs == [((0.1, 0.1), (0, 0))]
    assert distances == [((0.1, 0.1), (0.2, 0.2), 2.0)]


def test_files_of_points(tmp_path: Path):
    point, measured = '{"image": [0.1, 0.2], "world_m": [1, 2]}', '{"points": [[0.1, 0.2], [0.3, 0.4]], "metres": 3}'
    (tmp_path / "p.json").write_text(f'{{"points": [{point}], "distances": [{measured}]}}')
    assert read_points(tmp_path / "p.json") == ([((0.1, 0.2), (1.0, 2.0))], [((0.1, 0.2), (0.3, 0.4), 3.0)])
    (tmp_path / "p.yaml").write_text("points:\n  - {image: [0.1, 0.2], world_m: [1, 2]}\n")
    assert read_points(tmp_path / "p.yaml")[0] == [((0.1, 0.2), (1.0, 2.0))]
    (tmp_path / "bad.json").write_text('{"points": [{"image": [0.1], "world": [1, 2]}]}')
    with pytest.raises(ConfigInvalid, match=r"points\[0\]"):
        read_points(tmp_path / "bad.json")
    with pytest.raises(ConfigInvalid, match=r"none\.json"):
        read_points(tmp_path / "none.json")


def test_a_new_ground_comes_after_the_last_field_and_nothing_else_changes():
    out = with_ground(TEXT, "east", PAIRS, Lens())
    block = ground_block(PAIRS, Lens(), 4)
    assert out.replace(block, "") == TEXT
    assert "violations: [outdoor_display]   # only this\n    ground:\n" in out


def test_an_old_ground_and_lens_are_replaced():
    out = with_ground(TEXT, "west", PAIRS, Lens())
    assert out.count("world_m") == 4
    assert "lens" not in out
    assert "  - id: west\n    ground:\n" in out
    assert "    # a comment that stays\n" in out
    assert "lens: {k1: -0.2000, aspect: 1.5000}" in with_ground(TEXT, "west", PAIRS, Lens(-0.2, 1.5))


def test_the_file_is_written_only_when_it_stays_valid(tmp_path: Path):
    path = tmp_path / "edge.yaml"
    path.write_text(TEXT)
    write_ground(path, "east", PAIRS, Lens(-0.1))
    camera = load(path).camera("east")
    assert camera.ground_pairs() == PAIRS
    assert camera.lens.k1 == -0.1
    before = path.read_text()
    with pytest.raises(ConfigInvalid, match="ground"):
        write_ground(path, "east", PAIRS[:3], Lens())
    assert path.read_text() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["edge.yaml"]


def test_a_camera_in_braces_is_refused(tmp_path: Path):
    path = tmp_path / "edge.yaml"
    path.write_text("cameras: [{id: east, zones: []}]\n")
    with pytest.raises(ConfigInvalid, match="braces"):
        write_ground(path, "east", PAIRS, Lens())
    with pytest.raises(KeyError, match="north"):
        with_ground(TEXT, "north", PAIRS, Lens())
