"""The permit register: entries, their status, and what of it each edge must know."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL, Permit, PermitStatus
from edge.contracts.taxonomy import PermitRelation
from server.audit import service as audit
from server.auth.person import SYSTEM, Person
from server.errors import Conflict, InvalidInput, NotFound
from server.fleet import desired
from server.fleet import service as fleet
from server.permits import expiry, overlaps, repository, rules
from server.permits.schemas import ApprovalCreate, AreaCreate, PermitChange, PermitCreate
from server.permits.standing import Act, Answer, Judgment, judge
from server.permits.tables import PermitApproval, PermitArea, PermitRow, PermitStatusChange
from server.permits.wire import expand
from server.policy.facts import PermitStanding
from server.publication import acts
from server.publication import follow as publication
from server.subjects import service as subjects


def register(
    session: Session, wanted: PermitCreate, now: datetime, district: str = fleet.LOCAL, by: Person = SYSTEM
) -> PermitRow:
    """A new permit. Raises Conflict for a number in use, or for ground or pictures that a live permit of another
    subject covers at the same time.
    """
    subject = subjects.lock(session, wanted.subject_id)
    if subject.kind == "unknown":
        raise Conflict("permit.unknown_holder", "A permit has a holder")
    if repository.get(session, wanted.id) is not None:
        raise Conflict("permit.number_in_use", "The permit number is in use", {"id": wanted.id})
    overlaps.refuse_clash(session, wanted)
    fields: dict[str, Any] = wanted.model_dump(exclude={"areas", "approvals"})
    fields["weekdays"] = sorted(wanted.weekdays)
    row = PermitRow(
        **fields, status=PermitStatus.ACTIVE.value, district=district, created_at=now, changed_at=now
    )  # fmt: skip
    row.number = row.number or row.id
    session.add(row)
    session.flush()
    _put_areas(session, row, wanted.areas)
    _append_status(session, row, PermitStatus.ACTIVE, min(_first_instant(row), now), "登记 / registered", by, now)
    for approval in wanted.approvals:
        add_approval(session, row.id, approval, by, now)
    granted = [step.at for step in wanted.approvals if step.agreed and step.step in ("agreed", "filed")]
    acts.permit(session, row, max(granted, default=now), by, now)
    audit.record(session, by, "permit.register", row.id, {"subject": str(row.subject_id), "number": row.number}, now)
    push(session, {area.edge_id for area in wanted.areas}, now)
    return row


def change(session: Session, permit_id: str, wanted: PermitChange, now: datetime, by: Person = SYSTEM) -> PermitRow:
    """Change status or note a renewal; the version counts up, so the edges take it over."""
    row = hold(session, permit_id)
    if wanted.status is not None:
        served = wanted.served_at or now
        if served > now:
            allowed = "a time that has come: a status holds from when the holder was told"
            raise InvalidInput([{"field": "served_at", "value": served.isoformat(), "allowed": allowed}])
        _append_status(session, row, wanted.status, served, wanted.reason, by, now, wanted.found_invalid)
        newest = repository.changes_of(session, [row.id])[row.id][-1]
        row.status = newest.status
    if wanted.renewal_filed_at is not None:
        row.renewal_filed_at = wanted.renewal_filed_at
    _changed(session, row, now)
    if wanted.status is not None:
        expiry.status_changed(session, row, wanted.served_at or now, now)
        publication.permit_status(session, row, wanted.reason, by, now)
    told = wanted.model_dump(mode="json", exclude_none=True)
    audit.record(session, by, "permit.change", row.id, told, now)
    return row


def set_areas(
    session: Session, permit_id: str, areas: list[AreaCreate], reason: str, by: Person, now: datetime
) -> PermitRow:
    """Other pictures for the same permit: a camera was added or turned."""
    row = hold(session, permit_id)
    before = repository.areas_of(session, [row.id])[row.id]
    for area in before:
        session.delete(area)
    session.flush()
    _put_areas(session, row, areas)
    _changed(session, row, now)
    push(session, {area.edge_id for area in before}, now)
    told = {"reason": reason, "areas": [f"{area.camera_id}/{area.zone_id}" for area in areas]}
    audit.record(session, by, "permit.areas", row.id, told, now)
    return row


def add_approval(session: Session, permit_id: str, wanted: ApprovalCreate, by: Person, now: datetime) -> PermitApproval:
    """A step of the approval. Raises InvalidInput for one that lies ahead."""
    if wanted.at > now:
        raise InvalidInput([{"field": "at", "value": wanted.at.isoformat(), "allowed": "a time that has come"}])
    row = PermitApproval(
        id=uuid7(now), permit_id=permit_id, recorded_at=now, recorded_by=by.name, **wanted.model_dump()
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def holder_left(session: Session, permit_ids: list[str], at: datetime, by: Person, now: datetime) -> None:
    """The shop changed hands: a permit is personal and covers nobody from then on."""
    for permit_id in permit_ids:
        row = hold(session, permit_id)
        row.holder_left_at = at
        _changed(session, row, now)
        audit.record(session, by, "permit.holder_left", row.id, {"at": at.isoformat()}, now)


def get(session: Session, permit_id: str) -> PermitRow:
    """The permit; raises NotFound."""
    row = repository.get(session, permit_id)
    if row is None:
        raise NotFound("permit", permit_id)
    return row


def hold(session: Session, permit_id: str) -> PermitRow:
    """The permit with its row locked; raises NotFound."""
    row = repository.get(session, permit_id, lock=True)
    if row is None:
        raise NotFound("permit", permit_id)
    return row


def for_edge(session: Session, edge_id: str, now: datetime) -> list[Permit]:
    """The permits that an edge must know: all that are not over, whatever their status, ordered by id."""
    since = now.astimezone(LOCAL).date() - timedelta(days=1)
    found = [
        permit for row, areas in repository.of_edge(session, edge_id, since) for permit in expand(row, areas, since)
    ]
    return sorted(found, key=lambda permit: permit.id)


def edges_with_permits(session: Session) -> list[str]:
    """Edges that any permit names."""
    return repository.edges(session)


def push(session: Session, edge_ids: set[str], now: datetime) -> None:
    """Bring the desired state of edges in line with the register."""
    for edge_id in sorted(edge_ids):
        desired.refresh(session, edge_id, for_edge(session, edge_id, now), now)


def judgment(session: Session, camera_id: str, zone_id: str, act: Act) -> Judgment:
    """How an act stands to the permits of its zone.

    Where the register knows no permit and the edge measured against one (written in its own file), the edge is taken
    at its word.
    """
    rows = repository.of_zone(session, camera_id, zone_id)
    if not rows and act.relation is PermitRelation.EXCEEDED:
        note = "the edge measured against a permit that the register does not know"
        return Judgment(Answer.EXCEEDED, None, 0, act.beyond_m, act.area_m2, (note,))
    return judge(repository.known(session, rows), act, rules.load())


def standing(session: Session, camera_id: str, zone_id: str, at: datetime, exceeded: bool) -> PermitStanding:
    """The `permit` input for an act at `at`; `exceeded` is what the edge measured against the polygon and hours.

    The edge raises nothing inside a live permit. WITHIN is therefore only a person's finding, never concluded here.
    """
    relation = PermitRelation.EXCEEDED if exceeded else PermitRelation.NONE
    return judgment(session, camera_id, zone_id, Act(at, at, relation)).standing


def _first_instant(row: PermitRow) -> datetime:
    return datetime.combine(row.valid_from, datetime.min.time(), LOCAL).astimezone(UTC)


def _put_areas(session: Session, row: PermitRow, areas: list[AreaCreate]) -> None:
    for ordinal, area in enumerate(areas, start=1):
        session.add(PermitArea(permit_id=row.id, ordinal=ordinal, **area.model_dump()))
    session.flush()


def _append_status(
    session: Session,
    row: PermitRow,
    status: PermitStatus,
    served_at: datetime,
    reason: str,
    by: Person,
    now: datetime,
    found_invalid: bool = False,
) -> None:
    fields: dict[str, Any] = {"status": status.value, "served_at": served_at, "reason": reason}
    fields["found_invalid"] = found_invalid
    fields["ordinal"] = len(repository.changes_of(session, [row.id])[row.id]) + 1
    session.add(
        PermitStatusChange(id=uuid7(now), permit_id=row.id, recorded_at=now, recorded_by=by.name, **fields)
    )  # fmt: skip
    session.flush()


def _changed(session: Session, row: PermitRow, now: datetime) -> None:
    row.version, row.changed_at = row.version + 1, now
    session.add(row)
    session.flush()
    push(session, {area.edge_id for area in repository.areas_of(session, [row.id])[row.id]}, now)
