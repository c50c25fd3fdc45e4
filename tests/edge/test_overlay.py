"""What is drawn, where, and that the picture itself is left alone."""

import numpy as np
import pytest

from edge.overlay import COLOURS, Row, ascii_only, draw
from edge.vision.classes import SemanticClass
from edge.vision.objects import FoundObject
from tests.fakes.segmenter import class_map

ZONE = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]
GREY = np.full((360, 640, 3), 128, np.uint8)
ROWS = [Row("front: outdoor_display", 0.8, "30.0% of the ground")]


def test_the_original_is_not_touched():
    before = GREY.copy()
    draw(GREY, class_map("gg", "gg"), [("front", ZONE)], ROWS, "a.jpg")
    assert (before == GREY).all()


def test_classes_are_tinted_strongly_inside_the_zone_and_faintly_outside():
    shown = draw(GREY, class_map(*["g" * 16] * 9), [("front", ZONE)], [], "").astype(int)
    height, width = shown.shape[:2]
    inside = np.abs(shown[height // 2, width // 2] - 128).sum()
    outside = np.abs(shown[height // 2, width - 20] - 128).sum()
    assert inside > 2 * outside > 0
    tint = shown[height // 2, width // 2] - 128
    assert np.sign(tint).tolist() == np.sign(np.array(COLOURS[SemanticClass.GOODS]) - 128).tolist()


def test_bare_ground_is_not_tinted():
    shown = draw(GREY, class_map("....", "...."), [("front", ZONE)], [], "")
    assert (shown[shown.shape[0] // 2, shown.shape[1] // 2] == 128).all()


def test_the_zone_is_outlined():
    shown = draw(GREY, class_map("....", "...."), [("front", ZONE)], [], "").astype(int)
    height, width = shown.shape[:2]
    on_edge = shown[height // 2, width // 4 - 3 : width // 4 + 4]
    assert np.abs(on_edge - 128).max() > 60


@pytest.mark.parametrize(
    ("size", "width"), [((180, 320), 960), ((720, 1280), 1280), ((2160, 3840), 1600), ((1280, 720), 720)]
)
def test_pictures_come_out_at_a_legible_size(size: tuple[int, int], width: int):
    image = np.full((*size, 3), 90, np.uint8)
    shown = draw(image, class_map("gs", "np"), [("front", ZONE)], ROWS, "a.jpg")
    assert shown.shape == (round(size[0] * width / size[1]), width, 3)
    assert shown.dtype == np.uint8


@pytest.mark.parametrize("size", [(4, 4), (2000, 20), (20, 2000)])
def test_odd_pictures_do_not_fail(size: tuple[int, int]):
    draw(np.zeros((*size, 3), np.uint8), class_map("gsnpv"), [("店前", ZONE)], ROWS * 9, "图.jpg")


def test_signs_that_the_font_lacks_become_question_marks():
    assert ascii_only("front 店前") == "front ??"


def test_classes_of_a_further_model_are_tinted_on_their_own_grid():
    garbage = np.zeros((4, 4), np.float32)
    garbage[:, :2] = 0.9
    shown = draw(GREY, class_map("....", "...."), [("front", ZONE)], [], "", named={"garbage": garbage})
    height, width = shown.shape[:2]
    assert (shown[height // 2, round(width * 0.4)] != 128).any()
    assert (shown[height // 2, round(width * 0.6)] == 128).all()


def test_found_objects_get_a_box_with_their_name():
    chair = FoundObject("chair", 0.8, (0.4, 0.4, 0.6, 0.6))
    plain, shown = (draw(GREY, class_map("....", "...."), [], [], "", found=found) for found in ([], [chair]))
    height, width = shown.shape[:2]
    changed = np.abs(shown.astype(int) - plain).max(axis=2) > 40
    assert changed[round(height * 0.6), round(width * 0.5)]
    assert not changed[height // 2, width // 2]
