"""The archive (主体档案) of a subject: everything that the authority holds about it, for its own people only."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlmodel import Session

from edge.contracts.permits import LOCAL
from server.auth.person import Person
from server.cases.workflow import State, is_open
from server.errors import Conflict
from server.subjects import archive_reads as reads
from server.subjects import file, grades, repository, sight
from server.subjects.schemas import (
    ContactRead,
    FlagRead,
    GradeRead,
    NameRead,
    PremisesRead,
    RecordRead,
    SubjectRead,
    ZoneBindingRead,
)
from server.subjects.tables import Subject
from server.subjects.views import CreditView, Finding, PermitFact, PublicView, credit_view, penalties, public_view

ALERTS_SHOWN = 200


class AlertFact(BaseModel):
    """An alert about one of its zones."""

    id: UUID
    camera_id: str
    zone_id: str
    violation: str
    permit: str
    state: str
    raised_at: AwareDatetime
    cleared_at: AwareDatetime | None
    case_id: UUID | None


class CaseFact(BaseModel):
    """A case and what was decided in it."""

    id: UUID
    number: str
    state: str
    is_open: bool
    item_code: str | None
    began_at: AwareDatetime
    closed_at: AwareDatetime | None
    order_served_at: AwareDatetime | None
    order_due_at: AwareDatetime | None
    corrected_at: AwareDatetime | None
    verified_at: AwareDatetime | None


class ExemptionFact(BaseModel):
    """A decision not to punish. Internal: it tells what was first and serves nothing else."""

    internal: Literal[True] = True
    case_id: UUID
    case_number: str
    item_code: str | None
    outcome: str
    rule: str
    decided_at: AwareDatetime
    decided_by_name: str
    list_version: str | None


class PledgeFact(BaseModel):
    """What it promised in writing; `kept` null while it is not known."""

    case_id: UUID
    text: str
    signed_at: AwareDatetime
    due_at: AwareDatetime | None
    kept: bool | None
    why: str


class ObjectionFact(BaseModel):
    """What it objected to, and what became of it."""

    number: str
    case_id: UUID
    kind: str
    lodged_at: AwareDatetime
    status: str
    answered_at: AwareDatetime | None


class HandoverFact(BaseModel):
    """A shop taken over or given away."""

    direction: Literal["took_over", "gave_away"]
    other_id: UUID
    at: AwareDatetime
    zones: list[str]


class BranchFact(BaseModel):
    """A branch, for its head office."""

    id: UUID
    name: str
    code: str | None


class Archive(BaseModel):
    """All of it. `alerts` are the newest 200."""

    subject: SubjectRead
    names: list[NameRead]
    premises: list[PremisesRead]
    zones: list[ZoneBindingRead]
    contacts: list[ContactRead]
    head_office_id: UUID | None
    branches: list[BranchFact]
    handovers: list[HandoverFact]
    flags: list[FlagRead]
    grades: list[GradeRead]
    permits: list[PermitFact]
    alerts: list[AlertFact]
    cases: list[CaseFact]
    offences: list[Finding]
    exemptions: list[ExemptionFact]
    pledges: list[PledgeFact]
    objections: list[ObjectionFact]
    records: list[RecordRead]


class CheckScreen(BaseModel):
    """What an officer on site needs. Findings whose window is over are not here; the archive keeps them."""

    subject: SubjectRead
    grade: GradeRead | None
    permits: list[PermitFact]
    offences: list[Finding]
    open_cases: list[CaseFact]
    flags: list[FlagRead]


class Totals(BaseModel):
    """A head office with its branches, counted together. "First" stays with each licence."""

    licences: int
    open_cases: int
    findings: int
    penalties_in_effect: int
    permits_in_force: int


def archive_of(session: Session, subject: Subject, person: Person, now: datetime) -> Archive:
    """The archive of a subject."""
    today = _day(now)
    cases = reads.cases_of(session, subject.id, person.reach)
    numbers = {case.id: (case.number, case.item_code) for case in cases}
    decided = reads.decisions_of(session, [case.id for case in cases])
    branches = [b for b in repository.branches_of(session, subject.id) if person.reach.holds(b.district)]
    return Archive(
        subject=SubjectRead.model_validate(subject),
        names=[NameRead.model_validate(row) for row in repository.names_of(session, subject.id)]
        or [NameRead(name=subject.name, since=subject.created_at)],
        premises=[file.as_read(row) for row in repository.premises_of(session, subject.id)],
        zones=[ZoneBindingRead.model_validate(row) for row in sight.bindings_of(session, subject, person.reach)],
        contacts=[ContactRead.model_validate(row) for row in repository.contacts_of(session, subject.id)],
        head_office_id=subject.head_office_id,
        branches=[BranchFact(id=b.id, name=b.name, code=b.code) for b in branches],
        handovers=_handovers(session, subject.id),
        flags=file.flags_of(session, subject, person.reach),
        grades=grades.history(session, subject.id),
        permits=reads.permit_facts(session, subject.id, now, person.reach),
        alerts=[
            AlertFact(**row.model_dump(include=set(AlertFact.model_fields)))
            for row in reads.alerts_of(session, subject.id, ALERTS_SHOWN, person.reach)
        ],
        cases=[_case(row) for row in cases],
        offences=reads.findings(session, subject.id, today, person.reach),
        exemptions=[
            ExemptionFact(
                case_id=row.case_id, case_number=numbers[row.case_id][0], item_code=numbers[row.case_id][1],
                **row.model_dump(include={"outcome", "rule", "decided_at", "decided_by_name", "list_version"}),
            )
            for row in decided
            if row.outcome in ("exempt_t1", "exempt_t2", "no_penalty")
        ],
        pledges=[
            PledgeFact(
                case_id=row.case_id, text=row.text, signed_at=row.signed_at, due_at=row.due_at,
                kept=end.kept if end else None, why=end.reason if end else "",
            )
            for row, end in reads.pledges_of(session, subject.id)
            if row.case_id in numbers
        ],
        objections=[
            ObjectionFact(**row.model_dump(include=set(ObjectionFact.model_fields)))
            for row in reads.objections_of(session, subject.id, person.reach)
        ],
        records=_records(session, subject.id, set(numbers)),
    )  # fmt: skip


def check_screen(session: Session, subject: Subject, person: Person, now: datetime) -> CheckScreen:
    """What counts today."""
    today = _day(now)
    return CheckScreen(
        subject=SubjectRead.model_validate(subject),
        grade=grades.present(session, subject.id),
        permits=[p for p in reads.permit_facts(session, subject.id, now, person.reach) if p.status != "expired"],
        offences=[one for one in reads.findings(session, subject.id, today, person.reach) if one.is_in_window(today)],
        open_cases=[
            _case(row) for row in reads.cases_of(session, subject.id, person.reach) if is_open(State(row.state))
        ],
        flags=file.flags_of(session, subject, person.reach),
    )


def credit_of(session: Session, subject: Subject, now: datetime) -> CreditView:
    """For the credit office. Raises Conflict for one without a code: persons are not scored."""
    if subject.code is None:
        raise Conflict("subject.no_credit_view", "Only holders of a code are known to the credit office")
    known = penalties(reads.findings(session, subject.id, _day(now)))
    permits = reads.permit_facts(session, subject.id, now)
    return credit_view(subject.code, subject.name, _day(now), permits, known)


def public_of(session: Session, subject: Subject, now: datetime) -> PublicView:
    """For anybody, as a code on the shop's door may show it."""
    permits = [p for p in reads.permit_facts(session, subject.id, now) if p.status == "active"]
    return public_view(subject.name, subject.kind != "known", permits)


