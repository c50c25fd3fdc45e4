"""Square metres from four or more points."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge.errors import GroundInvalid
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.zones import coverage

FLAT: list[PointPair] = [((0.0, 0.0), (0, 0)), ((1.0, 0.0), (10, 0)), ((1.0, 1.0), (10, 5)), ((0.0, 1.0), (0, 5))]


def seen_from(height_m: float, tilt: float, points: np.ndarray) -> np.ndarray:
    """Image points (0..1) of ground points for a camera `height_m` up that looks `tilt` radians below the horizon."""
    forward, right = points[:, 1], points[:, 0]
    depth = forward * np.cos(tilt) + height_m * np.sin(tilt)
    down = height_m * np.cos(tilt) - forward * np.sin(tilt)
    return np.column_stack([0.5 + 0.6 * right / depth, 0.5 + 0.6 * down / depth])


def camera(height_m: float = 5.0, tilt: float = 0.5) -> tuple[GroundPlane, np.ndarray]:
    world = np.array([(-3.0, 6.0), (3.0, 6.0), (3.0, 14.0), (-3.0, 14.0), (0.0, 9.0)])
    image = seen_from(height_m, tilt, world)
    pairs = [((float(x), float(y)), (float(u), float(v))) for (x, y), (u, v) in zip(image, world, strict=True)]
    return GroundPlane.fit(pairs), world


def test_a_camera_that_looks_straight_down():
    plane = GroundPlane.fit(FLAT)
    assert plane.area_m2(np.ones((4, 8), np.float32)) == pytest.approx(50)
    assert plane.area_m2(np.full((4, 8), 0.5, np.float32)) == pytest.approx(25)
    assert plane.area_m2(np.zeros((4, 8), np.float32)) == 0


@settings(max_examples=30)
@given(st.floats(3, 12), st.floats(0.3, 1.2), st.floats(-2.5, 1.0), st.floats(6.5, 11))
def test_an_area_on_the_ground_comes_out_right_from_any_height_and_tilt(
    height_m: float, tilt: float, left: float, near: float
):
    plane, _ = camera(height_m, tilt)
    patch = np.array([(left, near), (left + 1.5, near), (left + 1.5, near + 2.0), (left, near + 2.0)])
    seen = seen_from(height_m, tilt, patch)
    assume(bool((seen >= 0).all() and (seen <= 1).all()))
    area = plane.area_m2(coverage([(float(x), float(y)) for x, y in seen], 144, 256))
    assert area == pytest.approx(3.0, rel=0.06)


def test_positions_come_back_in_metres():
    plane, world = camera()
    assert plane.to_world(seen_from(5.0, 0.5, world)) == pytest.approx(world, abs=1e-6)


def test_above_the_horizon_there_is_no_area():
    plane, _ = camera(tilt=0.2)
    assert plane.area_m2(np.ones((36, 64), np.float32)) is None
    low = coverage([(0.3, 0.8), (0.7, 0.8), (0.7, 1.0), (0.3, 1.0)], 36, 64)
    area = plane.area_m2(low)
    assert area is not None
    assert area > 0


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        (FLAT[:3], "four or more"),
        ([((x, x), (x * 10, 3.0)) for x in (0.1, 0.2, 0.4, 0.9)], "line"),
        ([((0.5, 0.5), p) for _, p in FLAT], "coincide"),
        ([(p, (1.0, 1.0)) for p, _ in FLAT], "coincide"),
        ([*FLAT, ((0.5, 0.5), (9.0, 0.5))], "off the plane"),
        ([FLAT[0], FLAT[2], FLAT[1], FLAT[3]], ""),  # two corners swapped in both lists alike: still a plane
    ],
)
def test_points_that_make_no_plane_are_refused(pairs: list[PointPair], reason: str):
    if not reason:
        assert GroundPlane.fit(pairs).area_m2(np.ones((2, 2), np.float32)) == pytest.approx(50)
        return
    with pytest.raises(GroundInvalid, match=reason):
        GroundPlane.fit(pairs)


def test_two_swapped_world_points_are_refused():
    swapped = [(FLAT[0][0], FLAT[1][1]), (FLAT[1][0], FLAT[0][1]), FLAT[2], FLAT[3]]
    with pytest.raises(GroundInvalid, match="horizon"):
        GroundPlane.fit(swapped)
