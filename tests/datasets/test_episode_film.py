"""Films are made of stills without Blender: light, fades, effects and truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from datasets.scenes.camera import View
from datasets.scenes.classes import MaskClass
from datasets.scenes.episodes.clean_hour import FILM_S, clean_recipes
from datasets.scenes.episodes.film import Film
from datasets.scenes.episodes.light import draw_light
from datasets.scenes.episodes.overlays import Ground, metres
from datasets.scenes.episodes.scenario import LIGHTS, Effect, Scenario, Span, Still
from datasets.scenes.episodes.staged import Staged, few, split
from datasets.scenes.episodes.stills import Picture, load, save

VIEW = View((0.0, -9.0, 5.0), (0.0, -2.0, 0.0), 28.0, 160, 90)
ZONE = [[-2.0, -0.1], [2.0, -0.1], [2.0, -4.1], [-2.0, -4.1]]


def still(grey: float) -> Picture:
    whole = np.full((90, 160, 3), grey, np.float32)
    classes = np.full((90, 160), MaskClass.GROUND, np.uint8)
    return Picture({"sky": whole, "sun": whole * 0.8, "lamp": whole * 0.3}, classes, np.full((90, 160), 10, np.float32))


STILLS: Mapping[str, Picture] = {"clean": still(0.4), "all": still(0.1)}
STAGED = Staged(VIEW, ZONE, "shop front", [0.3, -0.5, 0.8])


def film(light: str = "day", *effects: Effect, fade: float = 0.0) -> Film:
    spans = (Span(0, "clean"), Span(20, "all", fade))
    return Film(Scenario("k", "street", 60.0, light, spans, 1, effects), STAGED, STILLS, 5)


@pytest.mark.parametrize("light", LIGHTS)
def test_every_light_gives_a_picture_neither_black_nor_white(light: str) -> None:
    (first, *_) = film(light).pictures(1)
    assert first.shape == (90, 160, 3)
    assert 25 < first.mean() < 215
    assert first.std() > 0.5


def test_the_same_seed_gives_the_same_pictures() -> None:
    assert (next(iter(film().pictures(1))) == next(iter(film().pictures(1)))).all()


def test_a_fade_lies_between_its_stills() -> None:
    made = film(fade=10.0)
    a, b, c = (float(made.linear(t).mean()) for t in (0.0, 25.0, 40.0))
    assert c < b < a


def test_a_shadow_edge_darkens_part_of_the_zone_and_moves() -> None:
    made, bare = film("day", Effect("shadow_edge", 0, 60)), film("day")
    early, late = made.linear(10.0), made.linear(18.0)
    assert early.mean() < bare.linear(10.0).mean()
    assert np.abs(early - late).max() > 0.05


def test_headlights_add_light_at_night_and_pass() -> None:
    made = film("night", Effect("headlights", 0, 60))
    assert made.linear(4.0).mean() > 1.05 * made.linear(12.0).mean()


def test_snowfall_whitens_the_ground_little_by_little() -> None:
    made = film("snow", Effect("snowfall", 0, 60))
    assert made.linear(55.0).mean() > made.linear(1.0).mean() * 0.3
    ground = Ground(VIEW, 5)
    classes = STILLS["clean"].classes
    assert ground.snow(classes, 0.8).mean() > ground.snow(classes, 0.2).mean()
    assert ground.snow(np.full_like(classes, MaskClass.PERSON), 0.8).max() == 0


def test_pixels_know_their_metres() -> None:
    xy = metres(VIEW)
    uv, _ = VIEW.project(np.array([[1.0, -3.0, 0.0]]))
    u, v = uv[0] * [160, 90]
    assert np.abs(xy[int(v), int(u)] - [1.0, -3.0]).max() < 0.15


def test_an_unknown_light_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_light(np.random.default_rng(1), "moonlight")


def test_a_still_is_read_as_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    save(tmp_path / "s.npz", STILLS["all"])
    got = load(tmp_path / "s.npz")
    assert np.abs(got.light["sky"] - STILLS["all"].light["sky"]).max() < 1e-3
    assert (got.classes == STILLS["all"].classes).all()


SQUARE = [[0.0, -1.0], [1.0, -1.0], [1.0, -2.0], [0.0, -2.0]]
OUTSIDE = [[1.5, -1.0], [3.0, -1.0], [3.0, -2.0], [1.5, -2.0]]


def test_goods_count_inside_the_zone_only_and_once() -> None:
    staged = replace(STAGED, hulls={"step0": [SQUARE], "step1": [SQUARE, OUTSIDE]})
    assert staged.true_m2("street", Still("all", ("step0", "step1"))) == pytest.approx(1.5, abs=0.15)
    assert staged.true_m2("street", Still("clean")) == 0.0


def test_soil_counts_what_the_cover_leaves_open() -> None:
    heap = replace(STAGED, open_m2={"": 20.0, "cover_half": 9.0, "cover_full": 0.0}, soil="")
    assert heap.true_m2("site", Still("open")) == 20.0
    assert heap.true_m2("site", Still("half", ("cover_half",))) == 9.0
    assert heap.true_m2("site", Still("covered", ("cover_full", "workers"))) == 0.0
    assert replace(heap, soil=None).true_m2("site", Still("bare")) == 0.0
    assert replace(heap, soil="heap").true_m2("site", Still("bare")) == 0.0


def test_things_are_split_into_two_steps() -> None:
    assert split([1.0, 1.0, 1.0, 1.0, 1.0]) == [0, 0, 1, 1, 1]
    assert split([2.0]) == [1]
    assert split([5.0, 0.1]) == [0, 1]


def test_few_goods_stay_between_their_bounds() -> None:
    areas = [3.0, 0.5, 2.5, 0.6]
    assert 1.1 <= sum(areas[i] for i in few(areas)) <= 3.9
    assert few([8.0, 9.0]) == []
    assert few([0.2]) == []


def test_the_clean_hour_is_an_hour_without_acts() -> None:
    told = [s for r in clean_recipes(950_000) for s in r.scenarios]
    assert sum(s.duration_s for s in told) == 3600.0
    assert all(s.acts == 0 and s.duration_s == FILM_S for s in told)
    assert {n.what for s in told for n in s.nuisances} >= {"crowd", "van", "pram", "scooter", "visit", "leaves"}
