"""My tasks with everything that a phone needs to work on them without a network."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlmodel import Session, col, or_, select

from server.alerts import gallery
from server.alerts.where import spot_of_case
from server.auth.person import Person
from server.auth.roles import Role
from server.auth.tables import PersonRow
from server.calendars import service as calendars
from server.cases import read, repository, timers
from server.cases.fields import WITHOUT_REASON
from server.cases.guards_law import FILED_ONLY
from server.cases.recommendation import item_of
from server.cases.schemas import CaseRead, MoveRead
from server.cases.tables import Case
from server.cases.workflow import NAMES, State, exits
from server.crisis.service import correction_minutes
from server.dispatch.tables import OfficerRecord
from server.documents import repository as documents
from server.policy import publication
from server.policy.publication import VIOLATION, ViolationRule
from server.subjects.repository import premises_of
from server.subjects.tables import Subject

S = State
AT_HAND = (S.W2, S.W3, S.W4, S.W5, S.W6, S.WX)
"""States in which something is to be done on the street, or was asked for from there."""
HANDED_ON = (S.W7, S.W8)
"""Reported by me, being checked by another: shown, and back again after a rework."""
TASKS_AT_MOST = 200
PICTURES_AT_MOST = 4
STEPS_AT_MOST = 12
SHOWN = ("wide_shown", "close_shown")


class TaskPicture(BaseModel):
    """A blurred picture; its bytes are at `/api/evidence/{sha256}`."""

    sha256: str
    role: str
    captured_at: AwareDatetime


class TaskSubject(BaseModel):
    """Who answers for it. `known` false: nobody is named yet. No telephone number: it does not leave the server."""

    id: UUID
    known: bool
    name: str
    code: str | None
    address: str


class TaskDocument(BaseModel):
    """A document of the case that is in force; `token` is what its QR code carries."""

    id: UUID
    kind: str
    number: str
    token: str


class TaskStep(BaseModel):
    """An entry of the history, in short."""

    model_config = ConfigDict(from_attributes=True)

    ordinal: int
    kind: str
    at: AwareDatetime
    actor_name: str
    to_state: str
    reason: str


class Task(BaseModel):
    """A case with what is needed on the spot.

    `lon`, `lat` (WGS-84) are where to go, null when nobody knows. `correction_minutes`: the ordinary deadline of an
    order served now, 0 when it must be told. `spot_path`: whether it may be settled on the spot.
    `refuse_until`: a task not accepted yet may be refused until then. `camera_alerts`: what a verdict may be given on.
    """

    case: CaseRead
    item_name_zh: str
    item_name_en: str
    address: str
    lon: float | None
    lat: float | None
    correction_minutes: int
    spot_path: bool
    refuse_until: AwareDatetime | None
    warn_at: AwareDatetime | None
    late_at: AwareDatetime | None
    subject: TaskSubject
    pictures: list[TaskPicture]
    documents: list[TaskDocument]
    camera_alerts: list[UUID]
    steps: list[TaskStep]
    moves: list[MoveRead]


class Colleague(BaseModel):
    """An officer of my districts with a certificate."""

    person_id: UUID
    name: str
    certificate: str


class Reportable(BaseModel):
    """A kind of act that a patrol may report."""

    item_code: str
    name_zh: str
    name_en: str
    violation: str | None


class Tasks(BaseModel):
    """What a phone keeps. `at` is when it was read; `mine` is one's own certificate, empty when none is on file."""

    at: AwareDatetime
    arrival_within_m: float
    mine: str
    tasks: list[Task]
    colleagues: list[Colleague]
    reportable: list[Reportable]


def of(session: Session, person: Person, now: datetime) -> Tasks:
    """The open tasks of a person, and the registers that go with them."""
    limits = calendars.current(session).limits
    mine = or_(col(Case.assignee_id) == person.id, col(Case.handler_id) == person.id)
    wanted = person.reach.limit(select(Case), Case.district).where(
        mine, col(Case.state).in_([state.value for state in (*AT_HAND, *HANDED_ON)])
    )
    cases = session.exec(wanted.order_by(col(Case.due_at), col(Case.id)).limit(TASKS_AT_MOST)).all()
    refuse_within = timedelta(minutes=limits.refuse_within_minutes)
    rows = read.rows(session, cases)
    people = _colleagues(session, person, now)
    return Tasks(
        at=now,
        arrival_within_m=limits.arrival_within_m,
        mine=next((one.certificate for one in people if one.person_id == person.id), ""),
        tasks=[_task(session, case, row, refuse_within, now) for case, row in zip(cases, rows, strict=True)],
        colleagues=[one for one in people if one.person_id != person.id],
        reportable=_reportable(session, now),
    )


