"""Matters as the tests need them: a slight, harmless, corrected, first act of a fruit shop, changed in one thing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from server.policy.answer import Answer, ItemAnswer
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.facts import First, PermitStanding
from server.policy.judge import countings, judge
from server.policy.matter import Counted, Matter, Measured

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
ACT = NOW - timedelta(hours=3)
BEFORE_CODE = datetime(2026, 8, 14, 4, 0, tzinfo=UTC)
FOUND: dict[str, Any] = {"officers": ["JS-001", "JS-002"], "harm": "NONE", "sev": "SLIGHT", "pledge_signed": True}


def matter(listing: ExemptionList | None = None, first: First = First.YES, **more: Any) -> Matter:
    """A matter; `found` changes findings, `first` is counted for whatever the lists ask."""
    found = FOUND | more.pop("found", {})
    lists = more.pop("lists", [listing])
    area, sigma = more.pop("area_m2", None), more.pop("sigma_m2", None)
    fields: dict[str, Any] = {
        "case_id": "case-1", "district": "local", "violation": "outdoor_display", "item_code": "CG-01",
        "findings": {name: value for name, value in found.items() if value is not None},
        "began_at": ACT, "last_seen_at": ACT + timedelta(minutes=10),
        "measured": Measured(area_m2=area, sigma_m2=sigma, by="camera") if area is not None else None,
        "order_served_at": ACT + timedelta(minutes=20), "order_due_at": ACT + timedelta(minutes=50),
        "corrected_at": ACT + timedelta(minutes=40), "verified_at": ACT + timedelta(minutes=60),
        "subject_known": True, "objection_open": False, "permit": PermitStanding.NONE, "counted": [],
    }  # fmt: skip
    bare = Matter(**(fields | more))
    counted = [
        Counted(nature=nature, months=months, exemptions=exemptions, first=first, priors=[])
        for nature, months, exemptions in countings(bare, lists)
    ]
    return bare.model_copy(update={"counted": counted})


def at(act: datetime, **more: Any) -> dict[str, Any]:
    """The times of a matter that began at `act`."""
    return {
        "began_at": act, "last_seen_at": act + timedelta(minutes=10), "order_served_at": act + timedelta(minutes=20),
        "order_due_at": act + timedelta(minutes=50), "corrected_at": act + timedelta(minutes=40),
        "verified_at": act + timedelta(minutes=60),
    } | more  # fmt: skip


def judged(listing: ExemptionList | None, now: datetime = NOW, **more: Any) -> ItemAnswer:
    """The answer that decides, under one list."""
    return answered([listing], now, **more).side.one


def answered(lists: list[ExemptionList | None], now: datetime = NOW, **more: Any) -> Answer:
    """The whole answer."""
    return judge(matter(lists=lists, **more), lists, now)


def changed(listing: ExemptionList, code: str, version: str = "2027.1", **more: Any) -> ExemptionList:
    """The list with one item changed, as another version."""
    items = [item.model_copy(update=more) if item.code == code else item for item in listing.items]
    return listing.model_copy(update={"items": items, "version": version})


def without(listing: ExemptionList, code: str, version: str = "2027.1") -> ExemptionList:
    """The list without one item."""
    return listing.model_copy(
        update={"items": [item for item in listing.items if item.code != code], "version": version}
    )  # fmt: skip


def item(listing: ExemptionList, code: str) -> ExemptionItem:
    """An item that is there."""
    found = listing.item(code)
    assert found is not None
    return found
