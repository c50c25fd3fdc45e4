"""What other rooms hold about a subject, read for its archive."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.permits import LOCAL
from server.alerts.tables import Alert
from server.auth.reach import EVERYWHERE, Reach
from server.cases.tables import Case, DecisionRow
from server.documents.tables import EducationRecord, Pledge, PledgeOutcome
from server.ledger import repository as ledger
from server.ledger.window import Kind, Standing, standing_of, window_end
from server.objections.tables import Objection
from server.permits import repository as permits
from server.policy import publication
from server.subjects.views import Finding, PermitFact

LOOK_BACK_MONTHS = 24
"""For an act that is on no list: as long as every item of the list looks back (domain rules §1)."""
_OUTCOMES = (
    (Kind.PENALTY_SERVED, "penalty"),
    (Kind.NO_PENALTY_SERVED, "no_penalty"),
    (Kind.ORDER_WITH_PLEDGE_SERVED, "order"),
)


def findings(session: Session, subject_id: UUID, today: date, reach: Reach = EVERYWHERE) -> list[Finding]:
    """The subject's findings in the order of the acts, each with what became of it (other districts: see `Finding`)."""
    rows = ledger.of_subject(session, subject_id)
    events = ledger.events_of(session, rows)
    cases = {case.id: case for case in cases_of(session, subject_id)}
    listing = publication.exemptions_on(session, today)
    found: list[Finding] = []
    for row in rows:
        told = events.get(row.id, [])
        kinds = {kind for kind, _ in told}
        stands = standing_of(row.id, told)
        case = cases.get(row.case_id) or session.get(Case, row.case_id)
        item = listing.item(row.item_code) if listing else None
        months = item.look_back.months if item else LOOK_BACK_MONTHS
        void = stands.standing in (Standing.VOID, Standing.NOT_SERVED)
        near = case is None or reach.holds(case.district)
        found.append(
            Finding(
                offence_id=row.id if near else None, case_id=row.case_id if near else None,
                case_number=case.number if case and near else "", item_code=row.item_code if near else "",
                nature_group=row.nature_group, act_at=row.act_at,
                outcome=next((name for kind, name in _OUTCOMES if kind in kinds), "none"),
                standing=stands.standing.value, served_at=stands.served_at,
                performed_at=case.verified_at if case else None,
                window_ends=None if void or stands.served_at is None else window_end(stands.served_at, months),
            )
        )  # fmt: skip
    return found


def permit_facts(session: Session, subject_id: UUID, now: datetime, reach: Reach = EVERYWHERE) -> list[PermitFact]:
    """The subject's permits as anybody may know them."""
    today = now.astimezone(LOCAL).date()
    return [
        PermitFact(
            number=row.number or row.id, goods=row.goods, valid_from=row.valid_from, valid_to=row.valid_to,
            status=permits.status_on(row, now, today).value,
        )
        for row in permits.of_subject(session, subject_id)
        if reach.holds(row.district)
    ]  # fmt: skip


def cases_of(session: Session, subject_id: UUID, reach: Reach = EVERYWHERE) -> list[Case]:
    """The subject's cases, oldest first."""
    wanted = reach.limit(select(Case), Case.district).where(Case.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(Case.id))).all())


def alerts_of(session: Session, subject_id: UUID, limit: int, reach: Reach = EVERYWHERE) -> list[Alert]:
    """The newest alerts about the subject's zones."""
    wanted = reach.limit(select(Alert), Alert.district).where(Alert.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(Alert.raised_at).desc()).limit(limit)).all())


def decisions_of(session: Session, case_ids: list[UUID]) -> list[DecisionRow]:
    """What people decided in these cases, oldest first."""
    wanted = select(DecisionRow).where(col(DecisionRow.case_id).in_(case_ids))
    return list(session.exec(wanted.order_by(col(DecisionRow.decided_at), col(DecisionRow.id))).all())


def objections_of(session: Session, subject_id: UUID, reach: Reach = EVERYWHERE) -> list[Objection]:
    """What the subject objected to, oldest first."""
    wanted = reach.limit(select(Objection), Objection.district).where(Objection.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(Objection.lodged_at), col(Objection.id))).all())


def pledges_of(session: Session, subject_id: UUID) -> list[tuple[Pledge, PledgeOutcome | None]]:
    """What it promised in writing, and whether it was kept (the last word stands)."""
    wanted = select(Pledge).where(Pledge.subject_id == subject_id).order_by(col(Pledge.signed_at), col(Pledge.id))
    rows = list(session.exec(wanted).all())
    last: dict[UUID, PledgeOutcome] = {}
    outcomes = select(PledgeOutcome).where(col(PledgeOutcome.pledge_id).in_([row.id for row in rows]))
    for outcome in session.exec(outcomes.order_by(col(PledgeOutcome.at), col(PledgeOutcome.id))):
        last[outcome.pledge_id] = outcome
    return [(row, last.get(row.id)) for row in rows]


def education_of(session: Session, subject_id: UUID) -> list[EducationRecord]:
    """The education it was given, oldest first."""
    wanted = select(EducationRecord).where(EducationRecord.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(EducationRecord.given_at), col(EducationRecord.id))).all())
