"""What is kept of a moment: sealed originals, shown copies with the zone drawn in, a thumbnail that fits."""

import numpy as np
import pytest

from edge.evidence_pictures import close_box, drawn, from_jpeg, pictures, thumbnail
from edge.vision.objects import FoundObject
from tests.fakes.cameras import ColourSegmenter, street
from tests.fakes.edges import ZONE

SEGMENTER = ColourSegmenter()


def test_the_original_is_the_frame_and_the_shown_copy_has_the_zone_drawn_in() -> None:
    image = street(goods=(0.3, 0.5, 0.6, 0.8))
    made = pictures(image, SEGMENTER.segment(image), ZONE)
    original, shown = from_jpeg(made.wide_original), from_jpeg(made.wide_shown)
    assert np.abs(original.astype(int) - image.astype(int)).mean() < 6
    top_edge = (round(0.4 * 95), slice(40, 120))
    assert shown[top_edge][..., 2].mean() > original[top_edge][..., 2].mean() + 50


def test_the_close_picture_is_the_zone_with_a_margin() -> None:
    rows, columns = close_box(100, 200, ZONE)
    assert (rows.start, rows.stop) == (32, 98)
    assert (columns.start, columns.stop) == (22, 178)


def test_the_close_box_stays_inside_the_picture() -> None:
    rows, columns = close_box(50, 50, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])
    assert (rows, columns) == (slice(0, 50), slice(0, 50))


def test_people_are_hidden_in_what_is_shown_but_not_in_the_original() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (96, 160, 3), dtype=np.uint8)
    image = street(person=(0.3, 0.3, 0.5, 0.9))
    classes = SEGMENTER.segment(image)
    made = pictures(noise, classes, ZONE)

    def detail(content: bytes) -> float:
        head = from_jpeg(content)[32:56, 52:76].astype(int)
        return float(np.abs(np.diff(head, axis=1)).mean())

    assert detail(made.wide_shown) < detail(made.wide_original) / 3


def test_what_was_found_is_boxed() -> None:
    image = street()
    boxed = drawn(
        image, ZONE, [FoundObject("goods", 0.9, (0.3, 0.5, 0.6, 0.8)), FoundObject("person", 0.9, (0, 0, 1, 1))]
    )
    assert (boxed[48:76, 47:50] != image[48:76, 47:50]).any()
    assert np.array_equal(boxed[:30, :5], image[:30, :5])


@pytest.mark.parametrize("size", [(1080, 1920), (2160, 3840), (90, 160), (1920, 1080)])
def test_a_thumbnail_fits_into_a_message_even_of_noise(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (*size, 3), dtype=np.uint8)
    content = thumbnail(noise)
    assert len(content) <= 64_000
    assert max(from_jpeg(content).shape[:2]) <= 640
