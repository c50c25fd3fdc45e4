"""The party shows what it put right: photos that become part of the case, and somebody is told to look."""

from datetime import datetime

from sqlmodel import Session

from server.auth.roles import Role
from server.cases import history
from server.cases import service as cases
from server.cases.moves import note
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict, InvalidInput
from server.notify import service as notify
from server.objections import repository
from server.objections.links import Visit
from server.objections.party_schemas import CorrectionCreate
from server.objections.phases import CORRECTING

TO_LOOK: dict[State, Role] = {State.A1: Role.SEAT, State.W0: Role.SEAT, State.W1: Role.DISPATCH, State.W8: Role.VERIFY}
"""Who looks at it where nobody handles the case yet, or another checks it; else the officer who handles it."""


def report(session: Session, visit: Visit, wanted: CorrectionCreate, now: datetime) -> None:
    """Write the photos into the case's history and tell who is to look. The same photos again change nothing.

    It moves nothing: whether it was put right is for people and cameras to find. Raises Conflict (the case is past
    it) or InvalidInput (a photo that did not come over this link, or is none).
    """
    case = cases.hold(session, visit.case_id)
    sent = {file.sha256: file for file in repository.files_over(session, visit.link_id)}
    names = list(dict.fromkeys(wanted.photos))
    problems = [
        {"field": f"photos.{n}", "value": name, "allowed": "a picture that was sent before"}
        for n, name in enumerate(names)
        if name not in sent or not sent[name].media_type.startswith("image/")
    ]
    if problems:
        raise InvalidInput(problems)
    fresh = [name for name in names if sent[name].used_at is None]
    if not fresh:
        return
    if State(case.state) not in CORRECTING:
        raise Conflict("party.no_correction_now", "The case is past its correction", {"state": case.state})
    for name in fresh:
        file = sent[name]
        file.purpose, file.note, file.used_at = repository.CORRECTION, wanted.note.strip(), now
        session.add(file)
    told = {"photos": fresh, "note": wanted.note.strip()}
    words = "当事人上传整改照片 / the party sent photos of the correction"
    note(session, case, words, told, history.snapshot(case), now, actor=visit.person, role=Role.PARTY)
    facts = {"number": case.number, "photos": len(fresh)}
    key = f"{case.id}:{case.version}:corrected"
    notify.queue(session, key, _to(case), "party_corrected", facts, now, case.district, case_id=case.id)


def _to(case: Case) -> str:
    role = TO_LOOK.get(State(case.state))
    held = case.handler_id or case.assignee_id
    if role is None and held is not None:
        return f"person:{held}"
    return f"role:{role or Role.OFFICER}"
