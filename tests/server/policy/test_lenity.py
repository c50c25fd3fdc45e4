"""Which law an act falls under, and the lenity test (Penalty Law 37, Code 1057)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.lenity import Lenity, Lighter, bases_on, lenity
from server.policy.statutes import Fine

CHANGE = date(2026, 8, 15)
BEFORE, AFTER = CHANGE - timedelta(days=1), date(2026, 11, 20)


def judged(listing: ExemptionList, code: str, act: date = BEFORE, began: date | None = None, **more: object) -> Lenity:
    return lenity(item(listing, code), listing.statutes, began or act, act, AFTER, **more)  # type: ignore[arg-type]


def item(listing: ExemptionList, code: str) -> ExemptionItem:
    found = listing.item(code)
    assert found is not None
    return found


def laws(listing: ExemptionList, code: str, day: date) -> set[str]:
    return {basis.law for basis in bases_on(item(listing, code), listing.statutes, day)}


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("CG-13", {"AIR"}, {"EEC"}),
        ("CG-08", {"SR", "SWL"}, {"SR", "EEC"}),
        ("CG-26", {"NOI"}, {"EEC"}),
        ("CG-19", {"SR", "CW139", "AIR"}, {"EEC", "SR", "CW139"}),
        ("CG-20", {"CW139"}, {"EEC"}),
        ("CG-01", {"SR", "JS23"}, {"SR", "JS23"}),
    ],
)
def test_the_last_day_of_the_old_law_and_the_first_of_the_new(
    shipped: ExemptionList, code: str, before: set[str], after: set[str]
) -> None:
    assert laws(shipped, code, BEFORE) == before
    assert laws(shipped, code, CHANGE) == after


def test_before_may_2023_the_older_provincial_regulation(shipped: ExemptionList) -> None:
    assert laws(shipped, "CG-01", date(2023, 4, 30)) == {"SR", "JS12"}
    assert laws(shipped, "CG-01", date(2023, 5, 1)) == {"SR", "JS23"}


@pytest.mark.parametrize(
    ("code", "lighter", "applies", "legal"),
    [
        ("CG-23", Lighter.NEWER, "newer", False),  # barbecue: 500-20000 became 500-5000
        ("CG-13", Lighter.SAME, "earlier", False),  # 10k-100k both
        ("CG-18", Lighter.SAME, "earlier", False),
        ("CG-30", Lighter.SAME, "earlier", False),
        ("CG-26", Lighter.SAME, "earlier", False),
        ("CG-08", Lighter.EARLIER, "earlier", False),  # individuals 100-500 then, 100-1000 now
        ("CG-10", Lighter.UNKNOWN, "earlier", True),  # serious only then, refusing only now
        ("CG-20", Lighter.UNKNOWN, "earlier", True),  # the older rule was not verified
    ],
)
def test_environmental_acts_before_the_code(
    shipped: ExemptionList, code: str, lighter: Lighter, applies: str, legal: bool
) -> None:
    found = judged(shipped, code)
    assert found.needed
    assert (found.lighter, found.applies, found.needs_legal) == (lighter, applies, legal), found.why
    assert found.law_day == (AFTER if applies == "newer" else BEFORE)


def test_both_sides_and_the_reason_are_kept(shipped: ExemptionList) -> None:
    found = judged(shipped, "CG-23")
    one = found.comparisons[0]
    assert (one.earlier.min_yuan, one.earlier.max_yuan) == (500, 20000)
    assert (one.newer.min_yuan, one.newer.max_yuan) == (500, 5000)
    assert "the highest fine decides" in found.why
    assert (found.laws_then, found.laws_now) == (["AIR"], ["EEC"])


def test_after_the_change_there_is_nothing_to_compare(shipped: ExemptionList) -> None:
    found = judged(shipped, "CG-23", act=CHANGE)
    assert (found.needed, found.applies, found.needs_legal) == (False, "earlier", False)


def test_an_act_that_went_on_while_the_law_changed_goes_to_legal(shipped: ExemptionList) -> None:
    found = judged(shipped, "CG-13", act=CHANGE, began=BEFORE)
    assert (found.spans, found.needs_legal, found.needed) == (True, True, False)


def test_an_act_punished_only_for_refusing_is_lighter(shipped: ExemptionList) -> None:
    refusing = Fine(law="EEC", articles=["1132(3)"], when="refusal", min_yuan=10**6, max_yuan=10**7, verified=True)
    then = [fine for fine in item(shipped, "CG-23").fines if fine.law == "AIR"]
    changed = item(shipped, "CG-23").model_copy(update={"fines": [*then, refusing]})
    found = lenity(changed, shipped.statutes, BEFORE, BEFORE, AFTER)
    assert (found.lighter, found.applies) == (Lighter.NEWER, "newer")


def test_an_unverified_amount_is_never_compared(shipped: ExemptionList) -> None:
    doubted = [fine.model_copy(update={"verified": False}) for fine in item(shipped, "CG-23").fines]
    changed = item(shipped, "CG-23").model_copy(update={"fines": doubted})
    found = lenity(changed, shipped.statutes, BEFORE, BEFORE, AFTER)
    assert (found.lighter, found.needs_legal) == (Lighter.UNKNOWN, True)


@given(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted),
)
def test_the_party_never_gets_the_heavier_fine(shipped: ExemptionList, then: list[int], now: list[int]) -> None:
    fines = [
        Fine(law="AIR", articles=["118(3)"], min_yuan=then[0], max_yuan=then[1], verified=True),
        Fine(law="EEC", articles=["1132(3)"], min_yuan=now[0], max_yuan=now[1], verified=True),
    ]
    changed = item(shipped, "CG-23").model_copy(update={"fines": fines})
    found = lenity(changed, shipped.statutes, BEFORE, BEFORE, AFTER)
    chosen, other = (now, then) if found.applies == "newer" else (then, now)
    assert (chosen[1], chosen[0]) <= (other[1], other[0])
