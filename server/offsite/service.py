"""Keep cards, set modes, review records; and what a camera's record is good for."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases.tables import Case
from server.errors import InvalidInput, NotFound
from server.fleet.tables import Edge
from server.offsite import card
from server.offsite.schemas import CardRead, CardWanted, ModeWanted, ReviewCreate
from server.offsite.tables import CameraCard, RecordReviewRow
from server.policy.matter import CameraStanding, RecordReview, local_day


def put(
    session: Session, edge_id: str, camera_id: str, wanted: CardWanted, person: Person, now: datetime
) -> CameraCard:
    """Write a camera's card. Raises NotFound for an edge that is not known or out of reach."""
    row = _card(session, edge_id, camera_id, person, now)
    before = CardWanted.model_validate(row, from_attributes=True).model_dump(mode="json")
    for name, value in wanted.model_dump().items():
        setattr(row, name, value)
    _changed(session, row, person, now)
    after = wanted.model_dump(mode="json")
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    audit.record(session, person, "camera_card.change", f"{edge_id}/{camera_id}", changed, now)
    return row


def set_mode(
    session: Session, edge_id: str, camera_id: str, wanted: ModeWanted, person: Person, now: datetime
) -> CameraCard:
    """Say which mode is wanted. It takes effect only while nothing is missing."""
    row = _card(session, edge_id, camera_id, person, now)
    row.wanted, row.wanted_by, row.wanted_reason = wanted.mode, person.name, wanted.reason
    _changed(session, row, person, now)
    audit.record(session, person, "camera_card.mode", f"{edge_id}/{camera_id}", wanted.model_dump(), now)
    return row


def review(session: Session, case: Case, wanted: ReviewCreate, person: Person, now: datetime) -> RecordReviewRow:
    """A person's review of the record of a case. The newest counts."""
    if not _passed(wanted) and not wanted.note.strip():
        allowed = "what is not true, clear, complete or accurate"
        raise InvalidInput([{"field": "note", "value": wanted.note, "allowed": allowed}])
    row = RecordReviewRow(
        id=uuid7(now), case_id=case.id, reviewed_by=person.id, reviewed_by_name=person.name, reviewed_at=now,
        **wanted.model_dump(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, person, "case.review_record", case.id, wanted.model_dump(), now)
    return row


def read(row: CameraCard, now: datetime) -> CardRead:
    """A card with the mode in effect."""
    day = local_day(now)
    told = {"mode": card.mode(row, day), "missing": card.missing(row, day)}
    return CardRead.model_validate(row.model_dump() | told)


def standing(session: Session, edge_id: str, camera_id: str, act_at: datetime) -> CameraStanding | None:
    """What the camera's records of that day may be used for; none without a card: CLUE."""
    row = session.get(CameraCard, (edge_id, camera_id))
    if row is None:
        return None
    day = local_day(act_at)
    told = {"mode": card.mode(row, day), "missing": card.missing(row, day)}
    return CameraStanding.model_validate({"wanted": row.wanted, "legal_basis": row.legal_basis} | told)


def newest_review(session: Session, case_id: UUID) -> RecordReview | None:
    """The review that counts."""
    wanted = select(RecordReviewRow).where(RecordReviewRow.case_id == case_id)
    row = session.exec(wanted.order_by(col(RecordReviewRow.reviewed_at).desc(), col(RecordReviewRow.id).desc())).first()
    if row is None:
        return None
    return RecordReview(by=row.reviewed_by_name, at=row.reviewed_at, passed=passed(row), note=row.note)


def passed(row: RecordReviewRow) -> bool:
    """Whether the record is good."""
    return _passed(row)


def _passed(told: ReviewCreate | RecordReviewRow) -> bool:
    return told.is_true and told.is_clear and told.is_complete and told.is_accurate


def _card(session: Session, edge_id: str, camera_id: str, person: Person, now: datetime) -> CameraCard:
    edge = session.get(Edge, edge_id)
    if edge is None:
        raise NotFound("edge", edge_id)
    person.reach.require("edge", edge_id, edge.district)
    row = session.exec(
        select(CameraCard)
        .where(CameraCard.edge_id == edge_id, CameraCard.camera_id == camera_id)
        .with_for_update()
    ).first()  # fmt: skip
    if row is None:
        row = CameraCard(edge_id=edge_id, camera_id=camera_id, changed_at=now, changed_by=person.id)
    row.district = edge.district
    return row


def _changed(session: Session, row: CameraCard, person: Person, now: datetime) -> None:
    row.changed_at, row.changed_by = now, person.id
    session.add(row)
    session.flush()
