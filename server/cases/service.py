"""Cases: opened from alerts, corrected before the camera's eyes, moved by people."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from server.alerts.matching import open_case_of
from server.alerts.tables import Alert
from server.alerts.where import is_at_sensitive_place
from server.auth.person import AI, SYSTEM, Person
from server.auth.roles import Role
from server.cases import history, repository
from server.cases.fields import Duplicate, parse
from server.cases.holding import get, hold
from server.cases.loop import LOOP, Loop
from server.cases.merging import absorb, open_sibling
from server.cases.moves import by_system, calendar, move, note
from server.cases.recommendation import Recommendation, recommend
from server.cases.schemas import ActionRequest
from server.cases.seen import recheck_answered, seen_again, seen_corrected, self_corrected
from server.cases.tables import Case, CaseRequest
from server.cases.workflow import State
from server.errors import Conflict, StaleVersion
from server.permits import of_alert as permits
from server.policy import publication
from server.subjects import service as subjects

S = State
FILED_BY_PEOPLE = replace(SYSTEM, roles=SYSTEM.roles | {Role.AI})
"""Takes a person's report to its review: no camera judged it, so the step is the system's."""
__all__ = [
    "Recommendation",
    "absorb",
    "act",
    "act_once",
    "get",
    "hold",
    "open_from_alert",
    "open_sibling",
    "recheck_answered",
    "recommend",
    "seen_again",
    "seen_corrected",
]  # fmt: skip


def open_from_alert(session: Session, alert: Alert, now: datetime, loop: Loop = LOOP) -> Case:
    """The case of a new alert: an open one of the same act (`server.alerts.matching`), or a new one in A1.

    An act that the edge found inside a live permit opens a case only to be suppressed (A2), with its trace.
    """
    found = open_case_of(session, alert)
    if found is not None:
        case = hold(session, found)
        if not _is_another_act(case, alert):
            return _join(session, case, alert, now, loop)
    case = _new_case(session, alert, now)
    session.add(case)
    session.flush()
    before = history.snapshot(case)
    by = AI if alert.source == "camera" else SYSTEM
    loop.append(session, case, "opened", by, min(by.roles).value, "", _seen(alert), before, now)
    if permits.lets_pass(session, alert):
        return by_system(session, case, S.A2, "许可范围内 / inside a live permit", now, loop)
    if alert.source != "camera":
        reason = "人员上报，转研判 / reported by a person, to be reviewed"
        return move(session, case, S.A1, FILED_BY_PEOPLE, reason, {}, now, loop)
    return move(session, case, S.A1, AI, "持续、区域、画质均通过 / lasted, in its zone, good picture", {}, now, loop)


def _is_another_act(case: Case, alert: Alert) -> bool:
    """What comes back after its correction was verified is a new act (corrected, back before that: rework)."""
    return case.verified_at is not None and alert.began_at > case.verified_at


def act(
    session: Session, case_id: UUID, request: ActionRequest, actor: Person, now: datetime, if_match: int | None = None,
    loop: Loop = LOOP,
) -> Case:  # fmt: skip
    """A person's move. Raises NotFound, StaleVersion, and what `server.cases.moves.move` raises."""
    case = hold_version(session, case_id, if_match)
    into = _duplicate_of(case, request)
    if into is not None:
        absorb(session, case_id, into, actor, request.reason, now, loop)
        return case
    case = move(session, case, request.to, actor, request.reason, request.fields, now, loop, request.done_at)
    if case.state == S.W0 and case.corrected_seen_at is not None:
        self_corrected(session, case, now, loop)
    return case


def hold_version(session: Session, case_id: UUID, if_match: int | None) -> Case:
    """The case, held, in the version that the caller has read. Raises NotFound, StaleVersion."""
    case = hold(session, case_id)
    if if_match is not None and case.version != if_match:
        raise StaleVersion("case", if_match, case.version)
    return case


def _duplicate_of(case: Case, request: ActionRequest) -> UUID | None:
    if (case.state, request.to) != (S.A1, S.A2) or "duplicate_of" not in request.fields:
        return None
    told = parse(S.A1, S.A2, request.reason or "duplicate", request.fields)
    return told.duplicate_of if isinstance(told, Duplicate) else None


def act_once(
    session: Session, case_id: UUID, request: ActionRequest, actor: Person, now: datetime, if_match: int, key: str,
    loop: Loop = LOOP,
) -> Case:  # fmt: skip
    """`act`, but the same Idempotency-Key of the same person again does nothing and returns the case as it is.

    Raises Conflict when the key was used for another request.
    """
    told = request.model_dump_json(exclude={"done_at"} if request.done_at is None else None)
    body = hashlib.sha256(f"{case_id}:{told}".encode()).hexdigest()
    hold(session, case_id)
    known = repository.request(session, actor.id, key)
    if known is not None:
        if known.body_sha256 != body:
            raise Conflict("case.idempotency_key_reused", "The key was used for another request", {"key": key})
        return get(session, case_id)
    case = act(session, case_id, request, actor, now, if_match, loop)
    session.add(
        CaseRequest(
            person_id=actor.id, key=key, case_id=case_id, body_sha256=body, version=case.version, made_at=now
        )
    )  # fmt: skip
    return case


def _new_case(session: Session, alert: Alert, now: datetime) -> Case:
    rule = publication.violation(session, alert.violation, alert.violation_version)
    item = alert.item_code
    if item is None and rule is not None:
        item = permits.item_of(session, alert, rule)
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
        urgent=is_at_sensitive_place(session, alert)
        or calendar(session).is_urgent(item, alert.edge_id, alert.camera_id, alert.zone_id),
        permit=alert.permit,
        subject_id=alert.subject_id or subjects.unknown_subject(session, now).id,
        opened_at=now,
        began_at=alert.began_at,
        last_seen_at=alert.last_captured_at,
        peak_area_m2=alert.peak_area_m2,
    )


def _join(session: Session, case: Case, alert: Alert, now: datetime, loop: Loop = LOOP) -> Case:
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
    note(session, case, reason, _seen(alert), before, now, actor=by, role=min(by.roles), loop=loop)
    return case


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
