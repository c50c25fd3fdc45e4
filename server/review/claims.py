"""认领: one monitor has a case before him for three minutes; everybody else sees that at once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, select

from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.cases.holding import get
from server.cases.tables import Case
from server.cases.workflow import State
from server.db import serialise
from server.errors import Conflict
from server.feed import service as feed
from server.review.tables import ReviewClaim

KEPT_FOR = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(hours=1)


def holds(claim: ReviewClaim | None, now: datetime) -> bool:
    """Whether a claim still counts. Pure: the row itself never expires."""
    return claim is not None and claim.until > now


def take(session: Session, case_id: UUID, person: Person, now: datetime, *, take_over: bool = False) -> ReviewClaim:
    """The case is this person's for three minutes from now; the same person again renews.

    Raises NotFound; Conflict `claim.not_waiting` for a case that needs no review, `claim.held` when it is another's,
    unless a shift leader takes it over, which is written to the audit log.
    """
    serialise(session, f"claim:{case_id}")
    case = _within_reach(session, case_id, person)
    if case.state != State.A1:
        raise Conflict("claim.not_waiting", "The case does not wait for a review", {"state": case.state})
    known = session.get(ReviewClaim, case_id)
    if known is not None and known.person_id == person.id and holds(known, now):
        known.until = now + KEPT_FOR
        session.add(known)
        return known
    if known is not None and holds(known, now):
        if not take_over or not person.has(Role.SUPERV):
            raise Conflict("claim.held", "Somebody else is looking at this case", _facts(known))
        told = {"from": str(known.person_id), "since": known.since.isoformat()}
        audit.record(session, person, "claim.take_over", case_id, told, now)
    if known is None:
        _forget_old(session, now)
        known = ReviewClaim(
            case_id=case_id, district=case.district, person_id=person.id, person_name=person.name, since=now, until=now
        )
    known.person_id, known.person_name, known.since, known.until = person.id, person.name, now, now + KEPT_FOR
    session.add(known)
    session.flush()
    feed.tell(session, "claim", case_id, _facts(known), now, case.district)
    return known


def give_back(session: Session, case_id: UUID, person: Person, now: datetime) -> None:
    """Nobody has the case before him any more. What is not (or no longer) this person's stays as it is.

    Raises NotFound.
    """
    serialise(session, f"claim:{case_id}")
    case = _within_reach(session, case_id, person)
    known = session.get(ReviewClaim, case_id)
    if known is None or known.person_id != person.id:
        return
    held = holds(known, now)
    session.delete(known)
    session.flush()
    if held:
        feed.tell(session, "claim", case_id, {"person_id": None}, now, case.district)


def live(session: Session, person: Person, now: datetime) -> list[ReviewClaim]:
    """Every claim within reach that counts now."""
    wanted = person.reach.limit(select(ReviewClaim), ReviewClaim.district)
    return list(session.exec(wanted.where(col(ReviewClaim.until) > now).order_by(col(ReviewClaim.since))))


def _within_reach(session: Session, case_id: UUID, person: Person) -> Case:
    case = get(session, case_id)
    person.reach.require("case", case_id, case.district)
    return case


def _facts(claim: ReviewClaim) -> dict[str, str]:
    return {
        "person_id": str(claim.person_id),
        "person_name": claim.person_name,
        "since": claim.since.isoformat(),
        "until": claim.until.isoformat(),
    }


def _forget_old(session: Session, now: datetime) -> None:
    session.exec(delete(ReviewClaim).where(col(ReviewClaim.until) < now - FORGOTTEN_AFTER))
