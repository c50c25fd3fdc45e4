"""A subject's past, put straight into the tables: cases, findings and what became of them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import SYSTEM
from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.ledger import service as ledger
from server.ledger.window import Kind
from server.policy.facts import (
    Correction,
    Evidence,
    Facts,
    First,
    Harm,
    Jurisdiction,
    Listing,
    PermitStanding,
    Precondition,
    Severity,
    SubjectStanding,
)

FACTS = Facts(
    ev=Evidence.OK, vio=True, permit=PermitStanding.NONE, juris=Jurisdiction.OURS, crime=False,
    subj=SubjectStanding.KNOWN, obj=False, barred=False, incap=False, nofault=False, pre=Precondition.NONE,
    cor=Correction.IN_TIME, obstruct=False, harm=Harm.MINOR, sev=Severity.SLIGHT, first=First.YES, lst=Listing.BOTH,
)  # fmt: skip


def case(session: Session, subject_id: UUID, number: str, at: datetime, state: str = "C1") -> Case:
    """A case of an act at `at`."""
    row = Case(
        id=uuid7(at), number=number, state=state, edge_id="edge-1", camera_id="cam-1", zone_id="z1",
        violation="outdoor_display", violation_version=1, item_code="CG-01", permit="none", subject_id=subject_id,
        opened_at=at, began_at=at, last_seen_at=at, verified_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def finding(session: Session, row: Case, *events: tuple[Kind, datetime]) -> None:
    """Its finding in the ledger with these events."""
    ledger.record(session, row.subject_id, "street_trading", "CG-01", row.id, row.began_at, SYSTEM, row.began_at)
    for kind, at in events:
        ledger.note(session, row.id, kind, at, SYSTEM, at)


def exempted(session: Session, row: Case, at: datetime, outcome: str = "exempt_t2") -> None:
    """The decision not to punish, served."""
    recommended = RecommendationRow(
        id=uuid7(at), case_id=row.id, case_version=1, at=at, rule="R23", result="EXEMPT_T2_MAY", list_version="x@1",
        body={"priors": [], "facts": FACTS.model_dump(mode="json")},
    )  # fmt: skip
    session.add(recommended)
    session.flush()
    session.add(
        DecisionRow(
            id=uuid7(at), case_id=row.id, case_version=1, recommendation_id=recommended.id, outcome=outcome,
            differs=False, reason="", decided_by=SYSTEM.id, decided_by_name="负责人", decided_at=at,
            list_version="x@1", rule="R23", result="EXEMPT_T2_MAY",
        )
    )  # fmt: skip
    session.flush()
    finding(session, row, (Kind.NO_PENALTY_SERVED, at))
