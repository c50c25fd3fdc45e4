"""What is known of a case, gathered from the rows of every room that knows something of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from edge.contracts.taxonomy import PermitRelation
from server.alerts.tables import Alert, AlertReport
from server.cases.tables import Case
from server.cases.workflow import State
from server.crisis import late
from server.crisis import service as crisis
from server.dispatch import service as dispatch
from server.ledger import service as ledger
from server.ledger.window import Count
from server.objections import service as objections
from server.offsite import service as offsite
from server.permits import service as permits
from server.permits.standing import Act, Judgment
from server.policy.exemptions import ExemptionList
from server.policy.facts import First
from server.policy.judge import countings
from server.policy.matter import Counted, Matter, Measured, PriorRead
from server.policy.statutes import Party
from server.subjects import service as subjects
from server.subjects.tables import Subject


def gather(
    session: Session,
    case: Case,
    lists: Sequence[ExemptionList | None],
    *,
    locked: bool = False,
    verified_at: datetime | None = None,
) -> Matter:
    """Everything that judging needs. `first` is counted for every nature that one of the lists gives the act.

    `locked` holds the subject, for use in a decision; `verified_at` stands in for a verification not made yet.
    """
    subject = subjects.get(session, case.subject_id)
    permit = _permit(session, case, subject)
    bare = Matter(
        case_id=str(case.id),
        district=case.district,
        violation=case.violation,
        item_code=case.item_code,
        also_item_codes=case.findings.get("also_item_codes", []),
        findings=case.findings,
        began_at=case.began_at,
        last_seen_at=case.last_seen_at,
        measured=measured(session, case),
        order_served_at=case.order_served_at,
        order_due_at=case.order_due_at,
        corrected_at=case.corrected_at,
        verified_at=case.verified_at or verified_at,
        subject_known=subjects.is_named(subject),
        party=party_of(subject),
        objection_open=State(case.state) in (State.L2, State.L8) or objections.is_open(session, case.id),
        permit=permit.standing,
        permit_notes=list(permit.notes),
        in_power=dispatch.is_ours(session, case, case.opened_at),
        counted=[],
        late_accepted=late.late_accepted(session, case),
        alert_days=crisis.alert_days(session, case.district, case.began_at, case.last_seen_at),
        crises=crisis.crises_of(session, case),
        camera=offsite.standing(session, case.edge_id, case.camera_id, case.began_at),
        record_review=offsite.newest_review(session, case.id),
    )
    counted = [count_for(session, case, *asked, locked=locked) for asked in countings(bare, lists)]
    return bare.model_copy(update={"counted": counted})


def measured(session: Session, case: Case) -> Measured | None:
    """The area that goes against the ceiling: what officers measured on site, else the largest that a camera saw.

    Of an act of several subjects only this one's share of what the camera saw (`server.siblings`).
    """
    found = case.findings
    if found.get("area_m2") is not None:
        return Measured(area_m2=found["area_m2"], sigma_m2=found.get("area_m2_sigma"), by="officers")
    if case.peak_area_m2 is None:
        return None
    share, sigma = found.get("harm_share", 1.0), _sigma(session, case)
    return Measured(
        area_m2=case.peak_area_m2 * share, sigma_m2=None if sigma is None else sigma * share, by="camera"
    )  # fmt: skip


def party_of(subject: Subject) -> Party:
    """Whom fines are threatened to. A sole trader (92...) may be taken as either: both are looked at."""
    if subject.kind == "individual":
        return "individual"
    return "unit" if subject.code and not subject.code.startswith("92") else "any"


def _permit(session: Session, case: Case, subject: Subject) -> Judgment:
    beyond = [look["beyond_permit_m"] for look in _looks(session, case) if look.get("beyond_permit_m") is not None]
    act = Act(
        case.began_at, case.last_seen_at, PermitRelation(case.permit), max(beyond, default=None), case.peak_area_m2,
        subject.id if subjects.is_named(subject) else None,
    )  # fmt: skip
    return permits.judgment(session, case.camera_id, case.zone_id, act)


def _sigma(session: Session, case: Case) -> float | None:
    looks = [look for look in _looks(session, case) if look.get("area_m2") is not None]
    largest = max(looks, key=lambda look: look["area_m2"], default=None)
    return largest.get("area_m2_sigma") if largest else None


def _looks(session: Session, case: Case) -> list[dict[str, Any]]:
    """Every measurement of the act itself that cameras sent."""
    wanted = (
        select(AlertReport.measurement)
        .join(Alert, col(Alert.id) == col(AlertReport.alert_id))
        .where(col(Alert.case_id).in_([case.id, case.sibling_of]), AlertReport.kind != "cleared")
    )
    return [dict(look) for look in session.exec(wanted)]


def count_for(
    session: Session, case: Case, nature: str, months: int, exemptions: bool, *, locked: bool = False
) -> Counted:
    """`first` for the case's subject; without anybody named it is YES (the table asks for the subject before it)."""
    count = Count(First.YES, ())
    if subjects.is_named(subjects.get(session, case.subject_id)):
        count = ledger.first_for(
            session, case.subject_id, nature, case.began_at, months, except_case=case.id, locked=locked,
            exemptions_count=exemptions,
        )  # fmt: skip
    priors = [
        PriorRead(offence_id=str(prior.offence_id), served_at=prior.served_at, standing=prior.standing)
        for prior in count.rests_on
    ]
    return Counted(nature=nature, months=months, exemptions=exemptions, first=count.first, priors=priors)
