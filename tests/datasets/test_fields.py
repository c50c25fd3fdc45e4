"""Height fields tell heights, areas and outlines; heaps have the shape and size asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.scenes import heaps
from datasets.scenes.camera import polygon_area
from datasets.scenes.fields import Field, area_of, outline_of

SHAPES = sorted({*heaps.SHAPES.of(True), *heaps.SHAPES.of(False)})


def box(hx: float = 4.0, hy: float = 2.0, n: int = 161) -> Field:
    """1 m high over the middle quarter of the field."""
    x, y = np.meshgrid(np.linspace(-hx, hx, n), np.linspace(-hy, hy, n))
    return Field(((abs(x) < hx / 2) & (abs(y) < hy / 2)).astype(np.float32), hx, hy)


def test_heights_are_read_where_they_are() -> None:
    f = Field(np.tile(np.linspace(0, 1, 11, dtype=np.float32), (5, 1)), 2.0, 1.0)
    assert f.at(np.array([[-2.0, 0.0, 2.0, 9.0]]), np.zeros((1, 4)))[0] == pytest.approx([0, 0.5, 1, 1])
    assert f.cell == pytest.approx(0.4)


def test_area_and_outline_agree() -> None:
    f = box()
    assert area_of(f) == pytest.approx(8.0, rel=0.05)
    assert polygon_area(outline_of(f)) == pytest.approx(8.0, rel=0.05)


@given(st.floats(-180, 180), st.floats(-30, 30), st.floats(-30, 30))
@settings(max_examples=30, deadline=None)
def test_a_turned_outline_keeps_area_and_middle(turn: float, x: float, y: float) -> None:
    o = outline_of(box(), 0.5, turn, (x, y))
    assert polygon_area(o) == pytest.approx(polygon_area(outline_of(box())), rel=1e-6)
    assert (o.min(0) + o.max(0)) / 2 == pytest.approx([x, y], abs=0.1)


def test_nothing_high_has_no_outline() -> None:
    assert outline_of(Field(np.zeros((5, 5), np.float32), 1, 1)).shape == (0, 2)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_heap_has_about_the_height_asked_for_and_ends_within_its_field(shape: str) -> None:
    f = heaps.heap(np.random.default_rng(5), shape, 3.0, 2.0, 1.5)
    assert 0.4 < f.z.max() < 2.4
    rim = np.concatenate([f.z[0], f.z[-1], f.z[:, 0], f.z[:, -1]])
    assert rim.max() < 0.0
    assert 0.1 < area_of(f) < 4 * f.hx * f.hy


def test_an_unknown_shape_is_an_error() -> None:
    with pytest.raises(KeyError):
        heaps.heap(np.random.default_rng(0), "pyramid", 1, 1, 1)


def test_the_same_seed_makes_the_same_heap() -> None:
    a, b = (heaps.heap(np.random.default_rng(3), "loads", 2, 2, 1).z for _ in range(2))
    assert np.array_equal(a, b)


def test_stones_lie_on_the_heap_or_on_the_floor() -> None:
    f = heaps.heap(np.random.default_rng(1), "cone", 2, 2, 1.2)
    at, size = heaps.foot_stones(np.random.default_rng(2), f, 200, 0.02, 0.2)
    assert ((size >= 0.02) & (size <= 0.2)).all()
    assert (at[:, 2] >= 0).all()
    assert (at[:, 2] <= f.z.max() + 0.1).all()


@pytest.mark.parametrize("shape", ["cone", "loads", "spread", "tipped", "berm"])
def test_loose_soil_lies_no_steeper_than_it_can(shape: str) -> None:
    f = heaps.heap(np.random.default_rng(8), shape, 3.0, 2.5, 1.4, lumpy=0.0)
    rise = np.abs(np.diff(f.z, axis=1)) / f.cell
    assert np.quantile(rise[f.z[:, 1:] > 0.1], 0.97) < 1.3
