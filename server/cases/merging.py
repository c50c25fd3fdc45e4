"""并案 and 拆案: two cases of one act become one; one act of several subjects becomes one case each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.alerts.tables import Alert
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import history, repository, timers
from server.cases.holding import hold
from server.cases.loop import LOOP, Loop
from server.cases.moves import calendar, move, note
from server.cases.tables import Case
from server.cases.workflow import State, is_open
from server.errors import Conflict, InvalidInput
from server.subjects import service as subjects

S = State
ABSORBED_BY = {S.A1: S.A2, S.W1: S.V}
"""Where the table lets a duplicate end: not filed yet as suppressed (A2), just filed as void (V, which takes two)."""
SPLIT_IN = frozenset({S.W2, S.W3, S.W4, S.W5})
"""Before any order: from then on findings, deadlines and orders are one subject's own."""


def absorb(
    session: Session, case_id: UUID, into_id: UUID, actor: Person, reason: str, now: datetime, loop: Loop = LOOP
) -> Case:
    """Close a case as the duplicate of another; its alerts move there, and the other is returned.

    Counted once: the duplicate has no finding (it was never ordered). The earliest camera time is kept, every source
    stays named in the history. Raises NotFound, Conflict when both are the same, are in different districts or of
    different acts, when `into` is closed, or when the duplicate is too far along (then merge the other way round).
    """
    held = {key: hold(session, key) for key in sorted({case_id, into_id})}
    case, into = held[case_id], held[into_id]
    actor.reach.require("case", into.id, into.district)
    to = _end_of_duplicate(case, into)
    alerts = repository.alerts_of(session, case.id)
    case.merged_into = into.id
    session.add(case)
    raw = {"duplicate_of": str(into.id)} if to is S.A2 else {}
    move(session, case, to, actor, reason or f"并入 {into.number} / merged into {into.number}", raw, now, loop)
    before = history.snapshot(into)
    for alert in alerts:
        alert.case_id = into.id
        session.add(alert)
        _take_over(into, alert)
    into.began_at, into.last_seen_at = min(into.began_at, case.began_at), max(into.last_seen_at, case.last_seen_at)
    told: dict[str, Any] = {
        "case_id": str(case.id),
        "number": case.number,
        "alerts": [_source(alert) for alert in alerts],
    }
    words = f"并入案件 {case.number} / case {case.number} merged into this one"
    note(session, into, words, told, before, now, kind="merged", actor=actor, role=Role.SEAT, loop=loop)
    return into


def open_sibling(
    session: Session, case_id: UUID, subject_id: UUID, actor: Person, reason: str, now: datetime, loop: Loop = LOOP
) -> Case:
    """A case of its own for another subject of the same act: own "first", own harm, own correction.

    It begins where the first case stands (nothing in the table is skipped: its history starts with the hash of the
    first case's last step), with the same deadline, officer and filing date. Raises NotFound, InvalidInput (no
    reason), Conflict when an order was served already or the subject has a case of this act.
    """
    case = hold(session, case_id)
    if not reason.strip():
        raise InvalidInput([{"field": "reason", "value": reason, "allowed": "why the act has several subjects"}])
    if case.state not in SPLIT_IN:
        facts = {"state": case.state, "allowed": sorted(s.value for s in SPLIT_IN)}
        raise Conflict("case.too_late_to_split", "An act is split before an order is served", facts)
    subject = subjects.get(session, subject_id)
    family = [case, *(hold(session, key) for key in repository.siblings_of(session, case))]
    if subject.kind == "unknown" or subject_id in {one.subject_id for one in family}:
        raise Conflict("case.subject_has_case", "This subject cannot have another case of this act")
    sibling = _copy(case, subject_id, len(family), now)
    session.add(sibling)
    session.flush()
    last = history.newest(session, case)
    told: dict[str, Any] = {"case_id": str(case.id), "number": case.number}
    if last is not None:
        told["after"] = {"ordinal": last.ordinal, "hash": last.hash}
    loop.append(session, sibling, "split_off", actor, "", reason, told, history.snapshot(sibling), now)
    live = timers.live(session, case)
    loop.rearm(session, calendar(session), sibling, now, live.due_at if live else None)
    loop.refresh(session, calendar(session), sibling, now)
    before = history.snapshot(case)
    told = {"case_id": str(sibling.id), "number": sibling.number, "subject_id": str(subject_id)}
    words = f"拆出案件 {sibling.number} / case {sibling.number} split off: {reason}"
    note(session, case, words, told, before, now, actor=actor, role=Role.OFFICER, loop=loop)
    return sibling


def _end_of_duplicate(case: Case, into: Case) -> State:
    facts = {"case": case.number, "into": into.number}
    if case.id == into.id or case.district != into.district:
        raise Conflict("case.cannot_be_merged", "These are not two cases of one district", facts)
    if case.violation != into.violation and case.item_code != into.item_code:
        raise Conflict("case.cannot_be_merged", "These are not the same act", facts)
    if not is_open(State(into.state)) or into.state == S.W0:
        allowed = "an open case that is past the reminder"
        raise Conflict("case.cannot_be_merged", "The other case cannot take it", facts | {"allowed": allowed})
    to = ABSORBED_BY.get(State(case.state))
    if to is None:
        facts |= {"state": case.state, "allowed": sorted(s.value for s in ABSORBED_BY)}
        raise Conflict("case.too_far_to_merge", "Merge the other way round: this case is further along", facts)
    return to


def _take_over(into: Case, alert: Alert) -> None:
    into.began_at = min(into.began_at, alert.began_at)
    into.last_seen_at = max(into.last_seen_at, alert.last_captured_at)
    if alert.peak_area_m2 is not None:
        into.peak_area_m2 = max(into.peak_area_m2 or 0.0, alert.peak_area_m2)


def _source(alert: Alert) -> dict[str, str]:
    return {
        "alert_id": str(alert.id), "source": alert.source, "edge_id": alert.edge_id, "camera_id": alert.camera_id,
        "raised_at": alert.raised_at.isoformat(),
    }  # fmt: skip


def _copy(case: Case, subject_id: UUID, count: int, now: datetime) -> Case:
    own = {"id", "number", "version", "subject_id", "opened_at", "sibling_of", "findings", "returns", "rework"}
    own |= {"recheck_id", "void_asked_by", "merged_into", "due_at", "extensions"}
    shared = case.model_dump(exclude=own)
    root = case.sibling_of or case.id
    number = f"{case.number.partition('/')[0]}/{count + 1}"
    return Case(id=uuid7(now), number=number, subject_id=subject_id, opened_at=now, sibling_of=root, **shared)
