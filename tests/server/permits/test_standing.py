"""Each permit edge case of the domain rules (b), by name."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from edge.contracts.permits import LOCAL, PermitStatus
from edge.contracts.taxonomy import PermitRelation
from server.permits.rules import load
from server.permits.standing import Act, Answer, Known, judge
from server.permits.times import Times
from server.policy.facts import PermitStanding

RULES = load()
HOLDER, OTHER = UUID(int=1), UUID(int=2)
EVENINGS = Times(frozenset({1, 2, 3, 4, 5}), time(17), time(22), date(2026, 5, 1), date(2026, 11, 15))
PERMIT = Known("wb-1", HOLDER, EVENINGS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC)


def act(began: str, minutes: float = 5, relation: PermitRelation = PermitRelation.EXCEEDED, **seen: object) -> Act:
    start = at(began)
    fields: dict[str, object] = {"beyond_m": 0.0, "area_m2": 0.0, "subject_id": HOLDER} | seen
    return Act(start, start + timedelta(minutes=minutes), relation, **fields)  # type: ignore[arg-type]


INSIDE_HOURS = "2026-10-12 18:00"
"""A Monday."""


@pytest.mark.parametrize(
    ("beyond_m", "area_m2", "answer"),
    [
        (0.3, 1.0, Answer.REMIND),
        (0.5, 2.0, Answer.REMIND),  # the tolerance itself
        (0.6, 1.0, Answer.EXCEEDED),
        (0.3, 2.1, Answer.EXCEEDED),
        (None, 1.0, Answer.REMIND),
        (None, None, Answer.EXCEEDED),  # outside by an unknown measure is not excused
    ],
)
def test_over_the_area_is_measured_and_reminded_of_under_the_tolerance(
    beyond_m: float | None, area_m2: float | None, answer: Answer
) -> None:
    judged = judge([PERMIT], act(INSIDE_HOURS, beyond_m=beyond_m, area_m2=area_m2), RULES)
    assert (judged.answer, judged.standing, judged.is_overrun) == (answer, PermitStanding.EXCEEDED, True)
    assert (judged.beyond_m, judged.area_m2) == (beyond_m, area_m2)


@pytest.mark.parametrize(
    ("began", "minutes", "over", "answer"),
    [
        ("2026-10-12 21:50", 20, 10, Answer.REMIND),
        ("2026-10-12 21:50", 25, 15, Answer.REMIND),
        ("2026-10-12 21:50", 26, 16, Answer.EXCEEDED),
        ("2026-10-12 16:50", 5, 10, Answer.REMIND),  # set up too early
        ("2026-10-12 16:30", 5, 30, Answer.EXCEEDED),
        ("2026-10-10 18:00", 5, 20 * 60 + 5, Answer.EXCEEDED),  # a Saturday: since Friday, 22:00
    ],
)
def test_over_the_hours_is_measured_and_reminded_of_under_the_tolerance(
    began: str, minutes: float, over: float, answer: Answer
) -> None:
    judged = judge([PERMIT], act(began, minutes, PermitRelation.NONE), RULES)
    assert (judged.answer, judged.minutes_over, judged.is_overrun) == (answer, over, True)


def test_terms_are_items_of_their_own_and_never_an_overrun() -> None:
    """Noise, oil, cleaning: such an act is another violation, for which permits do not matter; the answer depends on
    area and time alone.
    """
    noisy = replace(PERMIT, id="wb-noise")
    for permit in (PERMIT, noisy):
        judged = judge([permit], act(INSIDE_HOURS, relation=PermitRelation.NONE), RULES)
        assert (judged.answer, judged.is_overrun) == (Answer.UNMEASURED, False)


@pytest.mark.parametrize(
    ("day", "filed", "answer"),
    [
        ("2026-11-16 18:00", "2026-11-10 09:00", Answer.GRACE),
        ("2026-11-22 18:00", "2026-11-10 09:00", Answer.GRACE),  # the seventh day
        ("2026-11-23 18:00", "2026-11-10 09:00", Answer.NONE),  # the eighth
        ("2026-11-16 18:00", None, Answer.NONE),
        ("2026-11-16 18:00", "2026-11-16 19:00", Answer.NONE),  # filed after the act
    ],
)
def test_expired_up_to_seven_days_with_a_renewal_filed_is_cg_28_else_no_permit(
    day: str, filed: str | None, answer: Answer
) -> None:
    permit = replace(PERMIT, renewal_filed_at=at(filed) if filed else None)
    judged = judge([permit], act(day, relation=PermitRelation.NONE), RULES)
    assert judged.answer is answer
    assert judged.standing is (PermitStanding.EXPIRED_GRACE if answer is Answer.GRACE else PermitStanding.NONE)
    assert judged.is_overrun is (answer is Answer.GRACE)


@pytest.mark.parametrize("status", [PermitStatus.SUSPENDED, PermitStatus.REVOKED])
def test_suspended_and_revoked_are_none_from_the_time_served(status: PermitStatus) -> None:
    served = at("2026-10-12 18:30")
    permit = replace(PERMIT, changes=((at("2026-05-01 00:00"), PermitStatus.ACTIVE), (served, status)))
    before = judge([permit], act("2026-10-12 18:29"), RULES)
    after = judge([permit], act("2026-10-12 18:30"), RULES)
    assert before.standing is PermitStanding.EXCEEDED
    assert (after.standing, after.is_overrun) == (PermitStanding.NONE, False)
    assert status.value in after.notes[0]


def test_a_suspension_that_was_lifted_holds_no_longer() -> None:
    changes = ((at("2026-10-01 09:00"), PermitStatus.SUSPENDED), (at("2026-10-08 09:00"), PermitStatus.ACTIVE))
    permit = replace(PERMIT, changes=changes)
    assert judge([permit], act("2026-10-07 18:00"), RULES).answer is Answer.NONE
    assert judge([permit], act(INSIDE_HOURS), RULES).answer is Answer.REMIND


def test_a_permit_found_invalid_later_is_none_and_says_so() -> None:
    judged = judge([replace(PERMIT, found_invalid=True)], act(INSIDE_HOURS), RULES)
    assert judged.standing is PermitStanding.NONE
    assert "legal" in judged.notes[0]


def test_a_permit_is_personal() -> None:
    assert judge([PERMIT], act(INSIDE_HOURS, subject_id=OTHER), RULES).answer is Answer.NONE
    assert judge([PERMIT], act(INSIDE_HOURS, subject_id=None), RULES).answer is Answer.REMIND, "nobody is bound yet"
    left = replace(PERMIT, holder_left_at=at("2026-10-12 12:00"))
    assert judge([left], act(INSIDE_HOURS), RULES).answer is Answer.NONE
    assert judge([left], act("2026-10-09 18:00"), RULES).answer is Answer.REMIND


def test_out_of_season_or_before_the_first_day_is_none() -> None:
    summer = replace(PERMIT, times=replace(EVENINGS, season_from="06-01", season_to="09-30"))
    assert judge([summer], act("2026-09-30 18:00"), RULES).answer is Answer.REMIND
    assert judge([summer], act("2026-10-01 18:00"), RULES).answer is Answer.NONE
    assert judge([PERMIT], act("2026-04-30 18:00"), RULES).answer is Answer.NONE


def test_the_night_after_the_last_day_belongs_to_it() -> None:
    nights = replace(PERMIT, times=replace(EVENINGS, hours_to=time(2), weekdays=frozenset({7})))
    last_night = judge([nights], act("2026-11-16 01:00", relation=PermitRelation.NONE), RULES)
    assert last_night.answer is Answer.UNMEASURED, "Sunday's night, the permit's last, lasts until two on Monday"


def test_a_live_permit_that_the_edge_did_not_know_is_for_people_to_look_at() -> None:
    judged = judge([PERMIT], act(INSIDE_HOURS, relation=PermitRelation.NONE), RULES)
    assert (judged.answer, judged.standing) == (Answer.UNMEASURED, PermitStanding.NONE)
    assert "did not measure" in judged.notes[0]


def test_of_several_permits_the_one_that_covers_best_answers() -> None:
    over = replace(PERMIT, id="wb-2", times=replace(EVENINGS, hours_to=time(18)))
    expired = replace(PERMIT, id="wb-3", times=replace(EVENINGS, valid_to=date(2026, 6, 1)))
    judged = judge([expired, over, PERMIT], act("2026-10-12 19:00"), RULES)
    assert (judged.answer, judged.permit_id) == (Answer.REMIND, "wb-1")
    assert judge([], act(INSIDE_HOURS), RULES).answer is Answer.NONE
