"""What comes and goes on a pavement, read by a model that errs: none of it is an alert."""

import numpy as np
import pytest

from edge.vision.classes import SemanticClass as C
from tests.fakes.streets import Draw, Labels, Street, box, goods, real_rule

RNG = np.random.Generator


def delivery_van(at: float, labels: Labels, rng: RNG) -> None:
    """At 60 s a van stops for 8 minutes before a fifth of the zone; boxes stand beside it, a carrier walks."""
    if 60 <= at < 540:
        if at >= 75:
            goods(labels, at=34, wide=10)
        box(labels, C.VEHICLE, 16, 14, 18, 9)
        box(labels, C.PERSON, 20, int(rng.integers(28, 46)), 8, 3)


def crowd(at: float, labels: Labels, rng: RNG) -> None:
    """People stand in front of the goods of a neighbour's visit."""
    if at % 200 < 100:
        goods(labels)
        box(labels, C.PERSON, 14, 16, 22, 20)


def pushed_pram(at: float, labels: Labels, rng: RNG) -> None:
    """A pram crosses the zone every minute, read as goods; it is in the zone for 15 s."""
    step = at % 60
    if step < 15:
        box(labels, C.GOODS, 22, 14 + int(step * 2), 9, 8)
        box(labels, C.PERSON, 18, 8 + int(step * 2), 14, 5)


def scooter(at: float, labels: Labels, rng: RNG) -> None:
    """Parked for all of the time; in a third of the looks half of it is read as goods."""
    box(labels, C.VEHICLE, 22, 24, 9, 11)
    if rng.random() < 1 / 3:
        box(labels, C.GOODS, 22, 24, 9, 6)


def shadow_edge(at: float, labels: Labels, rng: RNG) -> None:
    """The edge of a shadow wanders over the zone in an hour, two cells of it read as goods."""
    box(labels, C.GOODS, 18 + int(at / 200) % 18, 16, 1, 32)


def wet_pavement(at: float, labels: Labels, rng: RNG) -> None:
    """Puddles are water, their glitter is other or goods, ever elsewhere."""
    wet = np.s_[20:34, 18:46]
    labels[wet] = rng.choice([C.WATER, C.GROUND, C.OTHER, C.GOODS], size=(14, 28), p=[0.4, 0.36, 0.12, 0.12])


def leaves(at: float, labels: Labels, rng: RNG) -> None:
    """Lie and are blown about: vegetation, some of them goods."""
    fallen = rng.random((18, 32)) < 0.3
    labels[18:36, 16:48][fallen] = rng.choice([C.VEGETATION, C.GOODS], size=int(fallen.sum()), p=[0.7, 0.3])


def zebra(at: float, labels: Labels, rng: RNG) -> None:
    """Painted at 120 s: its stripes are ground, in one look of four some of them are other or goods."""
    if at >= 120 and rng.random() < 0.25:
        labels[20:34:3, 18:46] = rng.choice([C.OTHER, C.GOODS])


def shop_sign(at: float, labels: Labels, rng: RNG) -> None:
    """Another sign over the door from 120 s on, read as goods; its foot reaches one row into the zone."""
    if at >= 120:
        box(labels, C.GOODS, 4, 20, 12, 24)
        box(labels, C.OTHER, 17, 20, 2, 24)


def headlights(at: float, labels: Labels, rng: RNG) -> None:
    """Sweep over the ground: in every other look a patch is goods, ever elsewhere."""
    if rng.random() < 0.5:
        box(labels, C.GOODS, int(rng.integers(16, 28)), int(rng.integers(12, 38)), 9, 12)


def passers(at: float, labels: Labels, rng: RNG) -> None:
    """A busy pavement: three people in the zone in every look, a third of their cells read as goods."""
    for left in rng.integers(14, 46, size=3):
        box(labels, C.PERSON, 18, int(left), 15, 5)
        box(labels, C.GOODS, 23, int(left), 6, 5)


def little_and_passers(at: float, labels: Labels, rng: RNG) -> None:
    """Three flower pots (5 %, below what counts) and now and then somebody misread."""
    box(labels, C.GOODS, 24, 30, 5, 6)
    if rng.random() < 0.2:
        box(labels, C.GOODS, 20, int(rng.integers(16, 40)), 8, 6)


SCENES = [
    delivery_van, crowd, pushed_pram, scooter, shadow_edge, wet_pavement, leaves, zebra, shop_sign, headlights, passers,
    little_and_passers,
]  # fmt: skip


@pytest.mark.parametrize("draw", SCENES, ids=lambda draw: draw.__name__)
def test_no_alert(draw: Draw):
    assert Street(draw, seed=3).play(0, 720) == []


def test_no_alert_of_a_busy_pavement_when_one_looks_every_second():
    rules = {"outdoor_display": real_rule(dwell_s=90.0)}
    assert Street(passers, every_s=1.0, rules=rules).play(0, 200) == []


def test_ten_visits_of_2_s_are_not_20_s():
    def visit(at: float, labels: Labels, rng: RNG) -> None:
        if at % gap < 2:
            goods(labels)

    for gap in (4, 10):
        rules = {"outdoor_display": real_rule(dwell_s=20.0, leave_s=10.0)}
        assert Street(visit, every_s=0.5, rules=rules).play(0, 10 * gap) == []


@pytest.mark.parametrize(("end", "alerts"), [(400.0, 0), (1e9, 1)])
def test_what_stands_in_front_counts_neither_way(end: float, alerts: int):
    """Goods for 200 s, then a bus in front for 400 s; behind it they are taken in, or not."""

    def scene(at: float, labels: Labels, rng: RNG) -> None:
        if at < end:
            goods(labels)
        if 200 <= at < 600:
            box(labels, C.VEHICLE, 10, 10, 26, 44)

    street = Street(scene)
    assert street.play(0, 600 + 90) == []
    found = street.play(690, 1000)
    assert len(found) == alerts
    assert all(f.dwell_s >= 300 for f in found)
