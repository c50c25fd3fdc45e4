"""What a street is drawn from: regions, kinds of paving, no name on both sides of the split."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.scenes.regions import REGIONS, SHARES, draw_from, draw_region
from datasets.scenes.street_plan import draw_plan
from datasets.scenes.textures import PAVING, pavers


def test_every_region_has_its_share() -> None:
    assert set(SHARES) == set(REGIONS)
    assert sum(SHARES.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_lays_what_there_is(region: str) -> None:
    assert set(REGIONS[region].paving) <= set(PAVING.train + PAVING.held_out)


def test_a_name_that_a_side_may_not_use_is_not_drawn() -> None:
    rng = np.random.default_rng(0)
    assert {draw_from(rng, ("a", "b"), ("b", "c")) for _ in range(30)} == {"b"}


def test_where_none_fits_any_allowed_one_is_drawn() -> None:
    rng = np.random.default_rng(0)
    assert {draw_from(rng, ("a",), ("b", "c")) for _ in range(60)} == {"b", "c"}


@pytest.mark.parametrize("kind", PAVING.train + PAVING.held_out)
def test_paving_fills_its_rectangle_with_colours(kind: str) -> None:
    img, joint = pavers(np.random.default_rng(3), kind, 3.0, 2.0, 32.0)
    assert img.shape == (64, 96, 3)
    assert joint.shape == (64, 96)
    assert np.isfinite(img).all()
    assert 0 <= img.min() <= img.max() <= 1
    assert img.std() > 0.01


def test_a_seed_draws_the_same_plan() -> None:
    assert draw_plan(np.random.default_rng(5)) == draw_plan(np.random.default_rng(5))


def test_a_third_of_the_streets_are_clean_and_a_quarter_have_rubbish() -> None:
    plans = [draw_plan(np.random.default_rng(k)) for k in range(600)]
    assert np.mean([p.mess == 0 for p in plans]) == pytest.approx(0.3, abs=0.06)
    assert np.mean([p.garbage > 0 for p in plans]) == pytest.approx(0.25, abs=0.06)


def test_a_clean_street_has_no_traders_by_the_kerb() -> None:
    assert not any(p.mess == 0 and p.kerb_stalls > 0 for p in map(draw_plan, map(np.random.default_rng, range(300))))


def test_every_region_comes_up() -> None:
    rng = np.random.default_rng(1)
    assert {draw_region(rng) for _ in range(800)} == set(REGIONS)
