"""Open objections, the one due first ahead, with what whoever asks may do about each."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from server.auth.person import Person
from server.auth.roles import Role
from server.cases.tables import Case
from server.cases.workflow import NAMES, State
from server.desk import repository
from server.desk.hindrances import Hindrance
from server.desk.schemas import ObjectionWaiting
from server.objections import repository as kept
from server.objections import service
from server.objections.lodging import FOR_THE_AUTHORITY
from server.objections.schemas import FileRead, ObjectionRead
from server.objections.tables import Objection
from server.subjects.tables import Subject

AT_MOST = 200


def waiting(session: Session, person: Person) -> list[ObjectionWaiting]:
    """Open objections within reach, by deadline."""
    wanted = select(Objection).where(Objection.status == kept.OPEN)
    wanted = person.reach.limit(wanted, Objection.district).order_by(col(Objection.due_at), col(Objection.id))
    rows = session.exec(wanted.limit(AT_MOST)).all()
    case_ids = [row.case_id for row in rows]
    cases = {case.id: case for case in session.exec(select(Case).where(col(Case.id).in_(case_ids)))}
    subjects = dict(
        session.exec(
            select(Subject.id, Subject.name).where(col(Subject.id).in_([row.subject_id for row in rows]))
        ).all()
    )
    deciders = repository.deciders(session, case_ids)
    had = repository.parts_of(session, list(cases.values()), person)
    found: list[ObjectionWaiting] = []
    for row in rows:
        case = cases[row.case_id]
        by = answerers(row.kind, State(case.state))
        hindrance = None
        decided = deciders.get(case.id) or (case.handler_id if case.state != State.L2 else None)
        if person.has(*by) and decided == person.id:
            hindrance = Hindrance(code="case.same_person", part="answer", had=["decider"])
        elif person.has(Role.HEAD) and case.state == State.L8 and (others := had.get(case.id, set()) - {"approver"}):
            names = sorted(other.value for other in others)
            hindrance = Hindrance(code="case.same_person", part="approver", had=names)
        may = hindrance is None and person.has(*by)
        zh, en = NAMES[State(case.state)]
        found.append(
            ObjectionWaiting(
                objection=_read(session, row),
                case_number=case.number,
                case_state=case.state,
                case_state_zh=zh,
                case_state_en=en,
                subject_name=subjects.get(row.subject_id, ""),
                answers=list(_answers(row.kind)) if may else [],
                by=sorted(by),
                hindrance=hindrance,
            )
        )
    return found


def answerers(kind: str, state: State) -> Sequence[Role]:
    """Who answers: where the case waits for it, whom the state table names; else those who speak for the authority."""
    if kind == service.STATEMENT and state is State.L2:
        return (Role.OFFICER,)
    if kind == service.OBJECTION and state is State.L8:
        return (Role.HEAD,)
    return FOR_THE_AUTHORITY


def _answers(kind: str) -> tuple[str, ...]:
    return ("heard",) if kind == service.STATEMENT else ("upheld", "set_aside")


def _read(session: Session, row: Objection) -> ObjectionRead:
    files = [FileRead.model_validate(file) for file in kept.files_of(session, row.id)]
    return ObjectionRead(**row.model_dump(exclude={"warn_at", "late_at", "next_at"}), files=files)
