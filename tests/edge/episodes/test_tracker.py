"""Episodes: raised once after the dwell, updated, cleared after the leave; nothing from what was not seen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.episodes.state import EpisodeState
from edge.episodes.tracker import EpisodeTracker, Phase, Reading, Transition
from tests.fakes.rules import muck, rule

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
THERE, GONE, HIDDEN, BLIND = Reading(0.5), Reading(0.0), Reading(0.5, occluded=True), Reading(0.0, unseen=True)
RAISED, UPDATED, CLEARED = Phase.RAISED, Phase.UPDATED, Phase.CLEARED


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def play(tracker: EpisodeTracker, *spans: tuple[float, float, Reading], every: float = 1.0) -> list[Transition]:
    """Feed each span [from, to) sampled `every` seconds."""
    out: list[Transition] = []
    for begin, end, reading in spans:
        steps = round((end - begin) / every)
        for step in range(steps):
            out += tracker.step(at(begin + step * every), reading)
    return out


def told(transitions: list[Transition]) -> list[tuple[Phase, float]]:
    return [(t.phase, (t.at - START).total_seconds()) for t in transitions]


def test_an_act_is_raised_after_its_dwell_and_cleared_after_its_leave():
    changes = play(EpisodeTracker(rule()), (0, 30, THERE), (30, 60, GONE))
    assert told(changes) == [(RAISED, 20), (CLEARED, 40)]
    assert changes[0].episode_id == changes[1].episode_id
    assert changes[0].began_at == START
    assert changes[0].dwell_s == 20
    assert changes[1].cleared_at == at(30)
    assert changes[1].dwell_s == 29


def test_an_act_shorter_than_its_dwell_is_nothing():
    assert play(EpisodeTracker(rule()), (0, 19, THERE), (19, 100, GONE)) == []


def test_a_lasting_act_is_updated_at_the_rules_pace():
    changes = play(EpisodeTracker(rule(update_s=60)), (0, 200, THERE))
    assert told(changes) == [(RAISED, 20), (UPDATED, 80), (UPDATED, 140)]


def test_an_act_that_comes_back_is_another_episode():
    changes = play(EpisodeTracker(rule()), (0, 30, THERE), (30, 60, GONE), (60, 90, THERE))
    assert told(changes) == [(RAISED, 20), (CLEARED, 40), (RAISED, 80)]
    assert changes[2].episode_id != changes[0].episode_id
    assert changes[2].began_at == at(60)


def test_a_short_absence_does_not_end_an_episode():
    changes = play(EpisodeTracker(rule()), (0, 30, THERE), (30, 38, GONE), (38, 70, THERE), (70, 90, GONE))
    assert told(changes) == [(RAISED, 20), (CLEARED, 80)]
    assert changes[1].cleared_at == at(70)


@pytest.mark.parametrize(
    ("shares", "raised"),
    [
        ([0.08], True),  # exactly the enter share
        ([0.079], False),  # just below it
        ([0.08, 0.05], True),  # between exit and enter an act goes on
        ([0.05], False),  # but does not begin
        ([0.08, 0.04], False),  # at the exit share it is gone
    ],
)
def test_hysteresis(shares: list[float], raised: bool):
    tracker = EpisodeTracker(rule())
    changes = [t for s in range(60) for t in tracker.step(at(s), Reading(shares[min(s, len(shares) - 1)]))]
    assert bool(changes) is raised


def test_one_wrong_reading_does_not_start_the_dwell_anew():
    changes = play(EpisodeTracker(rule()), (0, 10, THERE), (10, 11, GONE), (11, 40, THERE))
    # Neither second beside the wrong reading counts.
    assert told(changes) == [(RAISED, 22)]


def test_t3_one_violation_never_hides_another():
    goods, soil = EpisodeTracker(rule()), EpisodeTracker(muck())
    first = play(goods, (0, 100, THERE))
    second = play(soil, (25, 60, THERE))
    assert told(first)[0] == (RAISED, 20)
    assert told(second) == [(RAISED, 45)]


def test_t4_ten_visits_of_2_s_are_not_a_stay_of_20_s():
    for gap in (2, 5, 10):
        visits = [((2 + gap) * n, (2 + gap) * n + 2, THERE) for n in range(10)]
        gaps = [((2 + gap) * n + 2, (2 + gap) * (n + 1), GONE) for n in range(10)]
        spans = sorted(visits + gaps, key=lambda span: span[0])
        for every in (0.2, 0.5, 1.0):
            assert play(EpisodeTracker(rule(dwell_s=20)), *spans, every=every) == []


def test_t5_dwell_does_not_depend_on_the_frame_rate():
    for every in (0.04, 0.2, 0.5, 1.0, 2.0, 5.0):
        changes = play(EpisodeTracker(rule()), (0, 100, THERE), (100, 200, GONE), every=every)
        phases = [change for change in changes if change.phase is not UPDATED]
        assert told(phases)[0][1] == pytest.approx(20, abs=every)
        assert told(phases)[1][1] == pytest.approx(110, abs=every)


def test_t5_a_change_of_rate_on_the_way_does_not_matter():
    tracker = EpisodeTracker(rule(dwell_s=60))
    changes = play(tracker, (0, 30, THERE), every=0.2) + play(tracker, (30, 100, THERE), every=5)
    assert told(changes)[0] == (RAISED, 60)


def test_t6_what_is_there_from_the_first_frame_and_never_moves_is_raised():
    changes = play(EpisodeTracker(rule()), (0, 25, Reading(0.3)))
    assert told(changes) == [(RAISED, 20)]


def test_t12_the_state_does_not_grow_with_time():
    tracker = EpisodeTracker(rule())
    sizes = set()
    for n in range(20_000):
        tracker.step(at(n * 5), THERE if n // 30 % 2 else GONE)
        if n % 60 == 45:
            sizes.add(len(tracker.state.to_json()) // 20)
    assert len(sizes) <= 2


def test_people_in_front_are_neither_yes_nor_no():
    assert play(EpisodeTracker(rule()), (0, 100, HIDDEN)) == []
    changes = play(EpisodeTracker(rule()), (0, 30, THERE), (30, 300, HIDDEN), (300, 301, THERE))
    assert told(changes) == [(RAISED, 20), (UPDATED, 300)]


def test_a_passer_by_does_not_interrupt_a_stay_but_a_long_blind_spell_is_not_presence():
    passer_by = play(EpisodeTracker(rule(), max_gap_s=15), (0, 8, THERE), (8, 12, HIDDEN), (12, 30, THERE))
    assert told(passer_by) == [(RAISED, 20)]
    van = play(EpisodeTracker(rule(leave_s=100), max_gap_s=15), (0, 8, THERE), (8, 50, HIDDEN), (50, 80, THERE))
    assert told(van) == [(RAISED, 63)]
    assert van[0].dwell_s == 20
    assert van[0].began_at == START


def test_an_occluded_leaving_does_not_count_as_leaving():
    spans = [(0, 30, THERE), (30, 35, GONE), (35, 95, HIDDEN), (95, 105, GONE)]
    changes = play(EpisodeTracker(rule(leave_s=10), max_gap_s=15), *spans)
    # 4 s before the occlusion, 6 s after it.
    assert told(changes) == [(RAISED, 20), (CLEARED, 101)]
    assert changes[1].cleared_at == at(30)


def test_a_blind_camera_changes_nothing():
    tracker = EpisodeTracker(rule())
    play(tracker, (0, 10, THERE))
    before = tracker.state
    assert play(tracker, (10, 1000, BLIND)) == []
    assert tracker.state == before


def test_a_candidate_last_seen_long_ago_begins_anew():
    changes = play(EpisodeTracker(rule(), max_gap_s=15), (0, 15, THERE), (15, 600, BLIND), (600, 640, THERE))
    assert told(changes) == [(RAISED, 620)]
    assert changes[0].began_at == at(600)


def test_a_restart_neither_loses_nor_repeats_an_episode():
    tracker = EpisodeTracker(rule())
    first = play(tracker, (0, 15, THERE))
    tracker = EpisodeTracker(rule(), EpisodeState.from_json(tracker.state.to_json()))
    second = play(tracker, (15, 30, THERE))
    assert (first, told(second)) == ([], [(RAISED, 20)])
    tracker = EpisodeTracker(rule(), EpisodeState.from_json(tracker.state.to_json()))
    third = play(tracker, (45, 60, THERE), (60, 80, GONE))
    assert told(third) == [(CLEARED, 70)]
    assert third[0].episode_id == second[0].episode_id


def test_a_clock_that_jumps_forward_is_a_gap_not_a_stay():
    tracker = EpisodeTracker(rule(leave_s=7200), max_gap_s=15)
    changes = play(tracker, (0, 10, THERE), (3600, 3605, THERE))
    assert changes == []
    assert tracker.state.seen_s == 9 + 4


def test_a_clock_that_jumps_back_neither_stops_nor_repeats_anything():
    tracker = EpisodeTracker(rule())
    changes = play(tracker, (3600, 3630, THERE), (0, 10, THERE), (10, 40, GONE))
    assert told(changes) == [(RAISED, 3620), (CLEARED, 20)]
    assert changes[1].began_at <= changes[1].at
    assert changes[1].dwell_s == 29 + 9


def test_a_reading_of_the_same_time_twice_counts_once():
    tracker = EpisodeTracker(rule())
    changes = [t for second in range(30) for _ in range(3) for t in tracker.step(at(second), THERE)]
    assert told(changes) == [(RAISED, 20)]


@given(st.lists(st.tuples(st.sampled_from([THERE, GONE, HIDDEN, BLIND]), st.floats(0.1, 30)), max_size=60))
def test_phases_come_in_order_and_times_make_sense(script: list[tuple[Reading, float]]):
    tracker, now, open_id = EpisodeTracker(rule(), max_gap_s=15), 0.0, None
    seen_s = 0.0
    for reading, wait in script:
        now += wait
        seen_s += wait
        for change in tracker.step(at(now), reading):
            assert reading in (THERE, GONE)
            assert change.at == at(now)
            assert change.began_at <= change.at
            assert change.dwell_s <= (change.at - change.began_at).total_seconds() + 1e-6
            if change.phase is RAISED:
                assert open_id is None
                assert change.dwell_s >= 20 - 1e-3
                open_id = change.episode_id
            else:
                assert change.episode_id == open_id
            if change.phase is CLEARED:
                assert change.cleared_at is not None
                assert change.began_at <= change.cleared_at <= change.at
                open_id = None
        assert tracker.state.seen_s <= seen_s + 1e-6


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.2, 9)), max_size=40),
    st.integers(0, 39),
)
def test_a_restart_anywhere_changes_nothing(script: list[tuple[bool, float]], cut: int):
    def run(restart: int | None) -> list[tuple[Phase, float]]:
        tracker, now, out = EpisodeTracker(rule()), 0.0, []
        for index, (there, wait) in enumerate(script):
            if index == restart:
                tracker = EpisodeTracker(rule(), EpisodeState.from_json(tracker.state.to_json()))
            now += wait
            out += tracker.step(at(now), THERE if there else GONE)
        return told(out)

    assert run(cut) == run(None)


@given(
    st.lists(st.integers(30, 90), min_size=1, max_size=6),
    st.sampled_from([0.2, 0.5, 1.0, 2.0, 5.0]),
)
def test_stays_and_absences_longer_than_the_rule_are_found_at_every_rate(lengths: list[int], every: float):
    spans, begin = [], 0.0
    for index, length in enumerate(lengths):
        spans.append((begin, begin + length // 5 * 5, GONE if index % 2 else THERE))
        begin += length // 5 * 5
    changes = [c for c in play(EpisodeTracker(rule()), *spans, every=every) if c.phase is not UPDATED]
    assert [c.phase for c in changes] == [CLEARED if index % 2 else RAISED for index in range(len(lengths))]
    for change, (start, _, _) in zip(changes, spans, strict=True):
        wanted = start + (10 if change.phase is CLEARED else 20)
        assert (change.at - START).total_seconds() == pytest.approx(wanted, abs=every + 1e-6)
