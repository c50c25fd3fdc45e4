"""What a party sees of its own case: what was seen, what is asked, what it said and what was answered. Nothing else."""

from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.taxonomy import EvidenceRole
from server.alerts.tables import Alert
from server.cases.recommendation import item_of
from server.cases.tables import Case, CaseTimer, DecisionRow
from server.cases.workflow import NAMES, State
from server.evidence.tables import EvidenceLink
from server.objections import repository
from server.objections.schemas import Asked, FileRead, OutcomeRead, OwnCase, OwnObjection, Sighting
from server.objections.tables import Objection

BLURRED = (EvidenceRole.WIDE_SHOWN.value, EvidenceRole.CLOSE_SHOWN.value)
TOLD_OF_OUTCOME = frozenset({"C1", "C3", "C4", "C5", "C8", "L8", "L9", "L5"})
"""States in which the party has been told of the decision."""


def own_case(session: Session, case: Case) -> OwnCase:
    """The case as its party sees it."""
    _, item = item_of(session, case)
    zh, en = NAMES[State(case.state)]
    return OwnCase(
        number=case.number,
        item_zh=item.name.zh if item else "",
        item_en=item.name.en if item else "",
        stage_zh=zh,
        stage_en=en,
        seen=[_sighting(session, alert) for alert in _alerts(session, case.id)],
        asked=_asked(session, case),
        outcomes=_outcomes(session, case),
        objections=[own_objection(session, row) for row in repository.of_case(session, case.id)],
    )


def own_objection(session: Session, row: Objection) -> OwnObjection:
    """An objection without who of the authority answered."""
    files = [FileRead.model_validate(file) for file in repository.files_of(session, row.id)]
    kept = {name: getattr(row, name) for name in OwnObjection.model_fields if name != "files"}
    return OwnObjection(**kept, files=files)


def may_see(session: Session, case_id: UUID, sha256: str) -> bool:
    """Whether a picture is a blurred one of this case, in every use that this file has."""
    uses = session.exec(select(EvidenceLink).where(EvidenceLink.sha256 == sha256)).all()
    alerts = {alert.id for alert in _alerts(session, case_id)}
    return any(use.alert_id in alerts for use in uses) and all(use.role in BLURRED for use in uses)


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


def _outcomes(session: Session, case: Case) -> list[OutcomeRead]:
    if case.state not in TOLD_OF_OUTCOME:
        return []
    wanted = select(DecisionRow).where(DecisionRow.case_id == case.id).order_by(col(DecisionRow.case_version))
    return [OutcomeRead(outcome=row.outcome, decided_at=row.decided_at) for row in session.exec(wanted)]
