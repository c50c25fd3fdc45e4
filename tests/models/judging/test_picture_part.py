import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass as S
from edge.vision.objects import FoundObject
from models.judging.kept import Kept
from models.judging.picture_part import pictures_part
from models.judging.plan import Plan
from models.report.blocks import Shots, html
from tests.models.judging.hand import BLUE, RED, in_hand, street

CHAIRS = [(0.1, 0.6, 0.2, 0.8), (0.5, 0.6, 0.6, 0.8)]


class Finds:
    """Finds the first chair, and a second one that is not there."""

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        return [FoundObject("chair", 0.9, CHAIRS[0]), FoundObject("chair", 0.3, (0.8, 0.1, 0.9, 0.2))]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """One held-out picture: goods left, and red that is none (a carpet) right."""
    image, mask = street(), np.full((180, 320), S.GROUND, np.uint8)
    image[110:, :160], mask[110:, :160] = RED, S.GOODS
    image[150:, 260:] = RED
    image[110:130, 170:240], mask[110:130, 170:240] = BLUE, S.SOIL
    folder = tmp_path / "rendered"
    folder.mkdir()
    cv2.imwrite(str(folder / "00000.jpg"), image)
    cv2.imwrite(str(folder / "00000.mask.png"), mask)
    boxes = [{"label": "chair", "xyxy": list(box)} for box in CHAIRS]
    facts = {"seed": 900_001, "kind": "street", "conditions": {"name": "dusk"}, "boxes": boxes}
    (folder / "00000.json").write_text(json.dumps(facts), encoding="utf-8")
    return Plan(pictures=[folder], worst=4)


def test_pixels_zones_and_the_worst_are_told(plan: Plan, tmp_path: Path) -> None:
    said, section = pictures_part(plan, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None)
    assert said is not None
    assert said["iou"]["goods"] > 0.8
    assert said["iou_by_condition"]["dusk"] == said["iou"]
    display = said["zones"]["outdoor_display"]
    assert display["recall"]["value"] == 1.0
    assert display["false"]["hits"] == 1, "the carpet"
    shots = {block.title: len(block.shots) for block in section.blocks if isinstance(block, Shots)}
    assert shots["outdoor_display: zones furthest off"] == 1
    assert shots["Pictures with the lowest IoU"] == 1
    assert all(html(block) or isinstance(block, Shots) for block in section.blocks)


def test_boxes_are_left_out_by_name_without_a_detector(plan: Plan, tmp_path: Path) -> None:
    said, section = pictures_part(plan, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None)
    assert said is not None
    assert said["boxes"] == {"left_out": "no detector was named"}
    assert any("no detector was named" in html(block) for block in section.blocks)


def test_average_precision_of_boxes(plan: Plan, tmp_path: Path) -> None:
    """One of two chairs found, surer than the false one: precision 1 up to recall 0.5, 0 beyond: 51 of 101 places."""
    hand = replace(in_hand(), faint=Finds())
    said, _ = pictures_part(plan, hand, Kept(tmp_path / "kept", ""), lambda _: None)
    assert said is not None
    assert said["boxes"]["by_label"]["chair"]["ap50"] == pytest.approx(51 / 101, abs=1e-4)
    assert said["boxes"]["by_label"]["chair"]["precision"] == 1.0
    assert list(said["boxes"]["by_label"]) == ["chair"]
