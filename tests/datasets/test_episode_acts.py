"""Acts follow from what the stills of a film show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datasets.scenes.episodes.acts import acts
from datasets.scenes.episodes.scenario import Effect, Scenario, Span
from tests.fakes.episodes import drawn_episode

AMOUNT = {"clean": 0.0, "part": 2.0, "all": 6.0, "most": 5.6}


def film(*spans: tuple[float, str], duration: float = 160.0, place: str = "street") -> Scenario:
    return Scenario("k", place, duration, "day", tuple(Span(a, s) for a, s in spans), 0)


def test_a_clean_film_has_no_acts() -> None:
    assert acts(film((0, "clean")), AMOUNT) == []


def test_goods_put_out_and_taken_in_are_one_act_with_the_greatest_area() -> None:
    (act,) = acts(film((0, "clean"), (20, "part"), (30, "all"), (90, "part"), (95, "clean")), AMOUNT)
    assert (act["begin_s"], act["from_s"], act["to_s"], act["end_s"]) == (20, 30, 90, 95)
    assert act["area_m2"] == 6.0
    assert act["pauses"] == []


def test_goods_from_start_to_end_are_open_ended() -> None:
    (act,) = acts(film((0, "all")), AMOUNT)
    assert (act["from_s"], act["to_s"], act["end_s"]) == (0, None, None)


def test_a_short_absence_is_a_pause_of_the_same_act() -> None:
    (act,) = acts(film((0, "all"), (50, "clean"), (80, "most")), AMOUNT)
    assert act["pauses"] == [[50, 80]]


def test_a_long_absence_parts_two_acts() -> None:
    assert [a["begin_s"] for a in acts(film((0, "all"), (40, "clean"), (120, "all")), AMOUNT)] == [0, 120]


def test_ten_visits_are_no_act() -> None:
    visits = [(10.0 * k + d, "part" if d else "clean") for k in range(10) for d in (0, 7)]
    assert acts(film(*visits, duration=100.0), AMOUNT) == []


def test_nearly_all_counts_as_standing() -> None:
    (act,) = acts(film((0, "most"), (40, "all"), (100, "clean")), AMOUNT)
    assert act["from_s"] == 0


def test_a_site_is_watched_for_soil() -> None:
    assert acts(film((0, "all"), place="site"), AMOUNT)[0]["violation"] == "exposed_muck"


@pytest.mark.parametrize(
    "spans", [((1, "clean"),), ((0, "clean"), (200, "all")), ((0, "clean"), (50, "all"), (20, "part"))]
)
def test_spans_out_of_order_are_refused(spans: tuple[tuple[float, str], ...]) -> None:
    with pytest.raises(ValueError, match="k: "):
        film(*spans)


def test_unknown_light_and_effect_are_refused() -> None:
    with pytest.raises(ValueError, match="moonlight"):
        Scenario("k", "street", 60.0, "moonlight", (Span(0, "clean"),), 0)
    with pytest.raises(ValueError, match="quake"):
        Scenario("k", "street", 60.0, "day", (Span(0, "clean"),), 0, effects=(Effect("quake", 0, 1),))


def test_a_fade_moves_from_one_still_to_the_next() -> None:
    scenario = Scenario("k", "street", 60.0, "day", (Span(0, "clean"), Span(20, "all", 4.0)), 1)
    assert scenario.shown(19.9) == ("clean", "clean", 1.0)
    assert scenario.shown(21.0) == ("clean", "all", 0.25)
    assert scenario.shown(30.0) == ("clean", "all", 1.0)


@pytest.mark.parametrize(("place", "violating"), [("street", True), ("site", True), ("street", False)])
def test_a_drawn_episode_has_the_format(tmp_path: Path, place: str, violating: bool) -> None:
    folder = drawn_episode(tmp_path, place, violating)
    truth = json.loads((folder / "truth.json").read_text())
    assert (folder / truth["file"]).stat().st_size < 60_000
    assert truth["episode"]["violating"] is violating
    assert len(truth["acts"]) == int(violating)
    assert truth["zones"][0]["violations"] == [truth["episode"]["violation"]]
