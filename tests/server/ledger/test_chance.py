"""Rules (b), "What uses up the chance": every row, through the loop or the ledger, as what the next act is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from server.auth.person import SYSTEM
from server.db import Database
from server.ledger import service
from server.ledger.flags import Act, many_natures
from server.ledger.rules import shipped
from server.ledger.tables import Offence
from server.ledger.window import Kind
from server.policy.facts import First
from tests.server.corrections.decided import found
from tests.server.ledger.writers import MONTHS, NATURE, make_subject

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
NEXT = START + timedelta(days=100)
K = Kind

ROWS: dict[str, tuple[list[Kind], First]] = {
    # Yes
    "effective penalty": ([K.PENALTY_SERVED], First.NO),
    "served no-penalty decision": ([K.NO_PENALTY_SERVED], First.NO),
    "served written order with signed pledge": ([K.ORDER_WITH_PLEDGE_SERVED], First.NO),
    "a penalty upheld after objection": ([K.PENALTY_SERVED, K.CHALLENGED, K.UPHELD], First.NO),
    # No
    "found and not served yet": ([], First.YES),
    "R13, no fault, no capacity, time bar: decided, no chance used": ([K.RELEASED], First.YES),
    "R13 after an order with pledge": ([K.ORDER_WITH_PLEDGE_SERVED, K.RELEASED], First.YES),
    "decision quashed": ([K.PENALTY_SERVED, K.CHALLENGED, K.QUASHED], First.YES),
    "decision revoked (false pledge, L9) and no penalty yet": ([K.NO_PENALTY_SERVED, K.QUASHED], First.YES),
    "false pledge: revoked, then penalised in time": ([K.NO_PENALTY_SERVED, K.QUASHED, K.PENALTY_SERVED], First.NO),
    # Pending
    "under objection": ([K.NO_PENALTY_SERVED, K.CHALLENGED], First.PENDING),
    "under reconsideration or suit": ([K.PENALTY_SERVED, K.CHALLENGED], First.PENDING),
    "objection dismissed, suit runs": ([K.PENALTY_SERVED, K.CHALLENGED, K.CHALLENGED, K.UPHELD], First.PENDING),
}  # fmt: skip


@pytest.fixture
def shop(database: Database) -> UUID:
    return make_subject(database, "shop")


def told(session: Session, offence: Offence, kinds: list[Kind], **more: Any) -> First:
    for day, kind in enumerate(kinds, 1):
        at = START + timedelta(days=day)
        service.append(session, offence, kind, at, SYSTEM, at, "")
    return service.first_for(session, offence.subject_id, NATURE, more.pop("act_at", NEXT), MONTHS, **more).first


@pytest.mark.parametrize("row", ROWS)
def test_the_row(session: Session, shop: UUID, row: str) -> None:
    kinds, first = ROWS[row]
    assert told(session, found(session, shop, START), kinds) is first


def test_the_served_date_counts_not_the_recorded_one(session: Session, shop: UUID) -> None:
    offence = found(session, shop, START)
    served, recorded = START + timedelta(days=1), START + timedelta(days=50)
    service.append(session, offence, K.NO_PENALTY_SERVED, served, SYSTEM, recorded, "")
    assert told(session, offence, [], act_at=served + timedelta(hours=1)) is First.NO
    assert told(session, offence, [], act_at=served - timedelta(hours=1)) is First.YES


@pytest.mark.parametrize(("kind", "first"), [(K.NO_PENALTY_SERVED, First.YES), (K.PENALTY_SERVED, First.NO)])
def test_a_list_may_say_that_an_earlier_exemption_does_not_count(
    session: Session, shop: UUID, kind: Kind, first: First
) -> None:
    assert told(session, found(session, shop, START), [kind], exemptions_count=False) is first


def test_an_order_with_pledge_still_counts_where_exemptions_do_not(session: Session, shop: UUID) -> None:
    kinds = [K.ORDER_WITH_PLEDGE_SERVED, K.NO_PENALTY_SERVED]
    assert told(session, found(session, shop, START), kinds, exemptions_count=False) is First.NO


def acts(*days: tuple[str, int]) -> list[Act]:
    return [Act(nature, START + timedelta(days=day)) for nature, day in days]


def test_three_natures_in_ninety_days_raise_a_flag_and_nothing_else() -> None:
    rule = shipped().different_natures
    assert many_natures(acts(("a", 0), ("b", 40), ("c", 90)), rule) is not None
    assert many_natures(acts(("a", 0), ("b", 40), ("c", 91)), rule) is None
    assert many_natures(acts(("a", 0), ("b", 40), ("a", 60)), rule) is None
    assert many_natures(acts(("a", 0), ("b", 40)), rule.model_copy(update={"count": 2, "days": 40})) is not None
    assert many_natures([], rule) is None
