"""Who may act, and who should go."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from server.config import CONFIGS
from server.dispatch.candidates import Against, Officer, Registers, Task, rank
from server.dispatch.powers import PowerList
from server.policy.publication import read_yaml

DAY = date(2026, 11, 20)
TASK = Task(item="CG-01", district="320402", day=DAY, grid="G-1", grid_body="street")


def power(**more: Any) -> dict[str, Any]:
    return {
        "items": ["*"], "districts": ["320402"], "from": "2026-08-15", "to": None, "basis": "x", "source": "x",
        "certainty": "proposed", "verified": False,
    } | more  # fmt: skip


def powers(*bodies: dict[str, Any]) -> PowerList:
    return PowerList.model_validate(
        {
            "id": "test", "version": "1", "status": "draft", "author": "x", "in_force_from": "2026-01-01",
            "bodies": list(bodies),
        }
    )  # fmt: skip


def body(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": {"zh": code, "en": code}, "powers": [power(**more)]}


STREET_ONLY = powers(body("street", items=["CG-01", "CG-02"]))


def officer(number: int, **more: Any) -> Officer:
    known: dict[str, Any] = {
        "person_id": UUID(int=number), "name": f"o{number}", "body": "street", "team": "t1", "grids": frozenset(),
        "certificate": f"JS-{number}", "certificate_to": date(2027, 1, 1), "on_duty": True, "load": 0,
    }  # fmt: skip
    return Officer(**(known | more))


ALL_KEPT = Registers(STREET_ONLY, certificates=True, roster=True)


@pytest.mark.parametrize(
    ("item", "district", "day", "held"),
    [
        ("CG-01", "320402", DAY, True),
        ("CG-03", "320402", DAY, False),  # not handed down
        ("CG-01", "320411", DAY, False),  # another district
        ("CG-01", "320402", date(2026, 8, 14), False),  # not yet
        ("CG-01", "320402", date(2026, 8, 15), True),
    ],
)
def test_a_body_may_act_only_within_its_powers(item: str, district: str, day: date, held: bool) -> None:
    assert bool(STREET_ONLY.holders(item, district, day)) is held


def test_the_last_day_of_a_power_counts() -> None:
    ending = powers(body("street", to="2026-11-20"))
    assert ending.holders("CG-01", "320402", DAY)
    assert not ending.holders("CG-01", "320402", date(2026, 11, 21))


@pytest.mark.parametrize(
    "bodies",
    [[body("a"), body("a")], [body("a", to="2020-01-01")], [body("a", items=[])], [body("a", items=["CG-1"])], []],
)
def test_a_list_that_means_nothing_is_refused(bodies: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        powers(*bodies)


def test_the_shipped_list_is_a_draft_and_nothing_in_it_is_verified() -> None:
    (file,) = (CONFIGS / "powers").glob("*.yaml")
    listing = read_yaml(file, PowerList)
    assert listing.status == "draft"
    assert not any(one.verified for body in listing.bodies for one in body.powers)


def test_nothing_speaks_against_two_certified_officers_on_duty() -> None:
    ranking = rank(TASK, [officer(1), officer(2)], ALL_KEPT)
    assert [one.against for one in ranking.candidates] == [(), ()]
    assert (ranking.transfer, ranking.unchecked, ranking.bodies) == (False, (), ("street",))


@pytest.mark.parametrize(
    ("changed", "against"),
    [
        ({"on_duty": False}, Against.OFF_DUTY),
        ({"certificate": "", "certificate_to": None}, Against.UNCERTIFIED),
        ({"certificate_to": date(2026, 11, 19)}, Against.UNCERTIFIED),
        ({"body": "other"}, Against.NO_POWER),
        ({"team": "t2"}, Against.NO_SECOND_OFFICER),
    ],
)
def test_what_speaks_against_an_officer(changed: dict[str, Any], against: Against) -> None:
    ranking = rank(TASK, [replace(officer(1), **changed), officer(2), officer(3)], ALL_KEPT)
    found = {one.officer.person_id.int: one.against for one in ranking.candidates}
    assert found == {1: (against,), 2: (), 3: ()}


def test_a_certificate_holds_on_its_last_day() -> None:
    ranking = rank(TASK, [officer(1, certificate_to=DAY), officer(2)], ALL_KEPT)
    assert all(one.fit for one in ranking.candidates)


def test_a_second_officer_off_duty_or_uncertified_is_none() -> None:
    for second in (officer(2, on_duty=False), officer(2, certificate_to=date(2020, 1, 1))):
        ranking = rank(TASK, [officer(1), second], ALL_KEPT)
        first = next(one for one in ranking.candidates if one.officer.person_id.int == 1)
        assert first.against == (Against.NO_SECOND_OFFICER,)


def test_an_item_that_nobody_has_power_over_is_transferred() -> None:
    ranking = rank(replace(TASK, item="CG-25"), [officer(1), officer(2)], ALL_KEPT)
    assert ranking.transfer
    assert all(Against.NO_POWER in one.against for one in ranking.candidates)


def test_registers_that_are_not_kept_are_said_to_be_unchecked() -> None:
    ranking = rank(TASK, [officer(1, certificate="", on_duty=False, body="x")], Registers(None, False, False))
    assert ranking.candidates[0].fit
    assert ranking.unchecked == ("powers", "certificates", "roster")
    assert rank(replace(TASK, item=None), [officer(1)], ALL_KEPT).unchecked == ("powers",)


def test_the_order_is_fit_then_in_charge_then_load_then_idle() -> None:
    early, late = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 19, tzinfo=UTC)
    listing = powers(body("street"), body("district"))
    people = [
        officer(1, on_duty=False, grids=frozenset({"G-1"})),
        officer(2, body="district"),
        officer(3, load=2),
        officer(4, load=1, last_sent_at=late),
        officer(5, load=1, last_sent_at=early),
        officer(6, load=1),
        officer(7, body="district", grids=frozenset({"G-1"}), load=3),
    ]
    ranking = rank(TASK, people, Registers(listing, True, True))
    assert [one.officer.person_id.int for one in ranking.candidates] == [6, 5, 4, 3, 7, 2, 1]


@st.composite
def crews(draw: st.DrawFn) -> list[Officer]:
    size = draw(st.integers(0, 6))
    return [
        officer(
            n, on_duty=draw(st.booleans()), load=draw(st.integers(0, 3)), team=draw(st.sampled_from(["", "t1", "t2"])),
            body=draw(st.sampled_from(["", "street", "other"])), certificate=draw(st.sampled_from(["", f"C{n}"])),
            certificate_to=draw(st.sampled_from([None, DAY, date(2020, 1, 1)])),
        )
        for n in range(size)
    ]  # fmt: skip


@given(crews(), st.randoms(use_true_random=False))
def test_the_ranking_does_not_depend_on_the_order_and_loses_nobody(crew: list[Officer], shuffle: Any) -> None:
    mixed = list(crew)
    shuffle.shuffle(mixed)
    ranking = rank(TASK, crew, ALL_KEPT)
    assert rank(TASK, mixed, ALL_KEPT) == ranking
    assert {one.officer.person_id for one in ranking.candidates} == {one.person_id for one in crew}
    fits = [one.fit for one in ranking.candidates]
    assert fits == sorted(fits, reverse=True)
