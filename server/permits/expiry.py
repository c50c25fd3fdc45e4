"""Tell holders and the shift leader that a permit is about to end, and that it has."""

from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from edge.contracts.permits import LOCAL, PermitStatus
from server.auth.roles import Role
from server.notify import service as notify
from server.permits import repository
from server.permits.rules import PermitRules
from server.permits.tables import PermitRow


def warn(session: Session, rules: PermitRules, now: datetime) -> int:
    """Queue what is due today; how many permits it was about. Each is told once for each day of the rules."""
    today = now.astimezone(LOCAL).date()
    ahead = {today + timedelta(days=days): days for days in rules.warn_days_before}
    rows = repository.by_last_day(session, [*ahead, today - timedelta(days=1)])
    for row in rows:
        _tell(session, row, ahead.get(row.valid_to), now)
    return len(rows)


def status_changed(session: Session, row: PermitRow, since: datetime, now: datetime) -> None:
    """Tell the holder that the permit was suspended, revoked or put back in force."""
    zh, en = _STATUS[PermitStatus(row.status)]
    facts = {"permit": row.number, "status_zh": zh, "status_en": en, "since": since.isoformat()}
    key = f"permit:{row.id}:{row.version}:status"
    notify.queue(session, key, f"subject:{row.subject_id}", "permit_status", facts, now, row.district)


def _tell(session: Session, row: PermitRow, days: int | None, now: datetime) -> None:
    template = "permit_expired" if days is None else "permit_expiring"
    if days is None:
        facts: dict[str, object] = {"permit": row.number, "last": str(row.valid_to)}
    else:
        end = datetime.combine(row.valid_to + timedelta(days=1), time(), LOCAL).astimezone(UTC)
        facts = {"permit": row.number, "due": end.isoformat()}
    for to in (f"subject:{row.subject_id}", f"role:{Role.SUPERV}"):
        notify.queue(
            session, f"permit:{row.id}:{row.valid_to}:{template}:{days}:{to}", to, template, facts, now, row.district
        )


_STATUS = {
    PermitStatus.ACTIVE: ("恢复有效", "in force again"),
    PermitStatus.SUSPENDED: ("暂停", "suspended"),
    PermitStatus.REVOKED: ("撤销", "revoked"),
    PermitStatus.EXPIRED: ("到期", "expired"),
}
