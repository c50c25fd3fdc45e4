"""Cases: opened from alerts, corrected before the camera's eyes, moved by people."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.messages import RecheckAnswered
from edge.contracts.permits import LOCAL
from edge.contracts.taxonomy import PermitRelation
from server.alerts.matching import open_case_of
from server.alerts.tables import Alert
from server.auth.person import AI, SYSTEM, Person
from server.auth.roles import Role
from server.cases import history, repository
from server.cases.moves import by_system, move, note
from server.cases.recommendation import Recommendation, recommend
from server.cases.schemas import ActionRequest
from server.cases.tables import Case, CaseRequest
from server.cases.workflow import State, is_open
from server.errors import Conflict, NotFound, StaleVersion
from server.policy import publication
from server.subjects import service as subjects

S = State
FILED_BY_PEOPLE = replace(SYSTEM, roles=SYSTEM.roles | {Role.AI})
"""Takes a person's report to its review: no camera judged it, so the step is the system's."""
__all__ = [
    "Recommendation",
    "act",
    "act_once",
    "get",
    "hold",
    "open_from_alert",
    "recheck_answered",
    "recommend",
    "seen_again",
    "seen_corrected",
]  # fmt: skip


def open_from_alert(session: Session, alert: Alert, now: datetime) -> Case:
    """The case of a new alert: an open one of the same act (`server.alerts.matching`), or a new one in A1.

    An act that the edge found inside a live permit opens a case only to be suppressed (A2), with its trace.
    """
    found = open_case_of(session, alert)
    if found is not None:
        return _join(session, hold(session, found), alert, now)
    case = _new_case(session, alert, now)
    session.add(case)
    session.flush()
    before = history.snapshot(case)
    by = AI if alert.source == "camera" else SYSTEM
    history.append(session, case, "opened", by, min(by.roles).value, "", _seen(alert), before, now)
    if alert.permit == PermitRelation.WITHIN:
        return by_system(session, case, S.A2, "许可范围内 / inside a live permit", now)
    if alert.source != "camera":
        return move(
            session, case, S.A1, FILED_BY_PEOPLE, "人员上报，转研判 / reported by a person, to be reviewed", {}, now
        )
    return move(session, case, S.A1, AI, "持续、区域、画质均通过 / lasted, in its zone, good picture", {}, now)


def seen_again(session: Session, alert: Alert) -> None:
    """Another report of an alert that is in a case: an open case keeps the earliest and latest camera time and the
    largest area. No step: nothing was decided, and the reports themselves are kept.
    """
    if alert.case_id is None:
        return
    case = hold(session, alert.case_id)
    if not is_open(State(case.state)):
        return
    case.began_at = min(case.began_at, alert.began_at)
    case.last_seen_at = max(case.last_seen_at, alert.last_captured_at)
    if alert.peak_area_m2 is not None:
        case.peak_area_m2 = max(case.peak_area_m2 or 0.0, alert.peak_area_m2)
    session.add(case)


def seen_corrected(session: Session, alert: Alert, cleared_at: datetime, now: datetime) -> None:
    """The camera saw that the act is gone. In the reminder window the case ends without a record (A2); otherwise it
    is written down for the people who work on the case.
    """
    if alert.case_id is None:
        return
    case = hold(session, alert.case_id)
    others = [a for a in repository.alerts_of(session, case.id) if a.id != alert.id and a.source == "camera"]
    still = [a for a in others if a.state == "raised"]
    if still or (case.back_since is not None and cleared_at < case.back_since):
        return
    before = history.snapshot(case)
    case.corrected_seen_at = max(cleared_at, case.corrected_seen_at or cleared_at)
    case.last_seen_at = max(case.last_seen_at, min(cleared_at, alert.last_captured_at))
    told = {"alert_id": str(alert.id), "cleared_at": cleared_at.isoformat()}
    note(session, case, "摄像头见已改正 / the camera saw it put right", told, before, now)
    if case.state == S.W0:
        _self_corrected(session, case, now)


def recheck_answered(session: Session, answer: RecheckAnswered, now: datetime) -> None:
    """A fresh look that was asked for. When the reminder window is over it decides between A2 and W1; a camera that
    could not see decides nothing, so people must look (W1).
    """
    found = repository.by_recheck(session, answer.command_id)
    if found is None:
        return
    case = hold(session, found.id)
    before = history.snapshot(case)
    told: dict[str, Any] = {
        "command_id": str(answer.command_id),
        "captured_at": answer.captured_at.isoformat(),
        "camera": answer.state,
        "still_there": answer.still_there,
    }
    if answer.still_there is False:
        case.corrected_seen_at = case.corrected_seen_at or answer.captured_at
    elif answer.still_there:
        case.corrected_seen_at = None
        case.last_seen_at = max(case.last_seen_at, answer.captured_at)
    note(session, case, "复看结果 / re-check answered", told, before, now)
    if case.state != S.W0:
        return
    if answer.still_there is False:
        _self_corrected(session, case, now)
    elif answer.still_there:
        by_system(session, case, S.W1, "提醒期满仍在 / still there when the window ended", now)
    else:
        by_system(session, case, S.W1, "提醒期满，摄像头无法判断 / the camera could not tell", now)


def act(
    session: Session, case_id: UUID, request: ActionRequest, actor: Person, now: datetime, if_match: int | None = None
) -> Case:
    """A person's move. Raises NotFound, StaleVersion, and what `server.cases.moves.move` raises."""
    case = hold(session, case_id)
    if if_match is not None and case.version != if_match:
        raise StaleVersion("case", if_match, case.version)
    case = move(session, case, request.to, actor, request.reason, request.fields, now)
    if case.state == S.W0 and case.corrected_seen_at is not None:
        _self_corrected(session, case, now)
    return case


