"""Height, foot, focal length and tilt of a camera from the homography of its ground."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.scenes.camera import View
from edge.vision.camera_pose import USUAL_FOCAL, pose_of
from edge.vision.ground import GroundPlane
from tests.edge.vision.seen_boxes import plane_of, view


@settings(max_examples=40, deadline=None)
@given(st.floats(2.5, 20), st.floats(3, 15), st.floats(20, 70), st.floats(-4, 4), st.floats(-8, 8))
def test_any_camera_is_found_again(height: float, away: float, lens_mm: float, roll: float, side: float):
    camera = View((side, -away, height), (0.0, 2.0, 0.0), lens_mm, 960, 540, roll)
    pose = pose_of(camera.image_to_ground(), 16 / 9)
    assert pose.height_m == pytest.approx(height, rel=1e-4)
    assert pose.foot == pytest.approx((side, -away), abs=1e-3)
    assert pose.focal == pytest.approx(lens_mm / 36, rel=1e-4)
    tilt = np.degrees(np.arctan2(height, np.hypot(side, away + 2)))
    assert pose.tilt_deg == pytest.approx(tilt, abs=0.01)


def test_ground_axes_may_point_anywhere_and_either_hand():
    camera = view(5.0)
    turn = np.array([[0.6, -0.8, 3.0], [-0.8, -0.6, -2.0], [0.0, 0.0, 1.0]])
    assert pose_of(turn @ camera.image_to_ground(), 16 / 9).height_m == pytest.approx(5.0, rel=1e-6)


def test_a_camera_that_looks_straight_down_gets_the_usual_focal_length():
    corners = [((0.0, 0.0), (0.0, 0.0)), ((1.0, 0.0), (8.0, 0.0)), ((1.0, 1.0), (8.0, 4.5)), ((0.0, 1.0), (0.0, 4.5))]
    pose = GroundPlane.fit(corners).pose(16 / 9)
    assert pose.focal == USUAL_FOCAL
    assert pose.height_m == pytest.approx(8 * USUAL_FOCAL)
    assert pose.foot == pytest.approx((4.0, 2.25))


def test_marks_that_are_a_little_off_still_give_the_height():
    camera = view(5.0)
    rng = np.random.default_rng(3)
    spots = np.array([(x, y, 0.0) for x in (-3.0, 0.0, 3.0) for y in (-1.0, 1.5, 4.0)])
    image, _ = camera.project(spots)
    image = image + rng.normal(size=image.shape) * 0.002
    pairs = [((float(u), float(v)), (float(x), float(y))) for (u, v), (x, y, _) in zip(image, spots, strict=True)]
    assert GroundPlane.fit(pairs).pose(16 / 9).height_m == pytest.approx(5.0, rel=0.15)
    assert plane_of(camera).pose(16 / 9).height_m == pytest.approx(5.0, rel=0.01)
