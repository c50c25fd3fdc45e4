"""Tell somebody: queue a notice in the transaction that causes it. The inbox shows it at once, channels follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from edge.contracts.ids import uuid7
from server.notify.tables import Notice
from server.notify.templates import known, render


def queue(
    session: Session,
    key: str,
    to: str,
    template: str,
    facts: dict[str, Any],
    now: datetime,
    district: str = "",
    *,
    case_id: UUID | None = None,
) -> Notice:
    """Keep a notice for delivery; the same `key` again returns the first one.

    `to` is `role:<role>`, `person:<id>` or `subject:<id>`; `facts` JSON values, times in ISO 8601. Whoever sees the
    `district` sees the notice. Raises KeyError for
    an unknown template or a missing fact, ValueError for a recipient that the template is not for.
    """
    render(template, facts)
    kind = to.partition(":")[0]
    if kind not in known()[template].to:
        raise ValueError(f"the template {template} is not for a {kind}")
    found = session.exec(select(Notice).where(Notice.key == key)).first()
    if found is not None:
        return found
    notice = Notice(
        id=uuid7(now), key=key, to=to, template=template, facts=facts, district=district, case_id=case_id,
        queued_at=now, next_try_at=now,
    )  # fmt: skip
    session.add(notice)
    session.flush()
    return notice