def act_once(
    session: Session, case_id: UUID, request: ActionRequest, actor: Person, now: datetime, if_match: int, key: str
) -> Case:
    """`act`, but the same Idempotency-Key of the same person again does nothing and returns the case as it is.

    Raises Conflict when the key was used for another request.
    """
    body = hashlib.sha256(f"{case_id}:{request.model_dump_json()}".encode()).hexdigest()
    hold(session, case_id)
    known = repository.request(session, actor.id, key)
    if known is not None:
        if known.body_sha256 != body:
            raise Conflict("case.idempotency_key_reused", "The key was used for another request", {"key": key})
        return get(session, case_id)
    case = act(session, case_id, request, actor, now, if_match)
    session.add(
        CaseRequest(
            person_id=actor.id, key=key, case_id=case_id, body_sha256=body, version=case.version, made_at=now
        )
    )  # fmt: skip
    return case


def get(session: Session, case_id: UUID) -> Case:
    """The case; raises NotFound."""
    case = repository.get(session, case_id)
    if case is None:
        raise NotFound("case", case_id)
    return case


def hold(session: Session, case_id: UUID) -> Case:
    """The case with its row locked until the transaction ends; raises NotFound."""
    case = repository.get(session, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    return case


def _new_case(session: Session, alert: Alert, now: datetime) -> Case:
    rule = publication.violation(session, alert.violation, alert.violation_version)
    exceeded = alert.permit == PermitRelation.EXCEEDED
    item = alert.item_code
    if item is None and rule is not None:
        item = (rule.item_permit_exceeded if exceeded else None) or rule.item
    case_id = uuid7(now)
    return Case(
        id=case_id,
        number=f"{now.astimezone(LOCAL):%Y%m%d}-{case_id.hex[-8:].upper()}",
        state=S.A0.value,
        district=alert.district,
        edge_id=alert.edge_id,
        camera_id=alert.camera_id,
        zone_id=alert.zone_id,
        violation=alert.violation,
        violation_version=alert.violation_version,
        item_code=item,
        permit=alert.permit,
        subject_id=alert.subject_id or subjects.unknown_subject(session, now).id,
        opened_at=now,
        began_at=alert.began_at,
        last_seen_at=alert.last_captured_at,
        peak_area_m2=alert.peak_area_m2,
    )


def _join(session: Session, case: Case, alert: Alert, now: datetime) -> Case:
    before = history.snapshot(case)
    case.began_at = min(case.began_at, alert.began_at)
    case.last_seen_at = max(case.last_seen_at, alert.last_captured_at)
    if alert.peak_area_m2 is not None:
        case.peak_area_m2 = max(case.peak_area_m2 or 0.0, alert.peak_area_m2)
    corrected = [at for at in (case.corrected_seen_at, case.corrected_at) if at is not None]
    if corrected and alert.raised_at > max(corrected):
        case.corrected_seen_at, case.back_since = None, alert.began_at
    if not case.camera_id and alert.camera_id:
        case.edge_id, case.camera_id, case.zone_id = alert.edge_id, alert.camera_id, alert.zone_id
    by = AI if alert.source == "camera" else SYSTEM
    reason = "并案 / another claim of the same act"
    note(session, case, reason, _seen(alert), before, now, actor=by, role=min(by.roles))
    return case


def _self_corrected(session: Session, case: Case, now: datetime) -> None:
    by_system(session, case, S.A2, "提醒后自行改正，不予记录 / corrected after the reminder, no record", now)


def _seen(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": str(alert.id),
        "source": alert.source,
        "camera_id": alert.camera_id,
        "zone_id": alert.zone_id,
        "episode_id": str(alert.episode_id),
        "raised_at": alert.raised_at.isoformat(),
        "score": alert.peak_score,
        "area_m2": alert.peak_area_m2,
        "permit": alert.permit,
    }