def _task(session: Session, case: Case, row: CaseRead, refuse_within: timedelta, now: datetime) -> Task:
    _, item = item_of(session, case)
    state, timer = State(case.state), timers.live(session, case)
    spot = spot_of_case(session, case)
    alerts = repository.alerts_of(session, case.id)
    subject = session.get(Subject, case.subject_id)
    return Task(
        case=row,
        item_name_zh=item.name.zh if item else case.violation,
        item_name_en=item.name.en if item else case.violation,
        address=next((alert.address for alert in alerts if alert.address), ""),
        lon=spot[0] if spot else None,
        lat=spot[1] if spot else None,
        correction_minutes=correction_minutes(session, case, item, now),
        spot_path=item is None or item.tier not in FILED_ONLY,
        refuse_until=timer.started_at + refuse_within if timer and state is S.W2 else None,
        warn_at=timer.warn_at if timer else None,
        late_at=timer.late_at if timer else None,
        subject=_subject(session, case, subject, now),
        pictures=_pictures(session, case),
        documents=_documents(session, case.id),
        camera_alerts=[alert.id for alert in alerts if alert.source == "camera"],
        steps=[TaskStep.model_validate(step) for step in repository.steps_of(session, case.id)[-STEPS_AT_MOST:]],
        moves=[
            MoveRead(
                to=t.to, name_zh=NAMES[t.to][0], name_en=NAMES[t.to][1], who=t.who, when=t.when,
                needs_reason=(t.frm, t.to) not in WITHOUT_REASON,
            )
            for t in exits(state)
            if t.who is Role.OFFICER
        ],
    )  # fmt: skip


def _subject(session: Session, case: Case, subject: Subject | None, now: datetime) -> TaskSubject:
    if subject is None or subject.kind == "unknown":
        return TaskSubject(id=case.subject_id, known=False, name="", code=None, address="")
    held = [p for p in premises_of(session, subject.id) if p.valid_from <= now and (not p.valid_to or now < p.valid_to)]
    address = f"{held[0].address}{held[0].door_number}" if len(held) == 1 else ""
    return TaskSubject(id=subject.id, known=True, name=subject.name, code=subject.code, address=address)


def _pictures(session: Session, case: Case) -> list[TaskPicture]:
    """Blurred ones only: nothing sealed is kept on a phone."""
    shown = [one for one in gallery.of_case(session, case) if one.role in SHOWN and not one.sealed]
    return [TaskPicture.model_validate(one, from_attributes=True) for one in shown[:PICTURES_AT_MOST]]


def _documents(session: Session, case_id: UUID) -> list[TaskDocument]:
    rows = documents.of_case(session, case_id)
    gone = documents.withdrawn(session, rows)
    return [TaskDocument.model_validate(row, from_attributes=True) for row in rows if row.id not in gone]


def _colleagues(session: Session, person: Person, now: datetime) -> list[Colleague]:
    wanted = select(OfficerRecord, PersonRow.name).join(PersonRow, col(PersonRow.id) == col(OfficerRecord.person_id))
    wanted = person.reach.limit(wanted, OfficerRecord.district).where(
        OfficerRecord.certificate != "", col(OfficerRecord.certificate_to) >= now.date(), col(PersonRow.active)
    )
    rows = session.exec(wanted.order_by(PersonRow.name).limit(500)).all()
    return [Colleague(person_id=r.person_id, name=name, certificate=r.certificate) for r, name in rows]


def _reportable(session: Session, now: datetime) -> list[Reportable]:
    listing = publication.exemptions_at(session, now)
    rules = [publication.parsed(ViolationRule, row) for row in publication.newest(session, VIOLATION)]
    seen_by_camera = {rule.item: rule.id for rule in rules}
    items = listing.items if listing else []
    return [
        Reportable(
            item_code=item.code, name_zh=item.name.zh, name_en=item.name.en, violation=seen_by_camera.get(item.code)
        )
        for item in sorted(items, key=lambda item: (item.code not in seen_by_camera, item.code))
    ]
