from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.contracts.geometry import signed_area
from models.judging.camvid import DISPLAY, MUCK, figures, paved_zones, simple_outline, zones_of
from models.judging.looking import Undecided


def test_pavement_and_road_become_zones() -> None:
    mask = np.zeros((90, 120), np.uint8)
    mask[50:, :60], mask[50:, 60:] = 3, 4
    road, pavement = paved_zones(mask)
    assert (road.id, road.role, pavement.role) == ("road-0", "road", "pavement")
    assert abs(signed_area(road.polygon)) == pytest.approx(0.5 * 40 / 90, rel=0.05)


def test_what_an_outline_goes_around_lies_inside_and_crumbs_are_left_out() -> None:
    mask = np.zeros((90, 120), np.uint8)
    mask[40:, 20:100] = 4
    mask[60:70, 50:60] = 9
    mask[5:9, 5:9] = 4
    (zone,) = paved_zones(mask)
    assert abs(signed_area(zone.polygon)) == pytest.approx(50 * 80 / mask.size, rel=0.06)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_an_outline_is_always_one_that_the_edge_takes(seed: int) -> None:
    noise = cv2.GaussianBlur(np.random.default_rng(seed).random((90, 120)).astype(np.float32), (0, 0), 5)
    mask = np.where(noise > np.median(noise), np.uint8(4), np.uint8(0)).astype(np.uint8)
    for zone in paved_zones(mask):
        assert 3 <= len(zone.polygon) <= 64


def test_a_line_is_no_zone() -> None:
    assert simple_outline(np.array([[1, 1], [9, 1]]), 20, 20) is None


def test_a_folder_without_masks_is_named(tmp_path: Path) -> None:
    with pytest.raises(Undecided, match="masks"):
        zones_of(tmp_path)


def test_figures() -> None:
    def row(role: str, violation: str, score: float, soil: float) -> dict[str, Any]:
        return {"role": role, "violation": violation, "score": score, "soil": soil, "file": role}

    rows = [row("road", MUCK, 0.6, 0.2), row("pavement", MUCK, 0.0, 0.0), row("road", DISPLAY, 0.4, 0.2)]
    said = figures(rows)
    assert said[MUCK]["false"]["hits"] == 1
    assert said[MUCK]["soil_share_mean"] == 0.1
    assert said[MUCK]["zones_over_2_percent"]["hits"] == 1
    assert said[DISPLAY]["below_operating_point"]["value"] == 1.0
