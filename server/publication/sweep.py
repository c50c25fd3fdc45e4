"""Tell people what must be published or taken back: the shift leader at 70 %, the leader at 100, the head at 150."""

from datetime import datetime

from sqlmodel import Session, col, select

from server.auth.roles import Role
from server.marks import reached
from server.notify import service as notify
from server.publication.service import RUNNING
from server.publication.tables import Publication, State

TOLD = {0.7: Role.SUPERV, 1.0: Role.LEADER, 1.5: Role.HEAD}
TEMPLATE = {State.DUE.value: "publication_due", State.WITHDRAW_DUE.value: "withdrawal_due"}


def sweep(session: Session, now: datetime, limit: int = 200) -> int:
    """Queue the notices that are due; how many marks were reached. Nothing is published or taken back by itself."""
    wanted = (
        select(Publication)
        .where(col(Publication.next_at) <= now, col(Publication.state).in_(RUNNING))
        .order_by(col(Publication.next_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    told = 0
    for row in session.exec(wanted).all():
        share = reached(row, now)
        if share is None:
            continue
        facts = {"what": row.title, "due": row.due_at.isoformat()}
        key = f"publication:{row.id}:{row.state}:{row.due_at.isoformat()}:{share}"
        notify.queue(session, key, f"role:{TOLD[share]}", TEMPLATE[row.state], facts, now, row.district)
        session.add(row)
        told += 1
    return told
