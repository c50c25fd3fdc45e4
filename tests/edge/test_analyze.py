"""Pictures and clips without a server: results, episodes of clips, and files that fail."""

from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from edge.analyze import ShotResult, Unreadable, analyze, lines
from edge.analyze_zones import ZonesFile
from edge.contracts.violations import ViolationRule
from edge.vision.classes import SemanticClass
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from tests.fakes.clips import Image, write_clip
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import PaintedSegmenter

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]]
ZONES = ZonesFile.model_validate({"*": [{"id": "front", "polygon": SQUARE}]})
RULES = {"outdoor_display": rule(dwell_s=2, leave_s=1, update_s=2), "exposed_muck": muck()}
FIELDS = {
    "file", "at_s", "zone", "violation", "score", "share", "margin", "reference", "covered_share", "soil_share",
    "net_share", "area_m2", "area_m2_sigma", "occluded", "objects", "detections",
}  # fmt: skip
SEEN = PaintedSegmenter(
    lambda image: np.where(cv2.resize(image, (16, 9))[:, :, 2] > 128, SemanticClass.GOODS, SemanticClass.GROUND)
)
"""Red is goods, anything else ground."""


def street(goods: float = 0.0) -> Image:
    image = np.full((180, 320, 3), 60, np.uint8)
    image[:, : round(320 * goods), 2] = 255
    return image


def picture(path: Path, goods: float) -> Path:
    cv2.imwrite(str(path), street(goods))
    return path


def run(*files: Path, zones: ZonesFile = ZONES, rules: dict[str, ViolationRule] | None = None, interval_s: float = 0.5):
    return list(analyze(files, rules or RULES, zones, Perceiver(SEEN), interval_s))


def told(results: list[ShotResult | Unreadable]) -> list[dict[str, Any]]:
    return list(chain.from_iterable(lines(r) for r in results if isinstance(r, ShotResult)))


def test_one_line_for_each_zone_and_violation_of_a_picture(tmp_path: Path):
    out = told(run(picture(tmp_path / "a.jpg", 0.25)))
    assert [line["violation"] for line in out] == ["outdoor_display", "exposed_muck"]
    for line in out:
        assert set(line) == FIELDS
        assert line["file"] == str(tmp_path / "a.jpg")
        assert (line["at_s"], line["zone"], line["area_m2"], line["occluded"]) == (0.0, "front", None, False)
    display, soil = out
    assert display["covered_share"] == pytest.approx(0.25, abs=0.01)
    assert display["score"] == pytest.approx(0.25 / 0.33, abs=0.01)
    assert soil["score"] == 0
    assert display["objects"] == [{"label": "goods", "score": 0.9, "xyxy": [0.0, 0.0, 0.25, 1.0]}]


def test_scores_of_different_files_can_be_compared(tmp_path: Path):
    files = [picture(tmp_path / f"{n}.png", share) for n, share in enumerate((0.0, 0.125, 0.25, 0.5))]
    scores = [line["score"] for line in told(run(*files)) if line["violation"] == "outdoor_display"]
    assert scores == sorted(scores)
    assert scores[0] == 0 < scores[1] > 0.5


def test_a_clip_gives_a_line_for_each_sampled_frame_and_the_alerts(tmp_path: Path):
    frames = [street()] * 25 + [street(0.4)] * 150 + [street()] * 75
    clip = write_clip(tmp_path / "clip.mp4", frames)
    out = told(run(clip, rules={"outdoor_display": RULES["outdoor_display"]}))
    measured = [line for line in out if "type" not in line]
    alerts = [line for line in out if line.get("type") == "alert"]
    assert [line["at_s"] for line in measured] == pytest.approx([n / 2 for n in range(20)], abs=0.25)
    assert [(a["phase"], a["at_s"]) for a in alerts] == [
        ("raised", pytest.approx(3.5, abs=0.6)),
        ("updated", pytest.approx(5.5, abs=0.8)),
        ("cleared", pytest.approx(8.5, abs=0.6)),
    ]
    assert len({a["episode"] for a in alerts}) == 1
    assert alerts[-1]["cleared_at_s"] == pytest.approx(7, abs=0.5)
    assert {(a["zone"], a["violation"], a["file"]) for a in alerts} == {("front", "outdoor_display", str(clip))}
    assert alerts[0]["began_at_s"] == pytest.approx(1, abs=0.5)


def test_clips_do_not_share_their_episodes(tmp_path: Path):
    first = write_clip(tmp_path / "a.mp4", [street(0.4)] * 40)
    second = write_clip(tmp_path / "b.mp4", [street(0.4)] * 40)
    assert not [line for line in told(run(first, second)) if "type" in line]


