"""Lights and weathers: names, what must be rendered, what they do; a camera's faults keep masks in step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.scenes import conditions, spoil, weather
from datasets.scenes.camera import View
from datasets.scenes.classes import MaskClass
from datasets.scenes.conditions import NAMES, Condition
from datasets.scenes.mix import Mix

VIEW = View((0.0, -10.0, 5.0), (0.0, 0.0, 0.0), 28.0, 64, 36)
FLAT = Mix("overcast", 1.0, 0.0, 0.0)


@dataclass
class Rendered:
    """Layers of a grey floor seen from VIEW, lit by the sky alone."""

    light: dict[str, Any] = field(default_factory=dict)
    cls: int = MaskClass.SOIL

    def __post_init__(self) -> None:
        h, w = VIEW.height, VIEW.width
        floor = np.full((h, w, 3), 0.4, np.float32)
        self.light = {"sky": floor, "sun": floor * 0.5, "lamp": floor * 0}
        self.albedo = floor
        self.normal = np.zeros((h, w, 3), np.float32)
        self.normal[..., 2] = 1
        axes, f = VIEW.axes(), VIEW.lens_mm / 36.0
        v = (0.5 - (np.arange(h) + 0.5) / h) * h / w / f
        down = np.minimum(v[:, None] * axes[1, 2] - axes[2, 2], -1e-3)
        self.depth = np.tile((-5.0 / down).astype(np.float32), (1, w))

    def classes(self) -> Any:
        return np.full((VIEW.height, VIEW.width), self.cls, np.uint8)


def shown(c: Condition) -> Any:
    return weather.lit(Rendered(), VIEW, c, np.random.default_rng(0))


@given(st.integers(0, 10**6), st.booleans(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_three_conditions_of_a_view_differ_and_are_named(seed: int, low: bool, wet: bool) -> None:
    got = conditions.for_view(np.random.default_rng(seed), 3, low, wet, (0.0, 0.0))
    assert got[0].name in conditions.CLEAR
    assert got[1].name in (*conditions.CLEAR, "dusk")
    assert len({c.name for c in got}) == 3
    assert {c.name for c in got} <= set(NAMES)
    assert all(c.facts()["name"] == c.name for c in got)


def test_nothing_left_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="no condition left"):
        conditions.draw(np.random.default_rng(0), False, False, not_in=("fog",), among=("fog",))


def test_only_parts_that_a_condition_needs_are_rendered() -> None:
    assert Condition("overcast", FLAT).parts() == ("sky",)
    assert Condition("day", Mix("day", 1.0, 1.2, 0.0)).parts() == ("sky", "sun")
    assert Condition("night", Mix("night", 0.02, 0.0, 0.8)).parts() == ("sky", "lamp")


def test_positions_of_a_floor_lie_on_it() -> None:
    where = weather.positions(VIEW, Rendered().depth)
    assert where[..., 2] == pytest.approx(0.0, abs=1e-3)


def test_a_lamp_lights_what_is_near_and_faces_it() -> None:
    where = np.array([[[0, 0, 0], [5, 0, 0], [0, 0, 0]]], np.float32)
    normal = np.array([[[0, 0, 1], [0, 0, 1], [0, 0, -1]]], np.float32)
    e = weather.lamp_light(where, normal, (0, 0, 4), 1.0, (1, 1, 1))[0, :, 0]
    assert e[0] > e[1] > e[2] == 0


def test_fog_pulls_far_things_to_the_air() -> None:
    out = shown(Condition("fog", Mix("fog", 1.0, 0.0, 0.0, haze=5.0)))
    assert out[2].mean() > out[-2].mean() > 0.4


def test_rain_darkens_the_ground_and_snow_brightens_it() -> None:
    dry = shown(Condition("overcast", FLAT)).mean()
    assert shown(Condition("rain", FLAT, damp=1.0)).mean() < 0.9 * dry
    assert shown(Condition("snow", FLAT, lying=0.6)).mean() > 1.1 * dry


def test_infrared_has_no_colour() -> None:
    out = shown(Condition("ir", Mix("ir", 0.01, 0.0, 0.0), infrared=True))
    assert np.ptp(out, axis=2).max() == pytest.approx(0, abs=1e-6)
    assert out.max() > 0


def test_lamps_light_a_night() -> None:
    dark = Condition("night", Mix("night", 0.01, 0.0, 0.0))
    lamp = Condition("night", dark.mix, lamps=((0.0, 0.0, 5.0, 1.0, 1.0, 0.8, 0.5),))
    assert shown(lamp).max() > 3 * shown(dark).max()


def test_rain_and_drops_leave_size_and_range() -> None:
    p, rng = np.full((90, 160, 3), 0.5, np.float32), np.random.default_rng(1)
    c = Condition("rain", FLAT, rain=1.0, flakes=0.5)
    out = weather.lens_drops(weather.falling(p, c, rng), 20, rng)
    assert out.shape == p.shape
    assert out.min() >= 0
    assert out.max() <= 1
    assert out.std() > 0.01


def test_a_bent_mask_has_only_classes_that_were_there() -> None:
    mask = np.zeros((90, 160), np.float32)
    mask[40:60, 50:90] = 7
    bent = spoil.bend(mask, 0.2, nearest=True)
    assert set(np.unique(bent)) == {0.0, 7.0}
    assert bent[50, 70] == 7
    assert spoil.bend(mask, 0.0) is mask


def test_the_encoder_keeps_the_picture_and_loses_more_at_a_higher_rate_factor() -> None:
    rng = np.random.default_rng(2)
    small = rng.integers(0, 255, (18, 32, 3), dtype=np.uint8)
    p = np.kron(small, np.ones((5, 5, 1), np.uint8))
    fine, coarse = (spoil.h264(p, crf, np.random.default_rng(0)).astype(int) for crf in (20, 40))
    assert abs(fine - p).mean() < abs(coarse - p).mean() < 60


def test_motion_and_chroma_loss() -> None:
    p = np.zeros((60, 60, 3), np.float32)
    p[:, 30:] = 1
    assert ((spoil.moved(p, 6, 0) > 0.05) & (spoil.moved(p, 6, 0) < 0.95)).any()
    assert np.allclose(spoil.moved(p, 6, 90)[20:40], p[20:40])
    q = np.zeros((60, 60, 3), np.uint8)
    q[:, 30:, 0] = 200
    lost = spoil.chroma_loss(q, 3.0)
    assert lost[30, 28, 0] != q[30, 28, 0]


def test_a_caption_touches_only_little() -> None:
    p = np.full((288, 512, 3), 120, np.uint8)
    changed = (spoil.caption(p, np.random.default_rng(4)) != p).any(2).mean()
    assert 0.001 < changed < 0.08
