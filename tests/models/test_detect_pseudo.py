"""A real set's own boxes and what the base finds besides, put together."""

import pytest

from models.detect_pseudo import MACHINERY, PERSON, VEHICLE, merged, told_boxes
from tests.fakes.detector import found

HERE, THERE = (0.1, 0.1, 0.4, 0.4), (0.6, 0.6, 0.9, 0.9)


def test_lines_of_a_label_file() -> None:
    ((number, xyxy),) = told_boxes("5 0.5 0.5 0.2 0.4\n")
    assert number == PERSON
    assert xyxy == pytest.approx((0.4, 0.3, 0.6, 0.7))


def test_own_boxes_win_over_the_same_thing_seen() -> None:
    boxes, ignored = merged([(MACHINERY, HERE), (6, THERE)], [found("truck", *HERE, score=0.9)])
    assert boxes == [{"label": "excavator", "xyxy": list(HERE), "own": True}]
    assert ignored == []


@pytest.mark.parametrize(("seen", "label"), [("car", "car"), ("bus", "bus"), ("train", "truck"), ("person", "truck")])
def test_a_vehicle_is_named_by_what_the_base_sees_there(seen: str, label: str) -> None:
    boxes, _ = merged([(VEHICLE, HERE)], [found(seen, *HERE)])
    assert boxes[0]["label"] == label


def test_what_is_seen_besides_is_a_box_when_sure_and_ignored_when_in_doubt() -> None:
    seen = [found("potted plant", *HERE, score=0.6), found("chair", *THERE, score=0.2), found("zebra", *HERE)]
    boxes, ignored = merged([], seen)
    assert boxes == [{"label": "pot_plant", "xyxy": list(HERE), "own": False}]
    assert ignored == [list(THERE)]
