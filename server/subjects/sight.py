"""Which subjects a person may see: those of the person's districts, and those that turn up in them.

A subject turns up in a district by a zone of one of its cameras that the subject answers or answered for, or by a case.
The one that stands for "unknown" is everybody's.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import Session, col, select

from server.auth.person import Person
from server.auth.reach import Reach
from server.cases.tables import Case
from server.errors import NotFound
from server.fleet import service as fleet
from server.fleet.tables import Camera
from server.subjects.tables import UNKNOWN_SUBJECT_ID, Subject, ZoneBinding


def within(reach: Reach) -> ColumnElement[bool]:
    """The condition on `Subject` that a person with this reach may see it."""
    if reach.everywhere:
        return true()
    cameras = select(Camera.id).where(fleet.of_edges(Camera.edge_id, reach))
    bound = select(ZoneBinding.subject_id).where(col(ZoneBinding.camera_id).in_(cameras))
    concerned = select(Case.subject_id).where(reach.clause(Case.district))
    return or_(
        reach.clause(Subject.district),
        col(Subject.id) == UNKNOWN_SUBJECT_ID,
        col(Subject.id).in_(bound),
        col(Subject.id).in_(concerned),
    )


def get(session: Session, subject_id: UUID, person: Person) -> Subject:
    """The subject; raises NotFound, also for one that this person may not see."""
    found = session.exec(select(Subject).where(col(Subject.id) == subject_id, within(person.reach))).first()
    if found is None:
        raise NotFound("subject", subject_id)
    return found


def bindings_of(session: Session, subject: Subject, reach: Reach) -> list[ZoneBinding]:
    """The subject's zones, but for those of cameras that are known and all in other districts."""
    wanted = select(ZoneBinding).where(ZoneBinding.subject_id == subject.id)
    if not reach.everywhere:
        here = select(Camera.id).where(fleet.of_edges(Camera.edge_id, reach))
        unheard = col(ZoneBinding.camera_id).not_in(select(Camera.id))
        own = unheard if reach.holds(subject.district) else false()
        wanted = wanted.where(col(ZoneBinding.camera_id).in_(here) | own)
    return list(session.exec(wanted.order_by(col(ZoneBinding.valid_from))).all())
