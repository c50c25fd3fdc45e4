"""Each formula on random small histories against a slow reading of the steps; what has a target and what must not."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.config import CONFIGS, ConfigError
from server.reports.facts import AlertFact, CaseFact, PatrolFact, Range, SubjectFact, set_agreement, set_next
from server.reports.figures import figure_of
from server.reports.kpis import BY_ID, KPIS, measure, part, quantile
from server.reports.reading import _COLUMNS
from server.reports.targets import load
from tests.server.reports.histories import START, History, histories
from tests.server.reports.slow import Slow

NOBODY = str(UUID(int=99))


def facts_of(all_of: Any, within: Range) -> list[CaseFact]:
    made: list[CaseFact] = []
    for h in all_of:
        row = figure_of(h.case, h.steps, h.decided, h.facts)
        rest = [getattr(row, name) for name in _COLUMNS[6:]]
        made.append(
            CaseFact(str(row.case_id), row.district, row.camera_id, row.item, h.team, str(row.subject_id), *rest)
        )
    found = [(fact.subject, fact.item, fact.found_s) for fact in made if fact.found_s is not None]
    set_next(made, found, NOBODY)
    set_agreement(made, within)
    return made


@settings(max_examples=25)
@given(st.integers(0, 10**9), st.integers(0, 40), st.integers(0, 100), st.integers(1, 100))
def test_formulas_say_what_the_steps_say(seed: int, count: int, first_day: int, length: int) -> None:
    all_of = histories(seed, count)
    since, until = START + timedelta(days=first_day), START + timedelta(days=first_day + length)
    now = until + timedelta(days=40)
    within = Range(since.timestamp(), until.timestamp(), now.timestamp())
    facts, slow = facts_of(all_of, within), Slow(all_of, since, until, now)
    for name, (above, below) in slow.shares().items():
        got = measure(BY_ID[name], facts, within)
        assert (got.numerator, got.denominator) == (above, below), name
        assert got.value == (above / below if below else None)
        assert sum(part(BY_ID[name], fact, within, False) for fact in facts) <= below
    for name, minutes in slow.minutes().items():
        got = measure(BY_ID[name], facts, within)
        assert got.denominator == len(minutes)
        assert got.value == (pytest.approx(median(minutes)) if minutes else None)


def test_every_case_figure_is_compared() -> None:
    slow = Slow([], START, START, START)
    assert {kpi.id for kpi in KPIS if kpi.of == "case"} == slow.shares().keys() | slow.minutes().keys()


def test_the_columns_are_those_of_a_fact() -> None:
    assert [field.name for field in fields(CaseFact)][6:-2] == list(_COLUMNS[6:])


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_quantiles_lie_between_the_ends(times: list[float]) -> None:
    ordered = sorted(times)
    half, most = quantile(ordered, 0.5), quantile(ordered, 0.9)
    assert half is not None
    assert most is not None
    assert ordered[0] / 60 - 1e-6 <= half <= most + 1e-6 <= ordered[-1] / 60 + 1e-5
    assert half * 60 == pytest.approx(median(times))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), max_size=30), st.integers(0, 9))
def test_alerts_patrols_and_codes(rows: list[tuple[int, bool, bool]], since: int) -> None:
    within = Range(since, 9, 9)
    inside = [row for row in rows if since <= row[0] < 9]
    alerts = [AlertFact("a", given_s=at, confirmed=a) for at, a, _ in rows]
    patrols = [PatrolFact("p", seen_s=at, in_view=a, missed=a and b) for at, a, b in rows]
    codes = [SubjectFact("s", created_s=at, code_failed=a) for at, a, _ in rows]
    valid, false = (measure(BY_ID[name], alerts, within) for name in ("valid_alerts", "false_alerts"))
    assert valid.numerator + false.numerator == valid.denominator == len(inside)
    assert valid.numerator == sum(a for _, a, _ in inside)
    missed = measure(BY_ID["missed_rate"], patrols, within)
    assert (missed.numerator, missed.denominator) == (sum(a and b for _, a, b in inside), sum(a for _, a, _ in inside))
    assert measure(BY_ID["wrong_codes"], codes, within).numerator == sum(a for _, a, _ in inside)


def test_nothing_counted_is_no_figure() -> None:
    assert all(measure(kpi, [], Range(0, 1, 1)).value is None for kpi in KPIS)


def test_the_shipped_targets_hold() -> None:
    assert {target.kpi for target in load(CONFIGS / "kpi.yaml").targets} == {"closing_rate", "in_time_rate"}


@pytest.mark.parametrize("kpi", [kpi.id for kpi in KPIS if kpi.informational] + ["fine_total", "penalty_share"])
@pytest.mark.parametrize("aim", ["at_least: 0.9", "at_most: 0.1"])
def test_no_target_rewards_fines_or_exemptions(tmp_path: Path, kpi: str, aim: str) -> None:
    file = tmp_path / "kpi.yaml"
    file.write_text(f"targets: [{{kpi: {kpi}, {aim}, source: x, certainty: own}}]")
    with pytest.raises(ConfigError):
        load(file)


def test_what_must_take_no_target_is_marked() -> None:
    words = ("exempt", "first", "objection", "override", "reminder")
    assert all(kpi.informational for kpi in KPIS if any(word in kpi.id for word in words))
    assert not any("fine" in kpi.id or "penalt" in kpi.id for kpi in KPIS)


@pytest.mark.parametrize(
    "line",
    [
        "{kpi: closing_rate, at_most: 0.9, source: x, certainty: own}",
        "{kpi: rework_rate, at_least: 0.9, source: x, certainty: own}",
        "{kpi: closing_rate, at_least: 0.9, source: '', certainty: own}",
        "{kpi: closing_rate, source: x, certainty: own}",
    ],
)
def test_a_target_points_the_right_way_and_has_a_source(tmp_path: Path, line: str) -> None:
    file = tmp_path / "kpi.yaml"
    file.write_text(f"targets: [{line}]")
    with pytest.raises(ConfigError):
        load(file)


def test_every_figure_says_what_it_is() -> None:
    for kpi in KPIS:
        assert all((kpi.zh, kpi.en, kpi.formula_zh, kpi.formula_en, kpi.source)), kpi.id
        assert kpi.informational == (kpi.better == ""), kpi.id
    assert len(BY_ID) == len(KPIS)


def test_the_histories_hold_something_to_count_for_every_formula() -> None:
    all_of: list[History] = list(histories(3, 600))
    within = Range(0, 4e9, 4e9)
    facts = facts_of(all_of, within)
    for kpi in KPIS:
        if kpi.of == "case" and kpi.seconds is None:
            got = measure(kpi, facts, within)
            assert 0 < got.numerator < got.denominator, kpi.id
