"""Truth is measured rightly from masks and outlines."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from datasets.scenes.classes import MaskClass
from datasets.scenes.clips import measure
from datasets.scenes.manifest import summarise

TEN_METRES = np.diag([10.0, 10.0, 1.0])
"""image 0..1 -> 10 m by 10 m"""
WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_pixel_areas_add_up_to_the_ground() -> None:
    assert measure.pixel_areas(TEN_METRES, 50, 40).sum() == pytest.approx(100.0)


def test_shares_and_area_of_half_covered_ground() -> None:
    classes = np.full((40, 50), MaskClass.GROUND, np.uint8)
    classes[:, :25] = MaskClass.GOODS
    got = measure.zone_state(classes, WHOLE, TEN_METRES)
    assert got["covered_share"] == pytest.approx(0.5, abs=0.02)
    assert got["covered_m2"] == pytest.approx(50.0, abs=2)
    assert got["soil_share"] == got["net_share"] == 0


def test_people_do_not_count_in_the_shares() -> None:
    classes = np.full((40, 50), MaskClass.SOIL, np.uint8)
    classes[:20] = MaskClass.PERSON
    assert measure.zone_state(classes, WHOLE, TEN_METRES)["soil_share"] == 1.0


def test_footprints_are_united_and_cut_by_the_zone() -> None:
    a, b = [[0, 0], [2, 0], [2, 1], [0, 1]], [[1, 0], [3, 0], [3, 1], [1, 1]]
    zone = [[-1, -1], [2.5, -1], [2.5, 5], [-1, 5]]
    assert measure.footprint([a, b], zone) == pytest.approx(2.5, abs=0.15)


def test_footprint_beyond_a_permit() -> None:
    table = [[0, 0], [2, 0], [2, 1], [0, 1]]
    zone, permit = [[-1, -1], [4, -1], [4, 4], [-1, 4]], [[-1, -1], [1, -1], [1, 4], [-1, 4]]
    assert measure.footprint([table], zone, permit) == pytest.approx(1.0, abs=0.1)


def test_manifest_counts_pictures_and_boxes() -> None:
    fact = {
        "kind": "street",
        "seed": 7,
        "conditions": {"name": "day"},
        "layout": {"plan": {"wet": 0.4}},
        "boxes": [{"label": "crate"}, {"label": "crate"}, {"label": "person"}],
    }
    got = summarise([fact, {**fact, "kind": "site", "layout": {"plan": {"wet": 0}}}])
    assert got["pictures"] == 2
    assert got["wet"] == 1
    assert got["by_kind"] == {"site": 1, "street": 1}
    assert got["boxes"] == {"crate": 4, "person": 2}
