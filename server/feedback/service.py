"""Keep verdicts; read them on as samples for training."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, func, select

from edge.contracts.ids import uuid7
from server.alerts.tables import Alert
from server.auth.person import Person
from server.auth.reach import Reach
from server.db import serialise
from server.errors import NotFound
from server.feedback.tables import Verdict

LOCK = "verdict"


def record(
    session: Session, alert_id: UUID, verdict: Literal["confirmed", "false"], reason: str, by: Person, now: datetime
) -> Verdict:
    """Append a verdict on an alert. Raises NotFound.

    Numbers are given under a lock held to the commit, so a reader who saw n will never later find an n-1.
    """
    if session.get(Alert, alert_id) is None:
        raise NotFound("alert", alert_id)
    serialise(session, LOCK)
    seq = (session.exec(select(func.max(Verdict.seq))).one() or 0) + 1
    row = Verdict(
        seq=seq, id=uuid7(now), alert_id=alert_id, verdict=verdict, reason=reason, given_by=by.id, given_at=now
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def get(session: Session, verdict_id: UUID) -> Verdict:
    """One verdict; raises NotFound."""
    row = session.exec(select(Verdict).where(Verdict.id == verdict_id)).first()
    if row is None:
        raise NotFound("verdict", verdict_id)
    return row


def after(session: Session, reach: Reach, seq: int, limit: int) -> list[tuple[Verdict, Alert]]:
    """Verdicts on cameras' alerts within reach with a greater number, oldest first, each with its alert."""
    wanted = select(Verdict, Alert).join(Alert, col(Alert.id) == col(Verdict.alert_id)).where(Verdict.seq > seq)
    wanted = reach.limit(wanted, Alert.district).where(Alert.source == "camera")
    return list(session.exec(wanted.order_by(col(Verdict.seq)).limit(limit)).all())


def alert_of(session: Session, alert_id: UUID, reach: Reach) -> Alert:
    """The alert; raises NotFound, also for one out of reach."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise NotFound("alert", alert_id)
    reach.require("alert", alert_id, alert.district)
    return alert


def of_alert(session: Session, alert_id: UUID, reach: Reach) -> list[Verdict]:
    """The verdicts on an alert, oldest first; the last one stands. Raises NotFound."""
    alert_of(session, alert_id, reach)
    return list(session.exec(select(Verdict).where(Verdict.alert_id == alert_id).order_by(col(Verdict.seq))).all())
