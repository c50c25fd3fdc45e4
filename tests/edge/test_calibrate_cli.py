"""`shouwei edge calibrate` as people call it."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from edge.cli import edge_app
from edge.config import load

CONFIG = """\
edge_id: box-7
data_dir: var
cameras:
  - id: east
    source: {kind: rtsp, url: "rtsp://192.0.2.10/1"}
    zones:
      - {id: front, polygon: [[0.3, 0.5], [0.7, 0.5], [0.8, 0.9], [0.2, 0.9]], violations: [outdoor_display]}
"""
FOUR = ["0.1,0.9=0,0", "0.9,0.9=8,0", "0.7,0.45=8,12", "0.3,0.45=0,12"]


def called(tmp_path: Path, *arguments: str, text: str = CONFIG) -> Result:
    path = tmp_path / "edge.yaml"
    if not path.exists():
        path.write_text(text)
    return CliRunner().invoke(edge_app, ["calibrate", "--config", str(path), *arguments])


def points(*texts: str) -> list[str]:
    return [part for text in texts for part in ("--point", text)]


def test_points_give_a_block_to_copy_and_write_puts_it_there(tmp_path: Path):
    told = called(tmp_path, *points(*FOUR))
    assert told.exit_code == 0, told.output
    assert "four points always fit" in told.output
    assert "- {image: [0.10000, 0.90000], world_m: [0.000, 0.000]}" in told.output
    assert load(tmp_path / "edge.yaml").camera("east").ground is None
    assert called(tmp_path, *points(*FOUR), "--write").exit_code == 0
    assert len(load(tmp_path / "edge.yaml").camera("east").ground_pairs()) == 4
    checked = called(tmp_path, "--check", "--json")
    assert checked.exit_code == 0
    found = json.loads(checked.stdout)
    assert found["usable"] is True
    assert found["zones"][0]["id"] == "front"
    assert found["zones"][0]["m2"] > 5


def test_the_picture_with_the_grid(tmp_path: Path):
    cv2.imwrite(str(tmp_path / "still.png"), np.full((180, 320, 3), 128, np.uint8))
    in_pixels = ["32,162=0,0", "288,162=8,0", "224,81=8,12", "96,81=0,12"]
    out = tmp_path / "grid.png"
    told = called(tmp_path, *points(*in_pixels), "--picture", str(tmp_path / "still.png"), "--overlay", str(out))
    assert told.exit_code == 0, told.output
    drawn = cv2.imread(str(out))
    assert drawn is not None
    assert drawn.shape == (270, 480, 3)
    assert len(np.unique(drawn.reshape(-1, 3), axis=0)) > 50


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        ([], "knows no ground", 2),
        (["--camera", "west"], "one of east", 2),
        (points(*FOUR, "0.5,0.6=40,3"), "point", 1),
        (points(*FOUR[:3]), "four or more", 1),
        (points(FOUR[1][:8] + "0,0", FOUR[0][:8] + "8,0", *FOUR[2:]), "look exchanged", 1),
        (["--check", *points(*FOUR)], "alone", 2),
        ([*points(*FOUR), "--overlay", "x.png"], "together with --picture", 2),
        ([*points(*FOUR), "--rectangle", "0.1,0.9 0.9,0.9 0.7,0.4 0.3,0.4=8x12"], "several kinds", 2),
        (points("32,162=0,0", *FOUR), "pixels only together with the picture", 2),
        ([*points(*FOUR), "--picture", "nowhere.png"], "no such file", 2),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(tmp_path: Path, arguments: list[str], reason: str, code: int):
    told = called(tmp_path, *arguments)
    assert reason in told.output
    assert told.exit_code == code


def test_a_zone_above_the_horizon_makes_the_ground_unfit(tmp_path: Path):
    sky = CONFIG.replace("[0.3, 0.5], [0.7, 0.5]", "[0.3, 0.1], [0.7, 0.1]")
    steep = [*FOUR[:2], "0.62,0.45=8,12", "0.38,0.45=0,12"]
    told = called(tmp_path, *points(*steep), "--write", text=sky)
    assert told.exit_code == 1
    assert "zone front: its corner 1, 2 lies above the horizon" in told.output
    assert load(tmp_path / "edge.yaml").camera("east").ground is None


def test_a_rectangle_and_distances(tmp_path: Path):
    told = called(tmp_path, "--rectangle", "0.1,0.9 0.9,0.9 0.7,0.45 0.3,0.45=8x12", "--json")
    assert told.exit_code == 0, told.output
    rectangle = json.loads(told.stdout)
    diagonal = f"{np.hypot(8, 12):.3f}"
    sides = ["0.1,0.9 0.9,0.9=8", "0.9,0.9 0.7,0.45=12", "0.7,0.45 0.3,0.45=8", "0.3,0.45 0.1,0.9=12"]
    sides += [f"0.1,0.9 0.7,0.45={diagonal}", f"0.9,0.9 0.3,0.45={diagonal}"]
    told = called(tmp_path, *[part for side in sides for part in ("--distance", side)], "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["zones"][0]["m2"] == pytest.approx(rectangle["zones"][0]["m2"], rel=0.1)
