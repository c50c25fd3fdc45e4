"""The desk of a person: counts, pages, and a sample of closed cases."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from server import cursor
from server.auth.person import Person
from server.cases import read
from server.cases.tables import Case
from server.cases.workflow import ENDS
from server.desk import conditions, hindrances, others, queues, repository
from server.desk.queues import QUEUES, Queue
from server.desk.schemas import (
    DelegationHeld,
    DeskRead,
    OtherRead,
    QueueRead,
    SampleRead,
    WaitingPage,
    WaitingRead,
)
from server.errors import Forbidden
from server.policy import publication

DRAWN_FROM_AT_MOST = 100_000
"""Cases of the chosen days among which a sample is drawn."""


def desk(session: Session, person: Person, now: datetime) -> DeskRead:
    """What waits for this person, by queue."""
    wanted = {queue: conditions.waiting(session, queue, person, now) for queue in queues.of(person.roles)}
    counted = repository.counts(session, wanted, now)
    return DeskRead(
        at=now,
        queues=[
            QueueRead(
                queue=queue, role=QUEUES[queue].role.value, waiting=count.waiting, late=count.late,
                next_due=count.next_due,
            )
            for queue, count in counted.items()
        ],
        others=[OtherRead(kind=o.kind, waiting=o.waiting, late=o.late) for o in others.of(session, person, now)],
        delegations=[
            DelegationHeld.model_validate(row, from_attributes=True)
            for row in conditions.live_delegations(session, person, now)
        ],
    )  # fmt: skip


def page(session: Session, queue: Queue, person: Person, before: str | None, limit: int, now: datetime) -> WaitingPage:
    """Cases of one queue, the one due first ahead. Raises Forbidden for a queue of a role not held, InvalidInput."""
    role = QUEUES[queue].role
    if not person.has(role):
        raise Forbidden([role], sorted(person.roles))
    condition = conditions.waiting(session, queue, person, now)
    found = repository.page(session, condition, cursor.decode(before) if before else None, limit + 1)
    more, rows = len(found) > limit, found[:limit]
    following = cursor.encode(rows[-1].due_at, rows[-1].id) if more and rows[-1].due_at else None
    return WaitingPage(queue=queue, items=_rows(session, queue, person, rows, now), next=following)


def _rows(session: Session, queue: Queue, person: Person, rows: list[Case], now: datetime) -> list[WaitingRead]:
    ids = [case.id for case in rows]
    had = repository.parts_of(session, rows, person)
    deciders = repository.deciders(session, ids)
    said = repository.recommendations(session, ids)
    people = {key for case in rows for key in (case.handler_id, case.assignee_id, case.void_asked_by)}
    names = repository.names(session, people)
    listing = publication.exemptions_at(session, now)
    held = conditions.live_delegations(session, person, now) if queue is Queue.DELEGATED else []
    found: list[WaitingRead] = []
    for case, shown in zip(rows, read.rows(session, rows), strict=True):
        item = listing.item(case.item_code) if listing and case.item_code else None
        rule, result = said.get(case.id, (None, None))
        officer = case.handler_id or case.assignee_id
        document = next(
            (row.document for row in held if row.district == case.district and case.item_code in row.items), None
        )
        found.append(
            WaitingRead(
                case=shown,
                item_zh=item.name.zh if item else "",
                item_en=item.name.en if item else "",
                officer_name=names.get(officer, "") if officer else "",
                asked_by_name=names.get(case.void_asked_by, "") if case.void_asked_by else "",
                rule=rule,
                result=result,
                delegation=document,
                hindrance=hindrances.of(queue, case, person, had.get(case.id, set()), deciders.get(case.id)),
            )
        )
    return found


def sample(
    session: Session, person: Person, closed_from: datetime, closed_to: datetime, seed: str, count: int
) -> SampleRead:
    """Closed cases of these days drawn by lot: those whose SHA-256 of seed and id is smallest."""
    wanted = select(Case.id).where(
        col(Case.state).in_(sorted(ENDS)), col(Case.closed_at) >= closed_from, col(Case.closed_at) < closed_to
    )
    ids = list(session.exec(person.reach.limit(wanted, Case.district).limit(DRAWN_FROM_AT_MOST)).all())
    drawn = sorted(ids, key=lambda key: sha256(f"{seed}:{key}".encode()).digest())[:count]
    rows = {case.id: case for case in session.exec(select(Case).where(col(Case.id).in_(drawn)))}
    return SampleRead(
        seed=seed,
        closed_from=closed_from,
        closed_to=closed_to,
        total=len(ids),
        cases=read.rows(session, [rows[key] for key in drawn]),
    )
