"""From the database to the records that figures are counted over."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from server.alerts.tables import Alert
from server.auth.reach import Reach
from server.dispatch.tables import OfficerRecord
from server.feedback.tables import Verdict
from server.reports.facts import DAY_S, AlertFact, CaseFact, PatrolFact, Range, SubjectFact, set_agreement, set_next
from server.reports.kpis import Of
from server.reports.tables import CaseFigure
from server.reports_by_people import missed
from server.reports_by_people.tables import PersonReport
from server.subjects.tables import UNKNOWN_SUBJECT_ID, Subject

LONGEST_RELAPSE_DAYS = 90
_COLUMNS = (
    "case_id", "district", "camera_id", "item", "handler_id", "subject_id", "opened_s", "reminded_s", "settled_s",
    "filed_s", "dispatched_s", "arrived_s", "ended_s", "due_s", "is_void", "overrun", "suspended", "checks",
    "failed_checks", "extended", "wrong", "found_s", "ordered_s", "corrected_in_time", "decided_s", "outcome",
    "differs", "exempt_s", "exempt_undone", "is_first", "objected_s", "facts_digest",
)  # fmt: skip


def records(session: Session, of: Of, within: Range, reach: Reach) -> list[Any]:
    """Every record of a kind that may count within a range, of the districts within reach."""
    return _READ[of](session, within, reach)


def _cases(session: Session, within: Range, reach: Reach) -> list[CaseFact]:
    teams = {row.person_id: row.team for row in session.exec(select(OfficerRecord))}
    columns = [getattr(CaseFigure, name) for name in _COLUMNS]
    wanted = select(*columns).where(  # type: ignore[call-overload]
        col(CaseFigure.opened_s) < within.until_s,
        (col(CaseFigure.last_s) >= within.since_s) | (col(CaseFigure.due_s) >= within.since_s),
    )
    facts: list[CaseFact] = []
    for row in session.exec(reach.limit(wanted, CaseFigure.district)):
        case_id, district, camera, item, handler, subject, *rest = row
        team = teams.get(handler, "")
        facts.append(CaseFact(str(case_id), district, camera, item, team, str(subject or ""), *rest))
    findings = select(CaseFigure.subject_id, CaseFigure.item, CaseFigure.found_s).where(
        col(CaseFigure.found_s) >= within.since_s,
        col(CaseFigure.found_s) <= within.until_s + LONGEST_RELAPSE_DAYS * DAY_S,
    )
    rows = reach.limit(findings, CaseFigure.district)
    found = [(str(subject), item, at) for subject, item, at in session.exec(rows) if at is not None]
    set_next(facts, found, str(UNKNOWN_SUBJECT_ID))
    set_agreement(facts, within)
    return facts


def _alerts(session: Session, within: Range, reach: Reach) -> list[AlertFact]:
    last = select(func.max(Verdict.seq)).group_by(col(Verdict.alert_id))
    wanted = (
        select(
            Alert.id,
            Alert.district,
            Alert.camera_id,
            Alert.violation,
            Alert.item_code,
            Verdict.given_at,
            Verdict.verdict,
        )  # type: ignore[call-overload]
        .join(Alert, col(Alert.id) == col(Verdict.alert_id))
        .where(col(Verdict.seq).in_(last), Alert.source == "camera")
        .where(col(Verdict.given_at) >= _at(within.since_s), col(Verdict.given_at) < _at(within.until_s))
    )
    return [
        AlertFact(str(key), district, camera, item or violation, "", given.timestamp(), verdict == "confirmed")
        for key, district, camera, violation, item, given, verdict in session.exec(reach.limit(wanted, Alert.district))
    ]


def _patrols(session: Session, within: Range, reach: Reach) -> list[PatrolFact]:
    wanted = select(PersonReport).where(
        PersonReport.source == "patrol",
        col(PersonReport.seen_at) >= _at(within.since_s),
        col(PersonReport.seen_at) < _at(within.until_s),
    )
    facts: list[PatrolFact] = []
    for row in session.exec(reach.limit(wanted, PersonReport.district)):
        was = missed.was_missed(session, row)
        camera = str(row.in_view[0].get("camera_id", "")) if row.in_view else ""
        item = row.item_code or row.violation
        seen = row.seen_at.timestamp()
        facts.append(PatrolFact(str(row.case_id), row.district, camera, item, "", seen, was is not None, was is True))
    return facts


def _subjects(session: Session, within: Range, reach: Reach) -> list[SubjectFact]:
    wanted = select(Subject.id, Subject.district, Subject.created_at, Subject.code_check_failed).where(
        col(Subject.code).is_not(None)
    )
    return [
        SubjectFact(str(key), district, "", "", "", created.timestamp(), failed)
        for key, district, created, failed in session.exec(reach.limit(wanted, Subject.district))
    ]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_READ: dict[Of, Any] = {"case": _cases, "alert": _alerts, "patrol": _patrols, "subject": _subjects}