def totals_of(session: Session, head: Subject, person: Person, now: datetime) -> Totals:
    """The head office and its branches within reach, counted together."""
    group = [head, *(b for b in repository.branches_of(session, head.id) if person.reach.holds(b.district))]
    found = [one for subject in group for one in reads.findings(session, subject.id, _day(now))]
    cases = [case for subject in group for case in reads.cases_of(session, subject.id)]
    permits = [fact for subject in group for fact in reads.permit_facts(session, subject.id, now)]
    return Totals(
        licences=sum(subject.code is not None for subject in group),
        open_cases=sum(is_open(State(case.state)) for case in cases),
        findings=len(found),
        penalties_in_effect=len(penalties(found)),
        permits_in_force=sum(fact.status == "active" for fact in permits),
    )


def _handovers(session: Session, subject_id: UUID) -> list[HandoverFact]:
    return [
        HandoverFact(
            direction="took_over" if row.to_id == subject_id else "gave_away",
            other_id=row.from_id if row.to_id == subject_id else row.to_id, at=row.at, zones=row.zones,
        )
        for row in repository.handovers_of(session, subject_id)
    ]  # fmt: skip


def _records(session: Session, subject_id: UUID, cases: set[UUID]) -> list[RecordRead]:
    """What people entered, and the education given in these cases of it."""
    entered = [RecordRead.model_validate(row) for row in repository.records_of(session, subject_id)]
    given = [
        RecordRead(kind="education", at=row.given_at, title=f"{row.kind} {row.content}", source=row.given_by_name)
        for row in reads.education_of(session, subject_id)
        if row.case_id in cases
    ]
    return sorted([*entered, *given], key=lambda record: record.at)


def _case(row: object) -> CaseFact:
    facts: dict[str, object] = {name: getattr(row, name) for name in CaseFact.model_fields if name != "is_open"}
    return CaseFact.model_validate(facts | {"is_open": is_open(State(str(facts["state"])))})


def _day(now: datetime) -> date:
    return now.astimezone(LOCAL).date()


def subject_in_reach(session: Session, subject_id: UUID, person: Person) -> Subject:
    """The subject, when the person may see it. Raises NotFound; Conflict for the unknown one."""
    subject = sight.get(session, subject_id, person)
    if subject.kind == "unknown":
        raise Conflict("subject.unknown_has_no_file", "The unknown subject stands for nobody")
    return subject
