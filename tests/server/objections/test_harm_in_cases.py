"""Whatever is said and decided in whatever order: nothing is decided heavier than what stood when the party spoke."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import SYSTEM
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.db import Database
from server.errors import Conflict
from server.objections import service
from server.objections.harm import WEIGHT, standing
from server.policy.rules import Result
from tests.server.corrections.decided import case_in
from tests.server.ledger.writers import make_subject

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
OUTCOMES = [("no_violation", Result.NO_VIOLATION), ("no_penalty", Result.NO_PENALTY_NO_FAULT),
            ("exempt_t1", Result.EXEMPT_T1_SHALL), ("exempt_t2", Result.EXEMPT_T2_MAY),
            ("penalty_track", Result.PENALTY_TRACK_LIGHTER), ("penalty_track", Result.PENALTY_TRACK)]  # fmt: skip
ACTS = st.lists(st.one_of(st.just("speak"), st.just("renew"), st.sampled_from(OUTCOMES)), min_size=2, max_size=10)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_never_heavier_than_when_the_party_spoke(database: Database, acts: list[str | tuple[str, Result]]) -> None:
    shop = make_subject(database, "shop")
    with database.session_scope() as session:
        case = case_in(session, shop, START, "C1")
        stood: int | None = None  # what stands now
        ceiling: int | None = None  # the least that stood when the party spoke, since the last new ground
        for hour, act in enumerate(acts, 1):
            now = START + timedelta(hours=hour)
            if isinstance(act, tuple):
                outcome, result = act
                weight = WEIGHT[standing(outcome, result)]
                allowed = ceiling is None or weight <= ceiling
                assert decide(session, case, outcome, result, now) == allowed
                stood = weight if allowed else stood
            elif act == "speak":
                service.lodged(session, case, "不服", SYSTEM, "officer", "来信", now)
                known = [weight for weight in (ceiling, stood) if weight is not None]
                ceiling = min(known) if known else None
            else:
                step(session, case, now)
                stood = ceiling = None


def decide(session: Session, case: Case, outcome: str, result: Result, now: datetime) -> bool:
    """As the move does it; whether it was let through."""
    try:
        service.check_not_heavier(session, case, outcome, result)
    except Conflict:
        return False
    case.version += 1
    basis = RecommendationRow(
        id=uuid7(now), case_id=case.id, case_version=case.version, at=now, rule="R18", result=result.value,
        list_version=None, body={},
    )  # fmt: skip
    session.add(basis)
    session.flush()
    session.add(
        DecisionRow(
            id=uuid7(now), case_id=case.id, case_version=case.version, recommendation_id=basis.id, outcome=outcome,
            differs=False, reason="", decided_by=UUID(int=7), decided_by_name="", decided_at=now, list_version=None,
            rule="R18", result=result.value,
        )
    )  # fmt: skip
    session.flush()
    return True


def step(session: Session, case: Case, now: datetime) -> None:
    """The authority takes the case up again by itself."""
    case.version += 1
    session.add(
        CaseStep(
            id=uuid7(now), case_id=case.id, ordinal=case.version, kind="transition", at=now, actor_id=UUID(int=7),
            actor_name="", actor_role="head", from_state="C1", to_state="L9", reason="", fields={}, before={},
            after={}, previous_hash="", hash="",
        )
    )  # fmt: skip
    session.flush()
