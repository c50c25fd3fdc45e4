"""Recipes give enough violating and clean episodes, in every light, from held-out seeds only."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from datasets.scenes.camera import View
from datasets.scenes.episodes import sight
from datasets.scenes.episodes.acts import acts
from datasets.scenes.episodes.recipes import Recipe, name_of, recipes
from datasets.scenes.episodes.scenario import LIGHTS, Still

ALL = recipes(66, 66, 900_000)
HALF = {"cover_half": 0.5, "cover_full": 0.0}


def amount(recipe: Recipe, still: Still) -> float:
    """A stand-in for what staging measures: goods shown, or soil that no cover hides."""
    if recipe.place == "street":
        return 2.0 * len({"step0", "step1", "cartons"} & set(still.show))
    soil = recipe.subject == "heap" or "heap" in still.show
    return 10.0 * soil * min([HALF.get(g, 1.0) for g in still.show], default=1.0)


@pytest.mark.parametrize("place", ["street", "site"])
def test_enough_of_each(place: str) -> None:
    told = [s for r in ALL if r.place == place for s in r.scenarios]
    assert sum(s.acts > 0 for s in told) >= 36
    assert sum(s.acts == 0 for s in told) >= 22
    assert {s.light for s in told} == set(LIGHTS)


def test_names_and_seeds_differ_and_are_held_out() -> None:
    names = [name_of(r, k) for r in ALL for k in range(len(r.scenarios))]
    assert len(set(names)) == len(names)
    assert all(c == 1 for c in Counter(r.seed for r in ALL).values())
    assert min(r.seed for r in ALL) >= 900_000


def test_a_longer_list_begins_like_a_shorter_one() -> None:
    assert recipes(6, 6, 900_000) == [r for r in ALL if r in recipes(6, 6, 900_000)]


@pytest.mark.parametrize("recipe", ALL, ids=lambda r: f"{r.place}{r.seed}")
def test_the_stills_tell_of_as_many_acts_as_the_scenario(recipe: Recipe) -> None:
    area = {s.name: amount(recipe, s) for s in recipe.stills}
    for scenario in recipe.scenarios:
        assert len(acts(scenario, area)) == scenario.acts, scenario.kind


def test_a_violating_act_lasts_and_a_clean_film_shows_goods_only_shortly() -> None:
    for recipe in ALL:
        area = {s.name: amount(recipe, s) for s in recipe.stills}
        for scenario in recipe.scenarios:
            for act in acts(scenario, area):
                assert (act["to_s"] or scenario.duration_s) - act["from_s"] >= 45, scenario.kind


ZONE = [[-2.0, -0.1], [2.0, -0.1], [2.0, -4.0], [-2.0, -4.0]]
ABOVE = View((0.0, -9.0, 5.0), (0.0, -2.0, 0.0), 28.0, 512, 288)


def test_a_zone_in_the_middle_is_seen_well_and_one_far_away_is_not() -> None:
    assert sight.good_view(ABOVE, ZONE)
    assert not sight.good_view(ABOVE, np.add(ZONE, [0, 60.0]))
    assert not sight.good_view(View((0.0, -9.0, 2.0), (0.0, -2.0, 0.0), 28.0, 512, 288), ZONE)


def test_a_zone_half_out_of_the_picture_is_refused() -> None:
    assert not sight.good_view(ABOVE, np.add(ZONE, [5.0, 0]))


def test_what_stands_between_camera_and_zone_hides_it() -> None:
    box = [[-0.5, -4.6], [0.5, -4.6], [0.5, -5.2], [-0.5, -5.2]]
    assert sight.hides(ABOVE, box, 1.5, ZONE)
    assert not sight.hides(ABOVE, np.add(box, [6.0, 0]), 1.5, ZONE)


def test_spots_lie_in_the_zone() -> None:
    spots = sight.ground_spots(ZONE)
    assert (np.abs(spots[:, 0]) < 2).all()
    assert ((spots[:, 1] < -0.1) & (spots[:, 1] > -4)).all()
