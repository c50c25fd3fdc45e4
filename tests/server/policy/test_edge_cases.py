"""The edge cases of the domain rules (b) that the law itself decides, each by its own name.

`edge_cases.md` maps every row of that table to its tests, here and in the other rooms.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from server.ledger.window import Kind, count_first, standing_of
from server.policy.exemptions import ExemptionList, Tier
from server.policy.facts import Correction, Evidence, First, Listing, PermitStanding
from server.policy.judge import countings
from server.policy.matter import AlertDay, LateAccepted
from server.policy.rules import Result
from tests.server.policy.matters import ACT, BEFORE_CODE, NOW, answered, at, changed, judged, matter

R = Result
TWO_YEARS = 24


def counted(act_at: datetime, *events: tuple[Kind, datetime]) -> First:
    return count_first(act_at, [standing_of(uuid4(), events)], TWO_YEARS).first


def test_a_repeat_inside_the_window_closes_t2_and_leaves_t1_to_legal_review(shipped: ExemptionList) -> None:
    t2 = judged(shipped, first=First.NO, found={"harm": "MINOR"})
    assert (t2.rule, t2.result) == ("R22", R.PENALTY_TRACK_LIGHTER)
    slight = judged(shipped, first=First.NO, item_code="CG-13", found={"harm": "NONE"})
    assert (slight.rule, slight.result, slight.needs_legal) == ("R19", R.T1_LEGAL_REVIEW, True)
    assert judged(shipped, first=First.NO, item_code="CG-01").rule == "R18", "the slight-act exemption knows no first"


def test_an_earlier_exemption_counts_as_the_first() -> None:
    served = datetime(2026, 3, 1, tzinfo=UTC)
    assert counted(served + timedelta(days=1), (Kind.NO_PENALTY_SERVED, served)) is First.NO
    prior = standing_of(uuid4(), [(Kind.NO_PENALTY_SERVED, served)], exemptions_count=False)
    assert count_first(NOW, [prior], TWO_YEARS).first is First.YES, "where the list says that it does not"


def test_an_offence_of_another_nature_counts_separately(shipped: ExemptionList) -> None:
    trading, dust = matter(shipped), matter(shipped, item_code="CG-13")
    assert countings(trading, [shipped]) == [("street_trading", 24, True)]
    assert countings(dust, [shipped]) == [("site_dust", 24, True)]


def test_an_old_record_outside_the_window_is_ignored_for_first() -> None:
    served = datetime(2024, 3, 1, 4, tzinfo=UTC)
    assert counted(datetime(2026, 3, 1, 4, tzinfo=UTC), (Kind.PENALTY_SERVED, served)) is First.NO
    assert counted(datetime(2026, 3, 2, 4, tzinfo=UTC), (Kind.PENALTY_SERVED, served)) is First.YES


def test_under_objection_nothing_is_decided(shipped: ExemptionList) -> None:
    assert judged(shipped, objection_open=True).rule == "R07"
    assert judged(shipped, first=First.PENDING, found={"harm": "MINOR"}).rule == "R20"


def test_not_corrected_in_time_is_the_penalty_track_unless_the_leader_accepts_the_cause(
    shipped: ExemptionList,
) -> None:
    due = ACT + timedelta(minutes=50)
    late = {"order_due_at": due, "corrected_at": due + timedelta(minutes=5)}
    assert (judged(shipped, **late).rule, judged(shipped, **late).facts.cor) == ("R14", Correction.LATE)
    accepted = LateAccepted(due_at=due, by="中队长", at=NOW, reason="暴雨")
    one = judged(shipped, late_accepted=accepted, **late)
    assert (one.rule, one.facts.cor) == ("R18", Correction.IN_TIME)
    assert any("暴雨" in note for note in one.notes)


def test_a_continuing_act_is_one_act_and_its_limit_runs_from_its_end(shipped: ExemptionList) -> None:
    began = NOW.replace(year=2023)
    ended = NOW - timedelta(days=700)
    assert not judged(shipped, began_at=began, last_seen_at=ended).facts.barred
    assert judged(shipped, began_at=began, last_seen_at=NOW - timedelta(days=732)).facts.barred


def test_an_overrun_of_a_permit_is_an_act_like_any_other(shipped: ExemptionList) -> None:
    for standing in (PermitStanding.EXCEEDED, PermitStanding.EXPIRED_GRACE):
        one = judged(shipped, item_code="CG-28", permit=standing)
        assert (one.facts.permit, one.rule) == (standing, "R18")
    assert judged(shipped, permit=PermitStanding.WITHIN).rule == "R03"


def test_without_a_subject_nothing_is_offered(shipped: ExemptionList) -> None:
    assert judged(shipped, subject_known=False).rule == "R06"


def test_one_act_two_items_all_must_be_exempt_the_heaviest_decides(shipped: ExemptionList) -> None:
    one = answered([shipped], item_code="CG-12", also_item_codes=["CG-23"], found={"harm": "MINOR"}).side
    assert (one.one.item_code, one.one.result) == ("CG-12", R.EXEMPT_T2_MAY)
    other = answered([shipped], also_item_codes=["CG-25"]).side
    assert (other.one.item_code, other.one.result) == ("CG-25", R.LEGAL_REVIEW)
    assert "one fine at most" in other.layers[0].why


def test_two_acts_of_one_visit_are_judged_each_and_neither_makes_the_other_a_repeat(shipped: ExemptionList) -> None:
    served = ACT + timedelta(minutes=20)
    both_began = ACT
    assert counted(both_began, (Kind.ORDER_WITH_PLEDGE_SERVED, served)) is First.YES, "nobody had been told yet"
    assert judged(shipped).rule == "R18"
    assert judged(shipped, item_code="CG-15").rule == "R17"


def test_at_a_site_the_article_says_whether_builder_or_owner_answers(shipped: ExemptionList) -> None:
    for code, right, wrong in (("CG-13", "builder", "owner"), ("CG-14", "owner", "builder")):
        assert judged(shipped, item_code=code, found={"party_role": right}).undecided == []
        assert judged(shipped, item_code=code, found={"party_role": wrong}).undecided == ["subject"]


def test_on_an_alert_day_nothing_is_on_the_list_and_who_refuses_measures_is_never_exempt(
    shipped: ExemptionList,
) -> None:
    day = AlertDay(id="a", level="red", began_at=ACT, ended_at=None, source="预警")
    one = judged(shipped, item_code="CG-13", alert_days=[day], found={"harm": "MINOR"})
    assert (one.facts.lst, one.result) == (Listing.OFF, R.T2_LEGAL_REVIEW)
    refused = judged(shipped, item_code="CG-13", alert_days=[day], found={"alert_order_refused": True})
    assert refused.result is R.PENALTY_TRACK


def test_list_changed_between_act_and_decision_the_kinder_is_used_and_both_noted(shipped: ExemptionList) -> None:
    stricter = changed(shipped, "CG-01", tier=Tier.EXCLUDED, legal_review=True)
    for lists in ([shipped, stricter], [stricter, shipped]):
        answer = answered(list(lists))
        assert answer.side.list_version == shipped.key
        assert all(listing.key in answer.why for listing in lists)


def test_the_law_changed_on_2026_08_15_and_the_lenity_test_is_stored(shipped: ExemptionList) -> None:
    barbecue = judged(shipped, item_code="CG-23", **at(BEFORE_CODE)).lenity
    assert barbecue is not None
    assert (barbecue.laws_then, barbecue.laws_now, barbecue.applies) == (["AIR"], ["EEC"], "newer")
    dust = judged(shipped, item_code="CG-13", **at(BEFORE_CODE)).lenity
    assert dust is not None
    assert (dust.laws_then, dust.applies) == (["AIR"], "earlier")


def test_corrected_before_any_order_counts_as_timely(shipped: ExemptionList) -> None:
    assert judged(shipped, order_served_at=None, order_due_at=None).facts.cor is Correction.IN_TIME


def test_refusing_to_sign_sends_t2_to_legal_and_leaves_t1_alone(shipped: ExemptionList) -> None:
    unsigned = {"pledge_signed": None, "refused_to_sign": True}
    assert judged(shipped, found={"harm": "MINOR", **unsigned}).needs_legal
    t1 = judged(shipped, found=unsigned)
    assert (t1.result, t1.needs_legal) == (R.EXEMPT_T1_SHALL, False)


def test_a_minor_is_treated_more_lightly_and_a_guardian_must_be_present(shipped: ExemptionList) -> None:
    one = judged(shipped, found={"minor": True, "guardian_present": True})
    assert (bool(one.lighter), one.undecided) == (True, [])
    assert judged(shipped, found={"minor": True}).undecided == ["guardian_present"]
    assert judged(shipped, found={"incap": True}).rule == "R09", "under 14"


def test_a_camera_record_alone_is_never_enough(shipped: ExemptionList) -> None:
    one = judged(shipped, found={"officers": None})
    assert (one.facts.ev, one.rule) == (Evidence.UNREVIEWED, "R01")
