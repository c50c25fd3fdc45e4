"""Split an act by its subjects, and report one correction for all who did not refuse."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import Role
from server.cases import history, photos, repository
from server.cases import service as cases
from server.cases.moves import move, note
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict
from server.siblings.schemas import Helped, JointCorrection, Outcome, SplitWanted

S = State
SHARE = "harm_share"
"""In a case's findings: its subject's share of the harm, 0..1."""


def split(session: Session, case_id: UUID, wanted: SplitWanted, by: Person, now: datetime) -> list[Case]:
    """A case for each further subject (`server.cases.service.open_sibling`), with its share of the harm; the family.

    Raises NotFound, Conflict as `open_sibling`; nothing is kept when any subject is refused.
    """
    case = _within_reach(session, case_id, by)
    if wanted.own_share is not None:
        _take_share(session, case, wanted.own_share, by, now)
    for other in wanted.subjects:
        sibling = cases.open_sibling(session, case_id, other.subject_id, by, wanted.reason, now)
        if other.share is not None:
            _take_share(session, sibling, other.share, by, now)
    return family(session, case)


def family(session: Session, case: Case) -> list[Case]:
    """All cases of the act: the one that the others were split off, then those in the order of their numbers."""
    others = [cases.get(session, key) for key in repository.siblings_of(session, case)]
    return sorted([case, *others], key=lambda one: (one.sibling_of is not None, one.opened_at, one.id))


def correct_jointly(
    session: Session, case_id: UUID, wanted: JointCorrection, by: Person, now: datetime
) -> list[Helped]:
    """Report the correction in every case of the act whose period runs (W6) and whose party did not refuse.

    Each case keeps its own deadline: what was corrected in time for one may be late for another. Raises Conflict when
    it helps nobody, and what a move raises (the officer must be allowed in each case).
    """
    case = _within_reach(session, case_id, by)
    held = [cases.hold(session, one.id) for one in sorted(family(session, case), key=lambda one: one.id)]
    held.sort(key=lambda one: (one.sibling_of is not None, one.opened_at, one.id))
    ready = [one for one in held if one.state == S.W6 and not one.findings.get("refused")]
    if not ready:
        facts = {"states": {one.number: one.state for one in held}}
        raise Conflict("case.nobody_to_correct", "No party of this act is in its correction period", facts)
    _tie_photos(session, held[0], wanted, by, now)
    raw = {"corrected_at": wanted.corrected_at.isoformat(), "photos": list(wanted.photos)}
    for one in ready:
        move(session, one, S.W7, by, wanted.reason or "共同改正 / corrected jointly", raw, now)
    return [
        Helped(
            case_id=one.id, number=one.number, subject_id=one.subject_id, outcome=_outcome(one, ready), state=one.state
        )
        for one in held
    ]


def _outcome(case: Case, ready: list[Case]) -> Outcome:
    if any(one.id == case.id for one in ready):
        return "reported"
    return "refused" if case.findings.get("refused") else "not_in_correction"


def _within_reach(session: Session, case_id: UUID, by: Person) -> Case:
    case = cases.hold(session, case_id)
    by.reach.require("case", case_id, case.district)
    return case


def _take_share(session: Session, case: Case, share: float, by: Person, now: datetime) -> None:
    before = history.snapshot(case)
    case.findings = {**case.findings, SHARE: share}
    reason = "分担份额 / share of the harm"
    note(session, case, reason, {SHARE: share}, before, now, actor=by, role=_role_of(by))


def _tie_photos(session: Session, first: Case, wanted: JointCorrection, by: Person, now: datetime) -> None:
    """The pictures belong to the act: to its first case, where every sibling may name them."""
    photos.check(session, first, wanted.photos)
    told = {"corrected_at": wanted.corrected_at.isoformat(), "photos": list(wanted.photos)}
    reason = "共同改正 / corrected jointly"
    note(session, first, reason, told, history.snapshot(first), now, actor=by, role=_role_of(by))
    step = history.newest(session, first)
    if step is not None:
        photos.keep(session, first, step, wanted.photos, now)


def _role_of(by: Person) -> Role:
    return Role.OFFICER if by.has(Role.OFFICER) else Role.LEADER
