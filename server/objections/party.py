"""What a party sees of its own case: what was seen, what is asked, what it said and what was answered. Nothing else."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.permits import LOCAL
from edge.contracts.taxonomy import EvidenceRole
from server.alerts.tables import Alert
from server.cases.recommendation import item_of
from server.cases.tables import Case, CaseTimer, DecisionRow
from server.cases.workflow import NAMES, State
from server.documents import repository as documents
from server.documents.wording import Wording
from server.evidence.tables import EvidenceLink
from server.objections import pledging, repository, service
from server.objections.party_schemas import (
    Asked,
    AuthorityRead,
    MayDo,
    OutcomeRead,
    OwnCase,
    OwnCorrection,
    OwnObjection,
    OwnPledge,
    Remedy,
    Sighting,
)
from server.objections.phases import CORRECTING, PHASES
from server.objections.schemas import FileRead
from server.objections.tables import Objection
from server.policy.citations import citations
from server.subjects import service as subjects
from server.subjects.repository import premises_of

BLURRED = (EvidenceRole.WIDE_SHOWN.value, EvidenceRole.CLOSE_SHOWN.value)
TOLD_OF_OUTCOME = frozenset({"C1", "C3", "C4", "C5", "C8", "L8", "L9", "L5"})
"""States in which the party has been told of the decision."""


def own_case(session: Session, case: Case, wording: Wording, now: datetime) -> OwnCase:
    """The case as its party sees it."""
    listing, item = item_of(session, case)
    state = State(case.state)
    zh, en = NAMES[state]
    day = case.last_seen_at.astimezone(LOCAL).date()
    outcomes = _outcomes(session, case)
    pledged = [row for row in documents.pledges_of_case(session, case.id) if row.subject_id == case.subject_id]
    said = [row for row in repository.of_case(session, case.id) if row.subject_id == case.subject_id]
    return OwnCase(
        now=now,
        number=case.number,
        subject=subjects.get(session, case.subject_id).name,
        place=place_of(session, case.subject_id, now),
        item_zh=item.name.zh if item else "",
        item_en=item.name.en if item else "",
        stage_zh=zh,
        stage_en=en,
        phase=PHASES[state],
        seen=[_sighting(session, alert) for alert in _alerts(session, case.id)],
        asked=_asked(session, case),
        law=citations(item, day, listing.statutes if listing else {}).offence,
        may=MayDo(
            correct=state in CORRECTING, pledge=pledging.is_open(state, pledged), says=service.kind_of_word(case)
        ),
        pledge_text=pledging.text_of(session, case, now) if pledging.is_open(state, pledged) else "",
        pledges=[OwnPledge.model_validate(row, from_attributes=True) for row in pledged],
        corrections=_corrections(session, case),
        outcomes=outcomes,
        remedy=_remedy(wording) if outcomes or state in (State.W6,) else None,
        objections=[own_objection(session, row) for row in said],
        authority=authority_of(wording, case.district),
    )


def own_objection(session: Session, row: Objection) -> OwnObjection:
    """An objection without who of the authority answered."""
    files = [FileRead.model_validate(file) for file in repository.files_of(session, row.id)]
    kept = {name: getattr(row, name) for name in OwnObjection.model_fields if name != "files"}
    return OwnObjection(**kept, files=files)


def authority_of(wording: Wording, district: str) -> AuthorityRead:
    """Whom to ask."""
    found = wording.authority_of(district)
    return AuthorityRead(name=found.name, phone=found.phone, address=found.address)


def may_see(session: Session, case_id: UUID, sha256: str) -> bool:
    """Whether a picture is a blurred one of this case, in every use that this file has."""
    uses = session.exec(select(EvidenceLink).where(EvidenceLink.sha256 == sha256)).all()
    alerts = {alert.id for alert in _alerts(session, case_id)}
    return any(use.alert_id in alerts for use in uses) and all(use.role in BLURRED for use in uses)


def sent(session: Session, case_id: UUID, subject_id: UUID, sha256: str) -> bool:
    """Whether the party itself sent this file, over whichever of its links into this case."""
    return any(file.sha256 == sha256 for file in repository.files_from(session, case_id, subject_id))


def place_of(session: Session, subject_id: UUID, now: datetime) -> str:
    """The address of the one place that the subject holds now; "" when it holds several or none is on file."""
    held = [p for p in premises_of(session, subject_id) if p.valid_from <= now and (not p.valid_to or now < p.valid_to)]
    return f"{held[0].address}{held[0].door_number}" if len(held) == 1 else ""


def _alerts(session: Session, case_id: UUID) -> list[Alert]:
    return list(session.exec(select(Alert).where(Alert.case_id == case_id).order_by(col(Alert.began_at))).all())


def _sighting(session: Session, alert: Alert) -> Sighting:
    wanted = select(EvidenceLink.sha256).where(
        EvidenceLink.alert_id == alert.id, col(EvidenceLink.role).in_(BLURRED)
    )  # fmt: skip
    names = dict.fromkeys(session.exec(wanted.order_by(col(EvidenceLink.captured_at))).all())
    return Sighting(
        began_at=alert.began_at, last_seen_at=alert.last_captured_at, area_m2=alert.peak_area_m2, pictures=list(names)
    )


def _asked(session: Session, case: Case) -> Asked | None:
    if case.state == State.W0:
        timer = session.exec(select(CaseTimer).where(CaseTimer.case_id == case.id, col(CaseTimer.live))).first()
        return Asked(what_zh="自行改正", what_en="put it right", until=timer.due_at if timer else None)
    if case.state == State.W6:
        return Asked(what_zh="按责令改正通知改正", what_en="correct as ordered", until=case.order_due_at)
    return None


def _corrections(session: Session, case: Case) -> list[OwnCorrection]:
    together: dict[tuple[datetime, str], list[str]] = {}
    for file in repository.files_from(session, case.id, case.subject_id):
        if file.purpose == repository.CORRECTION and file.used_at is not None:
            together.setdefault((file.used_at, file.note), []).append(file.sha256)
    return [OwnCorrection(at=at, note=note, photos=names) for (at, note), names in sorted(together.items())]


def _outcomes(session: Session, case: Case) -> list[OutcomeRead]:
    if case.state not in TOLD_OF_OUTCOME:
        return []
    wanted = select(DecisionRow).where(DecisionRow.case_id == case.id).order_by(col(DecisionRow.case_version))
    return [OutcomeRead(outcome=row.outcome, decided_at=row.decided_at) for row in session.exec(wanted)]


def _remedy(wording: Wording) -> Remedy | None:
    asked, sued = wording.remedies.reconsideration, wording.remedies.suit
    if not (asked.verified and sued.verified):
        return None
    return Remedy(days=asked.days, body=asked.body, months=sued.months, court=sued.body)
