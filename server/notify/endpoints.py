"""`/api/notices`: the inbox, what was told to whom with the proof, who wants to be told how."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request
from sqlmodel import col, select

from server.audit import service as audit
from server.auth.person import Allow, HousePerson, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import Conflict, NotFound
from server.notify import callbacks, contacts, inbox, outbox
from server.notify.schemas import DeliveryRead, InboxPage, Kept, Marked, NoticeRead, Preference, ProofRead, ReadMarks
from server.notify.tables import Delivery, Notice, NoticePreference
from server.notify.templates import known
from server.subjects.tables import Subject

router = APIRouter(prefix="/api/notices", tags=["notify"])
Minder = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]
Watcher = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN, Role.AUDITOR))]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("")
def list_notices(
    session: ReadSession,
    person: StaffPerson,
    to: Annotated[str | None, Query(max_length=80, pattern=r"^[a-z]+:[A-Za-z0-9_-]+$")] = None,
    case_id: UUID | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> list[NoticeRead]:
    """Notices, newest first; `to` is `role:seat`, `person:<id>` or `subject:<id>`; `before` the last id seen."""
    wanted = select(Notice).where(person.reach.clause(Notice.district) | (col(Notice.to) == f"person:{person.id}"))
    wanted = wanted.order_by(col(Notice.id).desc()).limit(limit)
    if to is not None:
        wanted = wanted.where(Notice.to == to)
    if case_id is not None:
        wanted = wanted.where(Notice.case_id == case_id)
    if before is not None:
        wanted = wanted.where(col(Notice.id) < before)
    return [_read(row) for row in session.exec(wanted)]


@router.get("/inbox")
def my_inbox(
    session: ReadSession, person: HousePerson, unread: bool = False, before: UUID | None = None, limit: Limit = 50
) -> InboxPage:
    """What I was told, by name or by role, newest first."""
    rows = inbox.page(session, person, unread, before, limit)
    items = [_read(row).model_copy(update={"seen_at": at}) for row, at in rows]
    last = items[-1].id if len(items) == limit else None
    return InboxPage(items=items, unread=inbox.unread(session, person), next=last)


@router.post("/inbox/read")
def mark_read(marks: ReadMarks, session: WriteSession, now: Now, person: HousePerson) -> Marked:
    """I have read these. Again is harmless."""
    return Marked(marked=inbox.read(session, person, marks.ids, now))


@router.get("/preference")
def my_preference(session: ReadSession, person: HousePerson) -> Preference:
    """The language I want and where I am reached."""
    return _preference(session.get(NoticePreference, f"person:{person.id}"))


@router.put("/preference")
def set_my_preference(wanted: Preference, session: WriteSession, now: Now, person: HousePerson) -> Preference:
    """From now on."""
    return _preferred(session, person, f"person:{person.id}", wanted, now)


@router.get("/preference/subjects/{subject_id}")
def subject_preference(subject_id: UUID, session: ReadSession, person: StaffPerson) -> Preference:
    """What a subject wants."""
    _subject_within(session, person, subject_id)
    return _preference(session.get(NoticePreference, f"subject:{subject_id}"))


@router.put("/preference/subjects/{subject_id}")
def set_subject_preference(
    subject_id: UUID, wanted: Preference, session: WriteSession, now: Now, person: StaffPerson
) -> Preference:
    """As the subject said."""
    _subject_within(session, person, subject_id)
    return _preferred(session, person, f"subject:{subject_id}", wanted, now)


@router.get("/deliveries")
def list_deliveries(
    session: ReadSession,
    person: Watcher,
    state: Annotated[str, Query(pattern="^(waiting|sent|dead)$")] = "dead",
    before: UUID | None = None,
    limit: Limit = 50,
) -> list[DeliveryRead]:
    """Deliveries in a state, by id; those that are dead need a person. No facts and no addresses."""
    wanted = person.reach.limit(select(Delivery), Delivery.district).where(Delivery.state == state)
    if before is not None:
        wanted = wanted.where(col(Delivery.id) < before)
    rows = session.exec(wanted.order_by(col(Delivery.id).desc()).limit(limit))
    return [DeliveryRead.model_validate(row) for row in rows]


@router.post("/deliveries/{delivery_id}/again")
def try_again(delivery_id: UUID, session: WriteSession, now: Now, person: Minder) -> DeliveryRead:
    """Try a dead one once more, from the first try on."""
    row = session.get(Delivery, delivery_id, with_for_update=True)
    if row is None:
        raise NotFound("delivery", delivery_id)
    person.reach.require("delivery", delivery_id, row.district)
    if row.state != outbox.DEAD:
        raise Conflict("delivery.not_dead", "Only a dead delivery is tried again by hand", {"state": row.state})
    outbox.again(session, row, person.name, now)
    audit.record(session, person, "notice.again", delivery_id, {"channel": row.channel}, now, row.district or None)
    return DeliveryRead.model_validate(row)


@router.post("/callbacks/{channel}")
def take_callback(
    channel: Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,32}$")],
    request: Request,
    told: Annotated[dict[str, Any], Body()],
    authorization: Annotated[str, Header(max_length=400)] = "",
) -> Kept:
    """A gateway says what became of a message. It has no account: the channel's own secret as a bearer token."""
    settings = request.app.state.notify
    callbacks.require_secret(settings, channel, authorization.removeprefix("Bearer ").strip())
    status = callbacks.read(settings, channel, told)
    services = services_of(request)
    # The transaction opens only now: whoever has no secret never holds the writers' turn.
    with services.database.session_scope() as session:
        return Kept(kept=callbacks.take(session, channel, status, services.clock.now()))


@router.get("/{notice_id}/deliveries")
def notice_deliveries(notice_id: UUID, session: ReadSession, person: StaffPerson) -> list[DeliveryRead]:
    """How a notice went out: each way with its proofs."""
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound("notice", notice_id)
    person.reach.require("notice", notice_id, notice.district)
    return [
        DeliveryRead.model_validate(row).model_copy(
            update={"proofs": [ProofRead.model_validate(proof) for proof in proofs]}
        )
        for row, proofs in inbox.deliveries(session, notice_id)
    ]


def _subject_within(session: Any, person: Person, subject_id: UUID) -> None:
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotFound("subject", subject_id)
    person.reach.require("subject", subject_id, subject.district)


def _preferred(session: Any, person: Person, who: str, wanted: Preference, now: Any) -> Preference:
    numbers = {str(kind): number for kind, number in wanted.contacts.items()}
    return _preference(contacts.prefer(session, person, who, wanted.language, numbers, now))


def _preference(row: NoticePreference | None) -> Preference:
    return Preference(language="zh-CN") if row is None else Preference.model_validate(row)


def _read(row: Notice) -> NoticeRead:
    template = known()[row.template]
    zh, en = template.render(row.facts)
    facts = dict(row.facts)
    if "contact" in facts:
        facts["contact"] = contacts.masked(str(facts["contact"]))
    known_fields = row.model_dump(exclude={"key", "next_try_at", "routed_at", "facts"})
    return NoticeRead(**known_fields, facts=facts, text_zh=zh, text_en=en, urgent=template.urgent)
