"""How an alert stands to the permits of its zone, by the register: which item it is, and whether it may be let pass."""

from sqlmodel import Session, select

from edge.contracts.taxonomy import PermitRelation
from edge.contracts.violations import ViolationRule
from server.alerts.tables import Alert, AlertReport
from server.permits import repository, service
from server.permits.standing import Act, Answer, Judgment
from server.subjects.tables import UNKNOWN_SUBJECT_ID


def judgment(session: Session, alert: Alert) -> Judgment:
    """The judgment, with the largest overrun that any of its reports measured."""
    relation = PermitRelation(alert.permit)
    measured = session.exec(select(AlertReport.measurement).where(AlertReport.alert_id == alert.id)).all()
    beyond = [told["beyond_permit_m"] for told in measured if told.get("beyond_permit_m") is not None]
    act = Act(
        alert.began_at, alert.last_captured_at, relation, max(beyond, default=None), alert.peak_area_m2,
        None if alert.subject_id == UNKNOWN_SUBJECT_ID else alert.subject_id,
    )  # fmt: skip
    return service.judgment(session, alert.camera_id, alert.zone_id, act)


def item_of(session: Session, alert: Alert, rule: ViolationRule) -> str | None:
    """The item that the alert is about: the one for overruns (CG-28) where a permit was overrun, or has just expired
    with its renewal filed; else the violation's own. Violations that permits do not touch are never overruns.
    """
    if rule.permit_matters and judgment(session, alert).is_overrun:
        return rule.item_permit_exceeded or rule.item
    return rule.item


def lets_pass(session: Session, alert: Alert) -> bool:
    """Whether what the edge saw inside a permit may be let pass: not when the register knows that it did not hold."""
    if alert.permit != PermitRelation.WITHIN:
        return False
    if not repository.of_zone(session, alert.camera_id, alert.zone_id):
        return True
    return judgment(session, alert).answer is Answer.UNMEASURED
