"""Reads of the register."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from edge.contracts.permits import PermitStatus
from server.auth.reach import Reach
from server.permits.standing import Known
from server.permits.tables import PermitApproval, PermitArea, PermitRow, PermitStatusChange
from server.permits.wire import times_of


def get(session: Session, permit_id: str, *, lock: bool = False) -> PermitRow | None:
    """The permit, its row held until the transaction ends when `lock`."""
    wanted = select(PermitRow).where(PermitRow.id == permit_id)
    return session.exec(wanted.with_for_update() if lock else wanted).first()


def areas_of(session: Session, permit_ids: Iterable[str]) -> dict[str, list[PermitArea]]:
    """The areas of permits, in order."""
    found: dict[str, list[PermitArea]] = defaultdict(list)
    wanted = select(PermitArea).where(col(PermitArea.permit_id).in_(list(permit_ids)))
    for area in session.exec(wanted.order_by(col(PermitArea.permit_id), col(PermitArea.ordinal))):
        found[area.permit_id].append(area)
    return found


def of_zone(session: Session, camera_id: str, zone_id: str) -> list[PermitRow]:
    """All permits ever registered for a zone."""
    here = select(PermitArea.permit_id).where(PermitArea.camera_id == camera_id, PermitArea.zone_id == zone_id)
    return list(session.exec(select(PermitRow).where(col(PermitRow.id).in_(here)).order_by(col(PermitRow.id))).all())


def of_edge(session: Session, edge_id: str, valid_since: date) -> list[tuple[PermitRow, list[PermitArea]]]:
    """The permits that name an edge and are not over, each with its areas there."""
    areas = session.exec(
        select(PermitArea)
        .join(PermitRow, col(PermitRow.id) == col(PermitArea.permit_id))
        .where(PermitArea.edge_id == edge_id, PermitRow.valid_to >= valid_since)
        .order_by(col(PermitArea.permit_id), col(PermitArea.ordinal))
    ).all()
    rows: dict[str, tuple[PermitRow, list[PermitArea]]] = {}
    for area in areas:
        if area.permit_id not in rows:
            row = session.get(PermitRow, area.permit_id)
            assert row is not None
            rows[area.permit_id] = (row, [])
        rows[area.permit_id][1].append(area)
    return list(rows.values())


def of_subject(session: Session, subject_id: UUID) -> list[PermitRow]:
    """A subject's permits, by key."""
    wanted = select(PermitRow).where(PermitRow.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(PermitRow.id))).all())


def not_over(session: Session, since: date, except_id: str | None = None) -> list[PermitRow]:
    """Active permits that are not over on a day, by key."""
    wanted = select(PermitRow).where(PermitRow.valid_to >= since, PermitRow.status == PermitStatus.ACTIVE.value)
    if except_id is not None:
        wanted = wanted.where(PermitRow.id != except_id)
    return list(session.exec(wanted.order_by(col(PermitRow.id))).all())


def edges(session: Session) -> list[str]:
    """Edges that any permit names."""
    return sorted(session.exec(select(PermitArea.edge_id).distinct()).all())


def changes_of(session: Session, permit_ids: Iterable[str]) -> dict[str, list[PermitStatusChange]]:
    """The statuses served, of each permit in the order of serving."""
    found: dict[str, list[PermitStatusChange]] = defaultdict(list)
    wanted = select(PermitStatusChange).where(col(PermitStatusChange.permit_id).in_(list(permit_ids)))
    for change in session.exec(wanted.order_by(col(PermitStatusChange.served_at), col(PermitStatusChange.ordinal))):
        found[change.permit_id].append(change)
    return found


def approvals_of(session: Session, permit_id: str) -> list[PermitApproval]:
    """The steps of its approval, in order."""
    wanted = select(PermitApproval).where(PermitApproval.permit_id == permit_id)
    return list(session.exec(wanted.order_by(col(PermitApproval.at), col(PermitApproval.id))).all())


def known(session: Session, rows: list[PermitRow]) -> list[Known]:
    """As values for judging."""
    changes = changes_of(session, [row.id for row in rows])
    return [
        Known(
            row.id, row.subject_id, times_of(row),
            # Registered before changes were kept: what stands in the row holds since the row was changed.
            tuple((change.served_at, PermitStatus(change.status)) for change in changes[row.id])
            or ((row.changed_at, PermitStatus(row.status)),),
            row.renewal_filed_at, row.holder_left_at, any(change.found_invalid for change in changes[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def page(
    session: Session,
    reach: Reach,
    after: str | None,
    limit: int,
    *,
    text: str | None = None,
    subject_id: UUID | None = None,
    camera_id: str | None = None,
    zone_id: str | None = None,
    status: PermitStatus | None = None,
    today: date,
    ends_by: date | None = None,
) -> list[PermitRow]:
    """A page of the register by key, after the last one seen."""
    wanted = reach.limit(select(PermitRow), PermitRow.district).order_by(col(PermitRow.id)).limit(limit)
    if after is not None:
        wanted = wanted.where(PermitRow.id > after)
    if text:
        like = f"%{text.replace('%', '')}%"
        wanted = wanted.where(
            or_(col(PermitRow.id).like(like), col(PermitRow.number).like(like), col(PermitRow.goods).like(like))
        )
    if subject_id is not None:
        wanted = wanted.where(PermitRow.subject_id == subject_id)
    if camera_id is not None or zone_id is not None:
        here = select(PermitArea.permit_id)
        here = here if camera_id is None else here.where(PermitArea.camera_id == camera_id)
        here = here if zone_id is None else here.where(PermitArea.zone_id == zone_id)
        wanted = wanted.where(col(PermitRow.id).in_(here))
    if status is PermitStatus.EXPIRED:
        wanted = wanted.where(PermitRow.valid_to < today)
    elif status is not None:
        wanted = wanted.where(PermitRow.status == status.value, PermitRow.valid_to >= today)
    if ends_by is not None:
        wanted = wanted.where(PermitRow.valid_to >= today, PermitRow.valid_to <= ends_by)
    return list(session.exec(wanted).all())


def by_last_day(session: Session, days: Iterable[date]) -> list[PermitRow]:
    """Permits in force whose last day is one of these."""
    wanted = select(PermitRow).where(
        col(PermitRow.valid_to).in_(list(days)), PermitRow.status == PermitStatus.ACTIVE.value
    )
    return list(session.exec(wanted.order_by(col(PermitRow.id))).all())


def status_on(row: PermitRow, at: datetime, today: date) -> PermitStatus:
    """The present status: revoked and suspended stay so, an active one expires by its dates."""
    status = PermitStatus(row.status)
    return PermitStatus.EXPIRED if status is PermitStatus.ACTIVE and row.valid_to < today else status
