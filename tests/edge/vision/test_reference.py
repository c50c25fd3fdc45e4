"""The clean view of a zone, learned look by look."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from edge.vision.measure import measure
from edge.vision.perceive import Seen
from edge.vision.reference import READY_LOOKS, Light, ReferenceView, light_of
from edge.vision.segmenter import ClassMap
from tests.fakes.rules import rule
from tests.fakes.segmenter import WHOLE, class_map

START = datetime(2026, 11, 22, tzinfo=UTC)


def learned(*looks: ClassMap) -> ReferenceView:
    view = ReferenceView.first(START, looks[0])
    for number, look in enumerate(looks[1:], 1):
        view = view.learned(START + timedelta(minutes=number), look)
    return view


def share(now: ClassMap, view: ReferenceView) -> float:
    return measure(Seen(now), WHOLE, rule(), reference=view.class_map()).share


def test_what_was_ground_and_is_hidden_counts_whatever_hides_it():
    view = learned(*[class_map("....")] * 40)
    assert share(class_map("..bb"), view) == pytest.approx(0.5, abs=0.01)
    assert share(class_map("...."), view) == 0


def test_what_always_looked_like_goods_does_not_count_but_more_does():
    view = learned(*[class_map("g...")] * 40)
    assert share(class_map("g..."), view) == 0
    assert share(class_map("gg.."), view) == pytest.approx(0.25, abs=0.01)


def test_ground_that_is_seen_now_and_then_only_counts_for_less():
    view = learned(*[class_map("...."), class_map("?...")] * 20)
    assert share(class_map("?..."), view) < 0.05


def test_ground_of_which_the_model_is_merely_less_sure_is_not_hidden():
    def ground(sure: float) -> ClassMap:
        labels = np.ones((4, 4), np.uint8)
        probabilities = np.zeros((10, 4, 4), np.float32)
        probabilities[1], probabilities[0] = sure, 1 - sure
        return ClassMap(labels, np.full((4, 4), sure, np.float32), probabilities)

    view = learned(*[ground(0.95), ground(0.97)] * 20)
    assert share(ground(0.75), view) == 0  # wet
    assert share(ground(0.3), view) > 0.6
    assert share(ground(0.05), view) > 0.85


def test_it_is_used_after_many_looks_and_learns_once_a_minute():
    looks = [class_map("....")] * READY_LOOKS
    assert not learned(*looks[1:]).is_ready
    view = learned(*looks)
    assert view.is_ready
    assert not view.is_due(view.at + timedelta(seconds=59))
    assert view.is_due(view.at + timedelta(seconds=60))
    assert view.is_due(view.at - timedelta(hours=1))


def test_what_was_given_by_hand_is_used_at_once_and_stays():
    view = ReferenceView.first(START, class_map("...."), by_hand=True)
    assert view.is_ready
    assert not view.is_due(START + timedelta(days=9))


def test_it_survives_being_written():
    view = learned(*[class_map("..gg", "?b.."), class_map("..g.", "bb..")] * 9)
    again = ReferenceView.from_text(view.to_text())
    assert (again.looks, again.at, again.by_hand) == (view.looks, view.at, view.by_hand)
    assert np.abs(again.planes - view.planes).max() < 1 / 255
    real = learned(ClassMap(np.ones((36, 64), np.uint8), np.ones((36, 64), np.float32)))
    assert len(real.to_text()) < 20_000


@pytest.mark.parametrize("text", ["", "{}", '{"planes": "!", "shape": [1]}', "[]"])
def test_what_is_no_reference_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        ReferenceView.from_text(text)


def test_day_and_night():
    colourful = np.zeros((90, 160, 3), np.uint8)
    colourful[:] = (60, 130, 180)
    infrared = np.full((90, 160, 3), 140, np.uint8)
    assert light_of(colourful) is Light.DAY
    assert light_of(colourful // 4) is Light.NIGHT
    assert light_of(infrared) is Light.NIGHT
