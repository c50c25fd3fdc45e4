"""Points in; misses, expected uncertainty and advice out."""

import numpy as np
import pytest

from datasets.scenes.camera import View
from edge.calibrate import calibrate, fitted_lens
from edge.calibrate_distances import ground_from_distances
from edge.calibrate_points import Distance
from edge.errors import GroundInvalid
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.lens import Lens

CAMERA = View((0.6, -9.0, 4.5), (0.0, 2.0, 0.0), 29.0)
SPOTS = [(x, y) for x in (-3.0, 0.0, 3.0) for y in (-1.0, 1.5, 4.0)]
CORNERS = [SPOTS[k] for k in (0, 2, 8, 6)]
PLAIN = Lens()


def seen(*spots: tuple[float, float]) -> list[tuple[float, float]]:
    image, _ = CAMERA.project(np.array([(x, y, 0.0) for x, y in spots]))
    return [(float(x), float(y)) for x, y in image]


def pairs(spots: list[tuple[float, float]], noise: float = 0.0) -> list[PointPair]:
    rng = np.random.default_rng(5)
    return [
        ((x + rng.normal() * noise, y + rng.normal() * noise), at)
        for (x, y), at in zip(seen(*spots), spots, strict=True)
    ]


ZONE = {"front": seen((-2.0, 0.0), (2.0, 0.0), (2.0, 3.0), (-2.0, 3.0))}


def test_good_points_give_camera_zone_area_and_no_doubts():
    found = calibrate(pairs(SPOTS, 0.001), ZONE, PLAIN)
    assert found.pose.height_m == pytest.approx(4.5, rel=0.1)
    assert found.zones[0].m2 == pytest.approx(12, rel=0.03)
    assert 0.001 < found.zones[0].spread < 0.06
    assert 0.1 < found.zones[0].far_cell_m < 1
    assert (found.problems, found.doubts) == ([], [])
    assert all(point.miss_m is not None and point.miss_m < 0.3 for point in found.points)


def test_four_points_cannot_be_held_against_one_another():
    found = calibrate(pairs(CORNERS), ZONE, PLAIN)
    assert [point.miss_m for point in found.points] == [None] * 4
    assert found.zones[0].m2 == pytest.approx(12, rel=0.01)


def test_a_mark_that_is_off_is_named_and_no_other():
    given = pairs(SPOTS, 0.0005)
    (x, y), world = given[4]
    given[4] = ((x + 0.03, y), world)
    found = calibrate(given, ZONE, PLAIN)
    assert [point.number for point in found.points if point.is_suspect] == [5]
    assert "point 5 lies" in found.doubts[0]
    assert "measure it again" in found.doubts[0]


def test_a_measure_that_is_far_off_is_refused_with_the_point_to_look_at():
    given = pairs(SPOTS)
    given[4] = (given[4][0], (9.0, 9.0))
    with pytest.raises(GroundInvalid, match="without point 5 the others fit"):
        calibrate(given, ZONE, PLAIN)


def test_exchanged_points_are_told():
    given = pairs(SPOTS)
    given[1], given[5] = (given[1][0], given[5][1]), (given[5][0], given[1][1])
    with pytest.raises(GroundInvalid, match="points 2 and 6 look exchanged"):
        calibrate(given, ZONE, PLAIN)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (pairs(CORNERS)[:3], "four or more"),
        ([*pairs(CORNERS), pairs(CORNERS)[1]], "points 2 and 5 are the same place in the picture"),
        ([*pairs(CORNERS)[:3], ((1.2, 0.5), (3.0, 1.0))], "point 4 lies outside the picture"),
        (pairs([(-3.0, 0.0), (0.0, 0.02), (3.0, 0.0), (0.0, 4.0)]), "points 1, 2, 3 lie on a line"),
    ],
)
def test_points_that_cannot_do_are_refused_with_what_to_do(given: list[PointPair], reason: str):
    with pytest.raises(GroundInvalid, match=reason):
        calibrate(given, ZONE, PLAIN)


def test_a_zone_above_the_horizon_is_a_problem_of_that_zone():
    sky = {"sky": [(0.3, 0.0), (0.7, 0.0), (0.7, 0.8), (0.3, 0.8)], **ZONE}
    camera = View((0.0, -9.0, 4.5), (0.0, 20.0, 0.0), 29.0)
    image, _ = camera.project(np.array([(x, y, 0.0) for x, y in SPOTS]))
    given = [((float(x), float(y)), at) for (x, y), at in zip(image, SPOTS, strict=True)]
    given = [pair for pair in given if pair[0][1] <= 1]
    found = calibrate(given, sky, PLAIN)
    assert found.problems == ["zone sky: its corner 1, 2 lies above the horizon: lower it"]
    assert [zone.id for zone in found.zones] == ["front"]


def test_points_close_together_far_from_the_zone_are_doubted():
    close = [(-3.0, 3.5), (-2.6, 3.5), (-2.6, 3.9), (-3.0, 3.9)]
    found = calibrate(pairs(close), ZONE, PLAIN)
    assert any("give points nearer to its corners" in doubt for doubt in found.doubts)


def test_the_lens_is_found_from_many_points_and_left_alone_otherwise():
    spots = [(float(x), float(y)) for x in np.linspace(-5, 5, 6) for y in np.linspace(-3, 6, 5)]
    bent = Lens(-0.18).bent(np.array(seen(*spots)))
    given: list[PointPair] = [((float(x), float(y)), at) for (x, y), at in zip(bent, spots, strict=True)]
    given = [pair for pair in given if min(pair[0]) >= 0 and max(pair[0]) <= 1]
    assert fitted_lens(given, 16 / 9).k1 == pytest.approx(-0.18, abs=0.02)
    assert fitted_lens(pairs(SPOTS, 0.001), 16 / 9).k1 == 0
    assert fitted_lens(given[:7], 16 / 9).k1 == 0


def slabs(noise: float = 0.0) -> list[Distance]:
    rng = np.random.default_rng(2)
    sides = [(0, 1), (1, 2), (3, 4), (0, 3), (3, 6), (5, 8), (0, 4), (2, 6)]
    marks = seen(*SPOTS)
    return [
        (marks[a], marks[b], float(np.hypot(*np.subtract(SPOTS[a], SPOTS[b])) * (1 + rng.normal() * noise)))
        for a, b in sides
    ]


def test_distances_between_marks_give_the_same_areas_as_points():
    plane = GroundPlane.fit(ground_from_distances(slabs(0.003), 16 / 9))
    corners = plane.to_world(np.array(ZONE["front"]))
    x, y = corners.T
    assert abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2 == pytest.approx(12, rel=0.06)
    assert plane.pose(16 / 9).height_m == pytest.approx(4.5, rel=0.12)


def test_distances_that_no_camera_sees_are_refused_and_the_worst_named():
    wrong = slabs()
    wrong[3] = (*wrong[3][:2], wrong[3][2] * 2)
    with pytest.raises(GroundInvalid, match=r"distance 4 is 6 m but comes out as"):
        ground_from_distances(wrong, 16 / 9)
    with pytest.raises(GroundInvalid, match="four or more"):
        ground_from_distances(slabs()[:3], 16 / 9)
