import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.vision.classes import SemanticClass as S
from models.data import IGNORE
from models.judging.kept import Kept
from models.judging.looking import Undecided, Zone, rectangle
from models.judging.pictures import confusion_of, held_out, judge_pictures, picture_iou, true_map, true_row, zones
from tests.fakes.rules import muck, rule
from tests.models.judging.hand import RED, in_hand, street


def test_a_cell_is_what_most_of_it_is() -> None:
    mask = np.full((8, 8), S.GROUND, np.uint8)
    mask[:4, :3] = S.GOODS
    mask[4:, 4:] = 77
    assert true_map(mask, (2, 2)).tolist() == [[S.GOODS, S.GROUND], [S.GROUND, IGNORE]]


WHOLE = Zone("z", "grid", rectangle((0, 0, 1, 1)))


def labels(goods: float = 0, person: float = 0, wall: float = 0) -> np.ndarray:
    flat = np.full(1000, S.GROUND, np.uint8)
    flat[: round(goods * 1000)] = S.GOODS
    flat[len(flat) - round(person * 1000) :] = S.PERSON
    flat[400 : 400 + round(wall * 1000)] = S.BUILDING
    return flat.reshape(20, 50)


def test_the_truth_of_a_zone_is_measured_as_the_edge_measures() -> None:
    assert true_row(labels(goods=0.3), WHOLE, rule()) is True
    assert true_row(labels(goods=0.3), WHOLE, muck()) is False
    assert true_row(labels(), WHOLE, rule()) is False


@pytest.mark.parametrize("what", [{"goods": 0.09}, {"person": 0.6}, {"wall": 0.3}])
def test_what_nobody_could_say_is_left_out(what: dict[str, float]) -> None:
    assert true_row(labels(**what), WHOLE, rule()) is None


def scene(folder: Path, number: int, seed: int) -> None:
    image, mask = street(), np.full((180, 320), S.GROUND, np.uint8)
    image[120:, :160], mask[120:, :160] = RED, S.GOODS
    cv2.imwrite(str(folder / f"{number:05}.jpg"), image)
    cv2.imwrite(str(folder / f"{number:05}.mask.png"), mask)
    facts = {"seed": seed, "kind": "street", "conditions": {"name": "dusk"}}
    (folder / f"{number:05}.json").write_text(json.dumps(facts), encoding="utf-8")


def test_scenes_for_judging_are_held_out_and_pictures_are_counted(tmp_path: Path) -> None:
    scene(tmp_path, 0, 900_001)
    (item,) = held_out([tmp_path])
    (said,) = judge_pictures([item], in_hand(), Kept(tmp_path / "kept", ""), lambda _: None)
    assert (said["light"], said["kind"]) == ("dusk", "street")
    assert (picture_iou(said) or 0) > 0.9
    goods = {row["zone"] for row in said["rows"] if row["violation"] == "outdoor_display" and row["true"]}
    assert goods
    assert goods == {
        row["zone"] for row in said["rows"] if row["violation"] == "outdoor_display" and row["score"] > 0.5
    }
    assert confusion_of([said, said]).counts.sum() == 2 * 32 * 18


def test_a_folder_without_held_out_pictures_is_named(tmp_path: Path) -> None:
    with pytest.raises(Undecided, match="no held-out picture"):
        held_out([tmp_path])


def test_zones_of_a_picture_do_not_overlap() -> None:
    corners = [(z.polygon[0], z.polygon[2]) for z in zones()]
    total = sum((b[0] - a[0]) * (b[1] - a[1]) for a, b in corners)
    assert total == pytest.approx(0.66)
