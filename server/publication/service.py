"""Publish permits and penalties in time, freeze them under objection, take them back when they no longer hold.

S1 (十五): seven working days. Penalty Law 48: a published decision that was changed, quashed, found unlawful or invalid
is withdrawn within three days, with the reason. Exemptions are never published.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.calendars import service as calendars
from server.cases.calendar import Span
from server.errors import Conflict, NotFound
from server.marks import marks
from server.publication import rules
from server.publication.tables import Kind, Publication, PublicationStep, State

RUNNING = (State.DUE.value, State.WITHDRAW_DUE.value)


def due_for_decision(
    session: Session,
    kind: Kind,
    target: str,
    subject_id: UUID,
    decided_at: datetime,
    title: str,
    body: dict[str, Any],
    by: Person,
    now: datetime,
    district: str = "local",
    case_id: UUID | None = None,
) -> Publication:
    """Note that an act must be published; the clock runs from its decision. Once for each act: a second call returns
    the first one, unless that was withdrawn.
    """
    known = newest(session, kind, target)
    if known is not None and known.state not in (State.WITHDRAWN.value, State.WITHDRAW_DUE.value):
        return known
    clock = marks(calendars.current(session), decided_at, rules.load().publish.span)
    row = Publication(
        id=uuid7(now), kind=kind.value, target=target, case_id=case_id, subject_id=subject_id, district=district,
        state=State.DUE.value, title=title, body=body, decided_at=decided_at, **clock,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _step(session, row, "due", by, "", now)
    return row


def publish(session: Session, publication_id: UUID, where: str, by: Person, now: datetime) -> Publication:
    """A person put it before the public, and says where. Raises Conflict while it is frozen, or not due."""
    row = hold(session, publication_id)
    _need(row, State.DUE, State.WITHHELD)
    if row.frozen_at is not None:
        raise Conflict("publication.frozen", "It is under objection and must not be published now")
    row.state, row.published_at, row.published_where, row.next_at = State.PUBLISHED.value, now, where, None
    return _step(session, row, "published", by, where, now)


def withhold(session: Session, publication_id: UUID, reason: str, by: Person, now: datetime) -> Publication:
    """It is not published, for a reason (secrets, privacy: Penalty Law 50)."""
    row = hold(session, publication_id)
    _need(row, State.DUE)
    row.state, row.reason, row.next_at = State.WITHHELD.value, reason, None
    return _step(session, row, "withheld", by, reason, now)


def freeze(
    session: Session, reason: str, by: Person, now: datetime, *,
    case_id: UUID | None = None, kind: Kind | None = None, target: str | None = None,
) -> list[Publication]:  # fmt: skip
    """An objection, reconsideration or suit was lodged, or a permit suspended: nothing of it is shown, no clock to
    publish runs. Name the case, or the kind and target.
    """
    going = [row for row in _of(session, case_id, kind, target) if row.frozen_at is None and row.state in _STANDING]
    for row in going:
        row.frozen_at, row.next_at = now, None
        _step(session, row, "frozen", by, reason, now)
    return going


def unfreeze(
    session: Session, reason: str, by: Person, now: datetime, *,
    case_id: UUID | None = None, kind: Kind | None = None, target: str | None = None,
) -> list[Publication]:  # fmt: skip
    """The objection is answered and the act stands: what was shown is shown again, and what was due has its whole time
    anew, since only now the act is settled. Name the case, or the kind and target.
    """
    thawed = [row for row in _of(session, case_id, kind, target) if row.frozen_at is not None]
    for row in thawed:
        row.frozen_at = None
        if row.state == State.DUE.value:
            _clock(session, row, rules.load().publish.span, now)
        _step(session, row, "unfrozen", by, reason, now)
    return thawed


def withdraw(
    session: Session, reason: str, by: Person, now: datetime, *,
    case_id: UUID | None = None, kind: Kind | None = None, target: str | None = None,
) -> list[Publication]:  # fmt: skip
    """The act was changed, quashed, or found unlawful or invalid at `now`. What was published vanishes from our list at
    once and must be taken back everywhere in three days, with the reason; what was not published never is.

    Name the case, or the kind and target.
    """
    going = [row for row in _of(session, case_id, kind, target) if row.state in _STANDING]
    for row in going:
        row.reason, row.frozen_at = reason, None
        if row.published_at is not None:
            row.state = State.WITHDRAW_DUE.value
            _clock(session, row, rules.load().withdraw.span, now)
        else:
            row.state, row.withdrawn_at, row.next_at = State.WITHDRAWN.value, now, None
        _step(session, row, row.state, by, reason, now)
    return going


def withdrawn(session: Session, publication_id: UUID, proof: str, by: Person, now: datetime) -> Publication:
    """A person took it back everywhere; `proof` says how that can be seen."""
    row = hold(session, publication_id)
    _need(row, State.WITHDRAW_DUE)
    row.state, row.withdrawn_at, row.next_at = State.WITHDRAWN.value, now, None
    return _step(session, row, "withdrawn", by, proof, now)


def hold(session: Session, publication_id: UUID) -> Publication:
    """The row locked until the transaction ends; raises NotFound."""
    wanted = select(Publication).where(col(Publication.id) == publication_id)
    row = session.exec(wanted.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("publication", publication_id)
    return row


def newest(session: Session, kind: Kind, target: str) -> Publication | None:
    """The last publication of an act."""
    wanted = select(Publication).where(Publication.kind == kind.value, Publication.target == target)
    return session.exec(wanted.order_by(col(Publication.decided_at).desc(), col(Publication.id).desc())).first()


def of_case(session: Session, case_id: UUID) -> list[Publication]:
    """Everything to publish about a case."""
    wanted = select(Publication).where(Publication.case_id == case_id).with_for_update()
    return list(session.exec(wanted.order_by(col(Publication.id))).all())


def steps_of(session: Session, publication_id: UUID) -> list[PublicationStep]:
    """What was done with it, oldest first."""
    wanted = select(PublicationStep).where(PublicationStep.publication_id == publication_id)
    return list(session.exec(wanted.order_by(col(PublicationStep.ordinal))).all())


_STANDING = frozenset({State.DUE.value, State.PUBLISHED.value, State.WITHHELD.value})


def _of(session: Session, case_id: UUID | None, kind: Kind | None, target: str | None) -> list[Publication]:
    if case_id is not None:
        return of_case(session, case_id)
    if kind is None or target is None:
        raise ValueError("name the case, or the kind and target")
    row = newest(session, kind, target)
    return [] if row is None else [hold(session, row.id)]


def _clock(session: Session, row: Publication, span: Span, now: datetime) -> None:
    for name, value in marks(calendars.current(session), now, span).items():
        setattr(row, name, value)
    row.told = 0


def _need(row: Publication, *states: State) -> None:
    if row.state not in states:
        facts = {"state": row.state, "allowed": [state.value for state in states]}
        raise Conflict("publication.wrong_state", "It is not in a state for that", facts)


def _step(session: Session, row: Publication, step: str, by: Person, reason: str, now: datetime) -> Publication:
    session.add(row)
    session.flush()
    ordinal = len(steps_of(session, row.id)) + 1
    session.add(
        PublicationStep(
            id=uuid7(now), publication_id=row.id, ordinal=ordinal, step=step, at=now, by_id=by.id, by_name=by.name,
            reason=reason,
        )
    )  # fmt: skip
    session.flush()
    audit.record(session, by, f"publication.{step}", row.id, {"target": row.target, "reason": reason}, now)
    return row