def test_zones_by_base_name(tmp_path: Path):
    left, right = ([[0, 0], [0.5, 0], [0.5, 1], [0, 1]], [[0.5, 0], [1, 0], [1, 1], [0.5, 1]])
    zones = ZonesFile.model_validate(
        {"a.png": [{"id": "l", "polygon": left}, {"id": "r", "polygon": right}], "*": [{"id": "r", "polygon": right}]}
    )
    files = [picture(tmp_path / name, 0.5) for name in ("a.png", "b.png")]
    out = told(run(*files, zones=zones, rules={"outdoor_display": rule()}))
    assert [(line["zone"], round(line["covered_share"], 1)) for line in out] == [("l", 1.0), ("r", 0.0), ("r", 0.0)]


def test_areas_with_known_ground(tmp_path: Path):
    corners = [[0, 0], [1, 0], [1, 1], [0, 1]]
    ground = [{"image": [x, y], "world_m": [8 * x, 4 * y]} for x, y in corners]
    zones = ZonesFile.model_validate({"*": [{"id": "z", "polygon": SQUARE, "ground": ground}]})
    assert told(run(picture(tmp_path / "a.png", 0.25), zones=zones))[0]["area_m2"] == pytest.approx(8, rel=0.02)


def test_a_ground_that_is_no_plane_fails_that_file_only(tmp_path: Path):
    ground = [{"image": [x, x], "world_m": [x, x]} for x in (0.1, 0.2, 0.3, 0.4)]
    zones = ZonesFile.model_validate(
        {"a.png": [{"id": "z", "polygon": SQUARE, "ground": ground}], "*": [{"id": "z", "polygon": SQUARE}]}
    )
    failed, good = run(picture(tmp_path / "a.png", 0), picture(tmp_path / "b.png", 0), zones=zones)
    assert isinstance(failed, Unreadable)
    assert "line" in failed.reason
    assert isinstance(good, ShotResult)


def test_files_that_fail_are_named_and_the_others_are_done(tmp_path: Path):
    whole = write_clip(tmp_path / "whole.mkv", [street()] * 100).read_bytes()
    for name, data in {
        "empty.jpg": b"", "text.jpg": b"hello", "text.mp4": b"hello", "cut.mkv": whole[: len(whole) // 2],
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    write_clip(tmp_path / "old.mpg", [street()] * 10, codec="mpeg2video", options={})
    (tmp_path / "folder").mkdir()
    bad = ["missing.jpg", "empty.jpg", "text.jpg", "text.mp4", "old.mpg", "folder", "cut.mkv"]
    results = run(*[tmp_path / name for name in bad], picture(tmp_path / "good.png", 0))
    reasons = {r.file.name: r.reason for r in results if isinstance(r, Unreadable)}
    assert list(reasons) == bad
    for name, words in zip(
        bad, ["no such file", "empty", "not a picture", "not a video", "mpeg2video", "folder", "cut short"], strict=True
    ):
        assert words in reasons[name]
    # What could be read of the cut clip was measured.
    assert {r.shot.file.name for r in results if isinstance(r, ShotResult)} == {"cut.mkv", "good.png"}


def test_a_file_that_the_zones_do_not_name_fails_clearly(tmp_path: Path):
    zones = ZonesFile.model_validate({"other.png": [{"id": "z", "polygon": SQUARE}]})
    results = run(picture(tmp_path / "a.png", 0), zones=zones)
    assert [r.reason for r in results if isinstance(r, Unreadable)] == ["the zones file has neither 'a.png' nor '*'"]


def test_the_class_map_comes_with_the_result(tmp_path: Path):
    (result,) = run(picture(tmp_path / "a.png", 0.5))
    assert isinstance(result, ShotResult)
    assert isinstance(result.class_map, ClassMap)


class OneChair:
    def detect(self, image: Image) -> list[FoundObject]:
        return [FoundObject("chair", 0.8, (0.0, 0.0, 0.5, 0.5)), FoundObject("person", 0.9, (0.6, 0.2, 0.7, 0.6))]


def test_a_reference_shows_what_was_there_before_and_lifts_the_margin(tmp_path: Path):
    file = picture(tmp_path / "a.png", 0.5)
    wide = {"outdoor_display": rule(margin_without_reference=1.25)}
    (without,) = told(list(analyze([file], wide, ZONES, Perceiver(SEEN))))
    assert (without["margin"], without["reference"]) == (1.25, False)
    assert without["share"] == pytest.approx(0.5, abs=0.01)
    (with_one,) = told(list(analyze([file], wide, ZONES, Perceiver(SEEN), reference=street(0.25))))
    assert (with_one["margin"], with_one["reference"]) == (1.0, True)
    assert with_one["share"] == pytest.approx(0.25, abs=0.01)


def test_what_a_detector_finds_in_the_zone_is_told(tmp_path: Path):
    chairs = rule(measure={"classes": ["goods"], "covering": True, "objects": ["chair"]})
    perceiver = Perceiver(SEEN, detector=OneChair())
    (line,) = told(list(analyze([picture(tmp_path / "a.png", 0.0)], {"outdoor_display": chairs}, ZONES, perceiver)))
    assert [found["label"] for found in line["detections"]] == ["chair", "person"]
    assert line["objects"][:2] == line["detections"]
    assert line["share"] > 0
