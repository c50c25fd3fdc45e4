"""The command outbox: what an edge must be told, kept until it answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select

from edge.contracts import codec
from edge.contracts.commands import Probe, Recheck, Watch
from server.fleet.tables import Command

ANSWER_WITHIN = timedelta(minutes=10)
PROBE_WITHIN = timedelta(minutes=1)
SEND_AGAIN_AFTER = timedelta(seconds=30)


def queue_command(session: Session, edge_id: str, message: Recheck | Watch | Probe, now: datetime) -> Command:
    """Keep a command for an edge; it is sent after the commit and again until answered. Same id, same row.

    Nobody answers a `Watch`: it goes out once, and the rows of watches that are over are cleared away.
    """
    if isinstance(message, Watch):
        over = delete(Command).where(col(Command.type) == codec.type_of(message), col(Command.expires_at) <= now)
        session.execute(over)
    known = session.get(Command, message.command_id)
    if known is not None:
        return known
    command = Command(
        id=message.command_id,
        edge_id=edge_id,
        type=codec.type_of(message),
        message=message.model_dump(mode="json"),
        queued_at=now,
        expires_at=_expires_at(message, now),
    )
    session.add(command)
    session.flush()
    return command


def _expires_at(message: Recheck | Watch | Probe, now: datetime) -> datetime:
    if isinstance(message, Watch):
        return message.until
    return now + (PROBE_WITHIN if isinstance(message, Probe) else ANSWER_WITHIN)


def due(session: Session, now: datetime, limit: int = 200) -> Sequence[Command]:
    """Commands to send now: never sent, or sent a while ago and not answered; oldest first."""
    waiting = (
        select(Command)
        .where(col(Command.answered_at).is_(None), col(Command.expires_at) > now)
        .where(or_(col(Command.sent_at).is_(None), col(Command.sent_at) <= now - SEND_AGAIN_AFTER))
        .order_by(col(Command.queued_at))
    )
    return session.exec(waiting.limit(limit)).all()


def mark_sent(session: Session, command: Command, now: datetime) -> None:
    """The broker took it (which promises nothing)."""
    command.sent_at, command.times_sent = now, command.times_sent + 1
    if command.type == Watch.TYPE:
        command.answered_at = now
    session.add(command)


def mark_answered(session: Session, command_id: object, now: datetime) -> bool:
    """Whether this is the first answer to a command that we sent."""
    command = session.get(Command, command_id)
    if command is None or command.answered_at is not None:
        return False
    command.answered_at = now
    session.add(command)
    return True
