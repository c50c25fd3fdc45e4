"""The scene camera maps world and picture onto one another exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.scenes.camera import View, apply, polygon_area

VIEW = View((-4.0, -9.0, 4.5), (1.0, -1.0, 0.5), 29.0, 960, 540, 0.7)


def test_the_aim_is_the_middle_of_the_picture() -> None:
    uv, depth = VIEW.project(np.array([VIEW.to]))
    assert uv[0] == pytest.approx([0.5, 0.5])
    assert depth[0] == pytest.approx(float(np.linalg.norm(np.array(VIEW.to) - VIEW.at)))


@settings(max_examples=60, deadline=None)
@given(st.floats(-6, 8), st.floats(-4, 6))
def test_homography_agrees_with_projection(x: float, y: float) -> None:
    uv, _ = VIEW.project(np.array([[x, y, 0.0]]))
    assert apply(VIEW.ground_to_image(), np.array([[x, y]]))[0] == pytest.approx(uv[0], abs=1e-9)
    assert apply(VIEW.image_to_ground(), uv)[0] == pytest.approx([x, y], abs=1e-6)


def test_what_stands_higher_is_seen_higher() -> None:
    uv, _ = VIEW.project(np.array([[1.0, -1.0, 0.0], [1.0, -1.0, 1.5]]))
    assert uv[1, 1] < uv[0, 1]


def test_what_lies_behind_has_no_positive_depth() -> None:
    _, depth = VIEW.project(np.array([[-10.0, -20.0, 4.0]]))
    assert depth[0] < 0


def test_area_of_a_polygon_does_not_depend_on_its_sense() -> None:
    square = np.array([[0, 0], [2, 0], [2, 3], [0, 3]], dtype=float)
    assert polygon_area(square) == polygon_area(square[::-1]) == pytest.approx(6.0)
