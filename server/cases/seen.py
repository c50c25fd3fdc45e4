"""What cameras see of a case that is there already: again, gone, or the answer to a re-check."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from edge.contracts.commands import Recheck
from edge.contracts.ids import uuid7
from edge.contracts.messages import RecheckAnswered
from server.alerts.tables import Alert
from server.cases import history, repository
from server.cases.holding import hold
from server.cases.loop import LOOP, Loop
from server.cases.moves import by_system, note
from server.cases.tables import Case, CaseRecheck
from server.cases.workflow import State, is_open
from server.fleet import commands

S = State


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


def seen_corrected(session: Session, alert: Alert, cleared_at: datetime, now: datetime, loop: Loop = LOOP) -> None:
    """The camera saw that the act is gone. In the reminder window the case ends without a record (A2); otherwise it
    is written down for the people who work on the case, and on those of the act's other subjects.
    """
    if alert.case_id is None:
        return
    case = hold(session, alert.case_id)
    others = [a for a in repository.alerts_of(session, case.id) if a.id != alert.id and a.source == "camera"]
    still = [a for a in others if a.state == "raised"]
    if still or (case.back_since is not None and cleared_at < case.back_since):
        return
    told = {"alert_id": str(alert.id), "cleared_at": cleared_at.isoformat()}
    for one in [case, *(hold(session, key) for key in repository.siblings_of(session, case))]:
        if one.id != case.id and not is_open(State(one.state)):
            continue
        before = history.snapshot(one)
        one.corrected_seen_at = max(cleared_at, one.corrected_seen_at or cleared_at)
        one.last_seen_at = max(one.last_seen_at, min(cleared_at, alert.last_captured_at))
        note(session, one, "摄像头见已改正 / the camera saw it put right", told, before, now, loop=loop)
    if case.state == S.W0:
        self_corrected(session, case, now, loop)


def ask_again(session: Session, case: Case, now: datetime, loop: Loop = LOOP) -> int:
    """Ask every camera that saw the act to look again, through the command outbox; how many were asked.

    None for a matter that only people reported. An edge that is offline gets the command when it is back, if in time.
    """
    seen = dict.fromkeys(
        (a.edge_id, a.camera_id, a.zone_id, a.violation)
        for a in repository.alerts_of(session, case.id)
        if a.source == "camera"
    )
    told: list[dict[str, str]] = []
    before = history.snapshot(case)
    for edge_id, camera_id, zone_id, violation in seen:
        recheck = Recheck(command_id=uuid7(now), camera_id=camera_id, zone_id=zone_id, violation=violation)
        commands.queue_command(session, edge_id, recheck, now)
        case.recheck_id = recheck.command_id
        session.add(
            CaseRecheck(
                command_id=recheck.command_id, case_id=case.id, edge_id=edge_id, camera_id=camera_id, zone_id=zone_id,
                asked_at=now,
            )
        )  # fmt: skip
        told.append({"command_id": str(recheck.command_id), "edge_id": edge_id, "camera_id": camera_id})
    session.flush()
    note(session, case, "提醒期满，请求复看 / window over, re-check asked", {"asked": told}, before, now, loop=loop)
    return len(told)


def recheck_answered(session: Session, answer: RecheckAnswered, now: datetime, loop: Loop = LOOP) -> None:
    """A fresh look that was asked for. In W0, when the window is over: one camera that still sees it sends people
    (W1); gone for one and seen by none, once all have answered, ends the case without a record (A2); a camera that
    could not see decides nothing.
    """
    found = session.get(CaseRecheck, answer.command_id)
    if found is None:
        return
    case = hold(session, found.case_id)
    found.answered_at, found.still_there = now, answer.still_there
    session.add(found)
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
    note(session, case, "复看结果 / re-check answered", told, before, now, loop=loop)
    if case.state == S.W0:
        conclude(session, case, now, loop=loop)


def conclude(session: Session, case: Case, now: datetime, *, over: bool = False, loop: Loop = LOOP) -> None:
    """Decide between A2 and W1 by the answers so far; `over`: no further answer is waited for."""
    asked = session.exec(select(CaseRecheck).where(col(CaseRecheck.case_id) == case.id)).all()
    newest = max((row.asked_at for row in asked), default=None)
    looks = [row for row in asked if row.asked_at == newest]
    if any(row.still_there for row in looks):
        by_system(session, case, S.W1, "提醒期满仍在 / still there when the window ended", now, loop)
    elif not over and any(row.answered_at is None for row in looks):
        return
    elif any(row.still_there is False for row in looks):
        self_corrected(session, case, now, loop)
    elif any(row.answered_at is not None for row in looks):
        by_system(session, case, S.W1, "提醒期满，摄像头无法判断 / the camera could not tell", now, loop)
    elif looks:
        reason = "提醒期满，复看无应答 / no answer to the re-check: people must look"
        by_system(session, case, S.W1, reason, now, loop)
    else:
        by_system(session, case, S.W1, "提醒期满，无摄像头可复看 / no camera can look: people must", now, loop)


def self_corrected(session: Session, case: Case, now: datetime, loop: Loop = LOOP) -> None:
    """Put right after the reminder: no record on the subject."""
    by_system(session, case, S.A2, "提醒后自行改正，不予记录 / corrected after the reminder, no record", now, loop)
