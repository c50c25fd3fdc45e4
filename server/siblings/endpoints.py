"""Several subjects of one act: split, look, correct jointly."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases import service as cases
from server.cases.tables import Case
from server.context import Now, ReadSession, WriteSession
from server.siblings import service
from server.siblings.schemas import FamilyRead, JointCorrection, JointCorrectionRead, SiblingRead, SplitWanted
from server.subjects import service as subjects

router = APIRouter(prefix="/api/cases/{case_id}", tags=["cases"])
Splitter = Annotated[Person, Depends(Allow(Role.OFFICER, Role.LEADER))]
Officer = Annotated[Person, Depends(Allow(Role.OFFICER))]


@router.post("/split", status_code=201)
def split_case(case_id: UUID, wanted: SplitWanted, session: WriteSession, now: Now, person: Splitter) -> FamilyRead:
    """Open a case of its own for each further subject of the act, before an order is served."""
    return _family(session, service.split(session, case_id, wanted, person, now))


@router.get("/siblings")
def list_siblings(case_id: UUID, session: ReadSession, person: ReaderPerson) -> FamilyRead:
    """All cases of the act."""
    case = cases.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    return _family(session, service.family(session, case))


@router.post("/joint-correction")
def correct_jointly(
    case_id: UUID, wanted: JointCorrection, session: WriteSession, now: Now, person: Officer
) -> JointCorrectionRead:
    """Report one correction for all parties of the act who did not refuse."""
    return JointCorrectionRead(cases=service.correct_jointly(session, case_id, wanted, person, now))


def _family(session: Session, family: list[Case]) -> FamilyRead:
    return FamilyRead(
        cases=[
            SiblingRead(
                case_id=one.id,
                number=one.number,
                subject_id=one.subject_id,
                subject_name=subjects.get(session, one.subject_id).name,
                state=one.state,
                share=one.findings.get(service.SHARE),
                refused=bool(one.findings.get("refused")),
                order_due_at=one.order_due_at,
                corrected_at=one.corrected_at,
            )
            for one in family
        ]
    )
