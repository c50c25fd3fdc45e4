"""Over the table: two lists, several items, crisis, pledge, lenity, measured areas, alert days, modes."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy import kindness
from server.policy.answer import Layer
from server.policy.exemptions import ExemptionList, Tier
from server.policy.facts import Correction, Evidence, First, Harm, Listing
from server.policy.judge import judge
from server.policy.matter import AlertDay, CameraStanding, Crisis, LateAccepted, RecordReview
from server.policy.rules import BY_CODE, Result
from tests.server.policy.matters import ACT, BEFORE_CODE, NOW, answered, at, changed, judged, matter, without

R = Result
ALERT = AlertDay(id="a", level="orange", began_at=ACT - timedelta(hours=9), ended_at=None, source="常环委办〔2026〕1号")
CRISIS = Crisis(
    id="c", name="公共卫生事件", source="天政发〔2026〕9号", began_on=date(2026, 11, 1), ended_on=None, items=[]
)  # fmt: skip


def layer(layers: list[Layer], name: str) -> Layer:
    (found,) = [one for one in layers if one.layer == name]
    return found


def test_a_slight_harmless_corrected_act_shall_not_be_punished(shipped: ExemptionList) -> None:
    one = judged(shipped)
    assert (one.rule, one.result, one.needs_legal, one.undecided) == ("R18", R.EXEMPT_T1_SHALL, False, [])


# Two versions of the list ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "present", "used"),
    [
        (Tier.BOTH, Tier.EXCLUDED, 0),
        (Tier.EXCLUDED, Tier.BOTH, 1),
        (Tier.BOTH, Tier.T1, 0),  # equally kind: the list of the act's day
        (Tier.T2, Tier.T1_FIRST, 1),  # legal review, or shall not
    ],
)
def test_the_kinder_of_two_versions_is_used_and_both_are_noted(
    shipped: ExemptionList, then: Tier, present: Tier, used: int
) -> None:
    old, new = changed(shipped, "CG-01", "2026.9", tier=then), changed(shipped, "CG-01", tier=present)
    answer = answered([old, new])
    assert answer.chosen == used
    assert answer.side.list_version == (old, new)[used].key
    assert old.key in answer.why
    assert new.key in answer.why


def test_an_item_that_left_the_list_is_still_exempt_for_acts_of_its_time(shipped: ExemptionList) -> None:
    assert answered([shipped, without(shipped, "CG-01")]).side.one.rule == "R18"
    assert answered([without(shipped, "CG-01"), shipped]).side.one.rule == "R18"


def test_the_kindness_of_every_result_is_given_with_its_reason() -> None:
    assert {result for place in kindness.ORDER for result in place.results} == set(Result)
    assert all(place.why for place in kindness.ORDER)
    assert sum(len(place.results) for place in kindness.ORDER) == len(Result)


def test_what_uses_no_chance_is_kinder_than_what_does_and_a_penalty_is_last() -> None:
    order = sorted(Result, key=kindness.rank)
    assert order.index(R.CLOSE_CORRECTED) < order.index(R.EXEMPT_T1_SHALL) < order.index(R.EXEMPT_T2_MAY)
    assert order.index(R.EXEMPT_T2_MAY) < order.index(R.LEGAL_REVIEW) < order.index(R.PENALTY_TRACK_LIGHTER)
    assert kindness.rank(R.PENALTY_TRACK_LIGHTER) < kindness.rank(R.PENALTY_TRACK)


@given(st.sampled_from(list(Tier)), st.sampled_from(list(Tier)), st.sampled_from(list(First)),
       st.sampled_from(["NONE", "MINOR"]), st.sampled_from(["SLIGHT", "ORDINARY"]))  # fmt: skip
def test_two_versions_are_never_worse_than_either(
    shipped: ExemptionList, then: Tier, present: Tier, first: First, harm: str, sev: str
) -> None:
    lists = [changed(shipped, "CG-01", "2026.9", tier=then), changed(shipped, "CG-01", tier=present)]
    more: dict[str, Any] = {"first": first, "found": {"harm": harm, "sev": sev}}
    answer = answered(list(lists), **more)
    alone = [judged(listing, **more).result for listing in lists]
    assert kindness.rank(answer.side.one.result) == min(map(kindness.rank, alone))


# One act, several items -----------------------------------------------------------------------------------------


def test_one_act_of_two_items_both_exempt_the_heavier_decides(shipped: ExemptionList) -> None:
    side = answered([shipped], item_code="CG-21", also_item_codes=["CG-22"], found={"harm": "MINOR"}).side
    assert [i.result for i in side.items] == [R.EXEMPT_T2_MAY, R.T2_LEGAL_REVIEW]
    side = answered([shipped], item_code="CG-12", also_item_codes=["CG-23"], found={"harm": "MINOR"}).side
    assert [(i.result, i.max_yuan) for i in side.items] == [(R.EXEMPT_T2_MAY, 100_000), (R.EXEMPT_T2_MAY, 20_000)]
    assert side.one.item_code == "CG-12"
    assert "heaviest" in side.layers[0].why


def test_one_act_of_two_items_is_not_exempt_when_one_is_not(shipped: ExemptionList) -> None:
    side = answered([shipped], also_item_codes=["CG-15"]).side
    assert [i.result for i in side.items] == [R.EXEMPT_T1_SHALL, R.LEGAL_REVIEW]
    assert (side.one.item_code, side.one.result) == ("CG-15", R.LEGAL_REVIEW)
    assert "one fine at most" in side.layers[0].why


def test_one_act_of_two_items_of_unknown_weight_goes_to_legal(shipped: ExemptionList) -> None:
    side = answered([shipped], also_item_codes=["CG-03"]).side
    assert {i.result for i in side.items} == {R.EXEMPT_T1_SHALL}
    assert side.layers[0].needs_legal


def test_when_one_item_must_wait_all_do(shipped: ExemptionList) -> None:
    side = answered([shipped], also_item_codes=["CG-13"], corrected_at=None, order_due_at=NOW + timedelta(1)).side
    assert side.one.result is R.AWAIT_CORRECTION


# The law of the act's day ---------------------------------------------------------------------------------------


def test_the_lenity_test_is_kept_with_the_answer(shipped: ExemptionList) -> None:
    one = judged(shipped, item_code="CG-23", **at(BEFORE_CODE))
    assert one.lenity is not None
    assert one.lenity.applies == "newer"
    assert layer(one.layers, "lenity").matched
    assert not layer(one.layers, "lenity").needs_legal


def test_a_lenity_test_that_cannot_be_made_asks_for_legal(shipped: ExemptionList) -> None:
    one = judged(shipped, item_code="CG-20", **at(BEFORE_CODE))
    assert one.needs_legal
    assert layer(one.layers, "lenity").needs_legal


@pytest.mark.parametrize(
    ("code", "act", "harm", "years", "barred"),
    [
        ("CG-01", NOW, "NONE", 2, False),
        ("CG-01", NOW - timedelta(days=731), "MINOR", 2, True),
        ("CG-13", NOW - timedelta(days=90), "MINOR", 4, False),  # the Code: harm to the environment, five years
        ("CG-13", NOW - timedelta(days=90), "NONE", 3, True),  # no harm: two
        ("CG-13", BEFORE_CODE, "MINOR", 3, True),  # under the Air Law: two
    ],
)
def test_the_limit_is_two_or_five_years_by_item_law_and_harm(
    shipped: ExemptionList, code: str, act: Any, harm: str, years: int, barred: bool
) -> None:
    now = act if years == 2 and not barred else act.replace(year=act.year + years)
    if code == "CG-01" and barred:
        now = NOW
    one = judged(shipped, now, item_code=code, found={"harm": harm}, **at(act))
    assert one.facts.barred is barred


def test_the_last_day_of_the_limit_is_still_in_time(shipped: ExemptionList) -> None:
    leap = NOW.replace(year=2024, month=2, day=29)
    last, after = NOW.replace(year=2026, month=2, day=28), NOW.replace(year=2026, month=3, day=1)
    assert not judged(shipped, last, **at(leap)).facts.barred
    assert judged(shipped, after, **at(leap)).facts.barred


# Measured areas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "sigma", "rule", "found", "undecided"),
    [
        (3.0, 0.4, "R18", "NONE", []),
        (9.0, 0.5, "R19", "NONE", []),
        (4.0, None, "R18", "NONE", []),  # the ceiling itself
        (4.1, None, "R19", "NONE", []),
        (3.0, 0.4, "R23", "MINOR", []),
        (9.0, 0.5, "R24", "MINOR", []),
        (4.4, 0.5, "R18", "NONE", []),  # spans it: the officers were there, and the note says so
        (4.4, 0.5, "R18", None, ["harm"]),  # ... nobody has looked: a person must
        (3.5, 0.5, "R18", None, ["harm"]),
    ],
)
def test_over_the_ceiling_of_4_square_metres_an_act_is_off_the_list(
    shipped: ExemptionList, area: float, sigma: float | None, rule: str, found: str | None, undecided: list[str]
) -> None:
    one = judged(shipped, area_m2=area, sigma_m2=sigma, found={"harm": found})
    assert (one.rule, one.undecided) == (rule, undecided)
    assert one.facts.harm is Harm(found or "NONE"), "a number does not change what officers found"
    spans = sigma is not None and area - 2 * sigma <= 4 < area + 2 * sigma
    assert any("spans" in note for note in one.notes) is spans


# Days of heavy pollution ----------------------------------------------------------------------------------------


def test_on_an_alert_day_the_ceiling_drops_to_none(shipped: ExemptionList) -> None:
    one = judged(shipped, item_code="CG-13", area_m2=10.0, alert_days=[ALERT], found={"harm": "MINOR"})
    assert (one.facts.lst, one.rule) == (Listing.OFF, "R24")
    assert judged(shipped, item_code="CG-13", area_m2=10.0, found={"harm": "MINOR"}).rule == "R23"
    yellow = ALERT.model_copy(update={"level": "yellow"})
    assert judged(shipped, item_code="CG-13", alert_days=[yellow]).facts.lst is Listing.T2, "its text: orange, red"
    assert judged(shipped, item_code="CG-01", alert_days=[ALERT]).facts.lst is Listing.BOTH, "goods on a pavement"
    assert judged(shipped, item_code="CG-12", alert_days=[ALERT]).facts.lst is Listing.OFF
    assert judged(shipped, item_code="CG-15", alert_days=[ALERT]).rule == "R17", "excluded stays excluded"


def test_who_refuses_pollution_measures_is_never_exempt(shipped: ExemptionList) -> None:
    one = judged(shipped, item_code="CG-13", alert_days=[ALERT], found={"alert_order_refused": True})
    assert (one.rule, one.result) == ("R15", R.PENALTY_TRACK)


# The crisis switch ----------------------------------------------------------------------------------------------


def test_in_a_crisis_a_first_slight_act_off_the_list_is_educated_and_not_fined(shipped: ExemptionList) -> None:
    more: dict[str, Any] = {"item_code": "CG-21"}
    assert judged(shipped, **more).result is R.T1_LEGAL_REVIEW
    one = judged(shipped, crises=[CRISIS], **more)
    assert (one.table_result, one.result) == (R.T1_LEGAL_REVIEW, R.EXEMPT_T1_SHALL)
    assert "not recorded as dishonesty" in layer(one.layers, "crisis").why


@pytest.mark.parametrize(
    "more",
    [
        {"first": First.NO},
        {"found": {"harm": "MINOR"}},
        {"found": {"sev": "ORDINARY"}},
        {"found": {"intent": True}},
        {"found": {"obstruct": True}},
        {"corrected_at": None},
        {"crises": [CRISIS.model_copy(update={"items": ["CG-02"]})]},
        {"crises": [CRISIS.model_copy(update={"ended_on": date(2026, 11, 19)})]},
        {"crises": [CRISIS.model_copy(update={"began_on": date(2026, 11, 21)})]},
    ],
)
def test_the_crisis_changes_nothing_for_others(shipped: ExemptionList, more: dict[str, Any]) -> None:
    one = judged(shipped, **({"item_code": "CG-21", "crises": [CRISIS]} | more))
    assert one.result is one.table_result
    assert not any(each.layer == "crisis" and each.matched for each in one.layers)


@given(st.data())
def test_the_crisis_is_never_worse_for_the_party(shipped: ExemptionList, data: st.DataObject) -> None:
    more: dict[str, Any] = {
        "item_code": data.draw(st.sampled_from([i.code for i in shipped.items])),
        "first": data.draw(st.sampled_from(list(First))),
        "found": {
            "harm": data.draw(st.sampled_from(["NONE", "MINOR", "SERIOUS"])),
            "sev": data.draw(st.sampled_from(["SLIGHT", "ORDINARY", "GRAVE"])),
        },
    }
    without_it, with_it = judged(shipped, **more), judged(shipped, crises=[CRISIS], **more)
    assert kindness.rank(with_it.result) <= kindness.rank(without_it.result)
    assert with_it.trace == without_it.trace, "a layer over the table, never in it"


# Pledge, minors, duty holders, lateness -------------------------------------------------------------------------


def test_without_a_pledge_t2_goes_to_legal_and_t1_is_unaffected(shipped: ExemptionList) -> None:
    t2 = judged(shipped, found={"harm": "MINOR", "pledge_signed": None, "refused_to_sign": True})
    assert (t2.result, t2.needs_legal) == (R.EXEMPT_T2_MAY, True)
    assert "refused to sign" in layer(t2.layers, "pledge").why
    t1 = judged(shipped, found={"pledge_signed": None, "refused_to_sign": True})
    assert (t1.result, t1.needs_legal, t1.layers) == (R.EXEMPT_T1_SHALL, False, [])


def test_a_minor_is_treated_more_lightly_with_a_guardian_present(shipped: ExemptionList) -> None:
    one = judged(shipped, found={"minor": True})
    assert one.lighter
    assert one.undecided == ["guardian_present"]
    assert judged(shipped, found={"minor": True, "guardian_present": True}).undecided == []


def test_the_article_says_who_answers_builder_or_owner(shipped: ExemptionList) -> None:
    assert judged(shipped, item_code="CG-13", found={"party_role": "builder"}).undecided == []
    assert judged(shipped, item_code="CG-13", found={"party_role": "owner"}).undecided == ["subject"]
    assert judged(shipped, item_code="CG-14", found={"party_role": "owner"}).undecided == []


def test_late_for_a_cause_beyond_control_counts_as_in_time_for_that_deadline_only(shipped: ExemptionList) -> None:
    due = ACT + timedelta(minutes=50)
    late: dict[str, Any] = {"order_due_at": due, "corrected_at": due + timedelta(minutes=30)}
    assert judged(shipped, **late).facts.cor is Correction.LATE
    accepted = LateAccepted(due_at=due, by="中队长", at=NOW, reason="停电")
    one = judged(shipped, late_accepted=accepted, **late)
    assert (one.facts.cor, one.rule) == (Correction.IN_TIME, "R18")
    assert any("停电" in note for note in one.notes)
    other = accepted.model_copy(update={"due_at": due - timedelta(hours=1)})
    assert judged(shipped, late_accepted=other, **late).facts.cor is Correction.LATE


def test_corrected_before_any_order_counts_as_timely(shipped: ExemptionList) -> None:
    one = judged(shipped, order_served_at=None, order_due_at=None)
    assert (one.facts.cor, one.rule) == (Correction.IN_TIME, "R18")


# Modes ----------------------------------------------------------------------------------------------------------

CARD = CameraStanding(mode="OFFSITE", wanted="OFFSITE", legal_basis="《某条例》第九条", missing=[])
REVIEW = RecordReview(by="审核员", at=NOW, passed=True, note="")


@pytest.mark.parametrize(
    ("camera", "review", "officers", "ev"),
    [
        (None, REVIEW, None, Evidence.UNREVIEWED),
        (None, None, ["1", "2"], Evidence.OK),
        (CARD, None, None, Evidence.UNREVIEWED),
        (CARD, REVIEW, None, Evidence.OK),
        (CARD, REVIEW.model_copy(update={"passed": False}), None, Evidence.INSUFFICIENT),
        (CARD.model_copy(update={"mode": "CLUE", "missing": ["sign_photo_sha256"]}), REVIEW, None,
         Evidence.UNREVIEWED),
        (CARD.model_copy(update={"mode": "CLUE", "wanted": "CLUE"}), REVIEW, None, Evidence.UNREVIEWED),
    ],
)  # fmt: skip
def test_a_record_is_evidence_only_by_two_officers_or_offsite_with_card_and_review(
    shipped: ExemptionList, camera: Any, review: Any, officers: Any, ev: Evidence
) -> None:
    one = judged(shipped, camera=camera, record_review=review, found={"officers": officers})
    assert one.facts.ev is ev


# Unverified data ------------------------------------------------------------------------------------------------


def test_what_is_not_verified_is_said(shipped: ExemptionList) -> None:
    notes = " ".join(judged(shipped).notes)
    for said in ("CG-01 is not verified", "punishes only refusal is not known", "ceiling is a proposal"):
        assert said in notes
    assert "no fine was found" in " ".join(judged(shipped, item_code="CG-29").notes)


def test_off_the_list(shipped: ExemptionList) -> None:
    one = judged(shipped, item_code=None)
    assert (one.rule, one.item_code) == ("R19", None)
    assert judged(None).rule == "R19"
    assert any("is not in this version" in note for note in judged(shipped, item_code="CG-99").notes)


def test_the_answer_is_the_tables_whatever_lies_over_it(shipped: ExemptionList) -> None:
    for listed in shipped.items:
        one = judged(shipped, item_code=listed.code)
        assert BY_CODE[one.rule].result is one.table_result
        assert one.trace[-1]["rule"] == one.rule


def test_the_same_matter_lists_and_time_give_the_same_answer(shipped: ExemptionList) -> None:
    asked = matter(shipped, also_item_codes=["CG-03"])
    assert judge(asked, [shipped], NOW) == judge(
        type(asked).model_validate_json(asked.model_dump_json()), [shipped], NOW
    )
