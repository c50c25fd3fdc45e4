"""Queue a notice in the transaction that causes it; carry what is due, again until it goes."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.notify.channels import DeliveryFailed, Letter, Notifier
from server.notify.tables import Notice
from server.notify.templates import render

RETRY_AFTER = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


def queue(
    session: Session, key: str, to: str, template: str, facts: dict[str, Any], now: datetime, district: str = ""
) -> Notice:
    """Keep a notice for delivery; the same `key` again returns the first one. Raises KeyError for a bad template."""
    render(template, facts)
    known = session.exec(select(Notice).where(Notice.key == key)).first()
    if known is not None:
        return known
    notice = Notice(
        id=uuid7(now), key=key, to=to, district=district, template=template, facts=facts, queued_at=now, next_try_at=now
    )
    session.add(notice)
    session.flush()
    return notice


def deliver_due(session: Session, notifier: Notifier, now: datetime, limit: int = 100) -> int:
    """Carry undelivered notices whose time has come; how many went. A failed one waits longer each time."""
    due = (
        select(Notice)
        .where(col(Notice.delivered_at).is_(None), col(Notice.next_try_at) <= now)
        .order_by(col(Notice.queued_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    carried = 0
    for notice in session.exec(due).all():
        zh, en = render(notice.template, notice.facts)
        try:
            notice.proof = notifier.deliver(Letter(notice.id, notice.to, zh, en, now))
            notice.delivered_at, carried = now, carried + 1
        except DeliveryFailed as failed:
            notice.last_error = str(failed)
            notice.next_try_at = now + RETRY_AFTER[min(notice.tries, len(RETRY_AFTER) - 1)]
        notice.tries += 1
        session.add(notice)
    return carried
