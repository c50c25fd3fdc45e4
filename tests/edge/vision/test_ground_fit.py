"""The homography through more points than needed."""

import numpy as np
import pytest

from edge.errors import GroundInvalid
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.ground_fit import direct_linear, fit_homography, mapped
from edge.vision.lens import Lens
from tests.edge.vision.seen_boxes import GRID, Box, cells_of, plane_of, view

SPOTS = np.array([(x, y) for x in (-4.0, 0.0, 4.0) for y in (-2.0, 2.0, 6.0)])


def marks(noise: float = 0.0, seed: int = 0) -> np.ndarray:
    image, _ = view(5.0).project(np.column_stack([SPOTS, np.zeros(len(SPOTS))]))
    return image + np.random.default_rng(seed).normal(size=image.shape) * noise


def pairs_of(image: np.ndarray, world: np.ndarray = SPOTS) -> list[PointPair]:
    return [((float(x), float(y)), (float(u), float(v))) for (x, y), (u, v) in zip(image, world, strict=True)]


def test_exact_marks_give_the_exact_ground():
    assert mapped(fit_homography(marks(), SPOTS), marks()) == pytest.approx(SPOTS, abs=1e-6)


def test_one_wrong_mark_pulls_less_than_it_would():
    image = marks(0.001)
    image[4] += [0.03, 0.03]
    good = np.arange(9) != 4
    plain, robust = (
        np.linalg.norm(mapped(fitted(image, SPOTS), marks()) - SPOTS, axis=1)[good].mean()
        for fitted in (direct_linear, fit_homography)
    )
    assert robust < 0.6 * plain


def test_the_misfit_is_about_one_when_marks_are_as_exact_as_expected():
    fits = [GroundPlane.fit(pairs_of(marks(0.002, seed))).misfit() for seed in range(10)]
    assert 0.4 < np.mean(fits) < 1.3
    assert GroundPlane.fit(pairs_of(marks(0.02))).misfit() > 3


def test_the_spread_of_an_area_is_what_other_marks_give():
    cells = cells_of(view(5.0), [Box(-1, 0, 2, 2, 0.001)])
    plane = GroundPlane.fit(pairs_of(marks()))
    areas = [GroundPlane.fit(pairs_of(marks(0.002, seed))).area_m2(cells) for seed in range(30)]
    told = plane.spread(cells)
    assert told == pytest.approx(np.std([float(area or 0) for area in areas]) / 4, rel=0.6)
    assert 0.002 < told < 0.1


def test_four_points_far_apart_know_better_than_four_close_together():
    world = np.array([(-0.5, 0.0), (0.5, 0.0), (0.5, 1.0), (-0.5, 1.0)])
    cells = cells_of(view(5.0), [Box(-1, 0, 2, 2, 0.001)])
    close, wide = (
        GroundPlane.fit(pairs_of(view(5.0).project(np.column_stack([spots, np.zeros(4)]))[0], spots)).spread(cells)
        for spots in (world, world * 4)
    )
    assert wide < close / 2


def test_back_into_the_picture_and_behind_the_camera():
    plane = plane_of(view(5.0))
    assert plane.to_image(plane.to_world(marks())) == pytest.approx(marks(), abs=1e-9)
    assert np.isnan(plane.to_image(np.array([(0.0, -40.0)]))).all()


def test_a_bent_lens_is_taken_into_account():
    lens = Lens(-0.15)
    bent = lens.bent(marks())
    plane = GroundPlane.fit(pairs_of(bent), lens)
    assert plane.to_world(bent) == pytest.approx(SPOTS, abs=1e-3)
    assert plane.to_image(SPOTS) == pytest.approx(bent, abs=1e-4)
    assert GroundPlane.fit(pairs_of(bent)).misfit() > 1.4


def test_a_plane_of_four_points_has_other_planes_that_would_fit():
    plane = GroundPlane.fit(pairs_of(marks()[[0, 2, 6, 8]], SPOTS[[0, 2, 6, 8]]))
    assert len(plane.draws) > 10
    assert plane.misfit() == 0
    assert plane.spread(np.zeros(GRID, np.float32)) == 0


def test_too_few_points_are_refused():
    with pytest.raises(GroundInvalid, match="four or more"):
        GroundPlane.fit(pairs_of(marks())[:3])
