"""`/api/review` and `/api/claims`: the queue of a monitor, and who is looking at what."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.review import claims, doubts, items, queue
from server.review.schemas import (
    ClaimCreate,
    ClaimRead,
    DoubtCreate,
    DoubtKept,
    ReviewCount,
    ReviewFilter,
    ReviewPage,
)

router = APIRouter(prefix="/api", tags=["review"])
Monitor = Annotated[Person, Depends(Allow(Role.SEAT, Role.SUPERV))]
"""Whoever sits at the queue: reviewers, and their shift leader."""


@router.get("/review")
def list_review(
    session: ReadSession, now: Now, person: Monitor, wanted: Annotated[ReviewFilter, Query()]
) -> ReviewPage:
    """Cases that wait for review, whole: urgent ones, then the others, then what was left for later; newest first."""
    cases, following = queue.page(session, person, wanted)
    return ReviewPage(items=items.items(session, person, cases, now), next=following)


@router.get("/review/count")
def count_review(
    session: ReadSession, now: Now, person: Monitor, wanted: Annotated[ReviewFilter, Query()]
) -> ReviewCount:
    """How many cases of the same filter wait."""
    return queue.count(session, person, wanted, now)


@router.put("/review/{case_id}/doubt")
def leave_for_later(case_id: UUID, told: DoubtCreate, session: WriteSession, now: Now, person: Monitor) -> DoubtKept:
    """Cannot be made out: it stays, at the end of the queue, with a note. The same again changes nothing."""
    case, row = doubts.leave(session, case_id, told.note.strip() or told.note, person, now)
    return DoubtKept(
        case_id=case_id, version=case.version, **row.model_dump(exclude={"case_id", "district", "reviewer_id"})
    )


@router.get("/claims")
def list_claims(session: ReadSession, now: Now, person: Monitor) -> list[ClaimRead]:
    """Who has which case before him now."""
    return [ClaimRead.model_validate(row) for row in claims.live(session, person, now)]


@router.put("/claims/{case_id}")
def take_claim(
    case_id: UUID, session: WriteSession, now: Now, person: Monitor, wanted: ClaimCreate | None = None
) -> ClaimRead:
    """Take a case, or keep it for three more minutes. 409 `claim.held` says who has it and since when."""
    take_over = wanted is not None and wanted.take_over
    return ClaimRead.model_validate(claims.take(session, case_id, person, now, take_over=take_over))


@router.delete("/claims/{case_id}", status_code=204)
def give_claim_back(case_id: UUID, session: WriteSession, now: Now, person: Monitor) -> Response:
    """Give a case back. Doing so with what one does not have changes nothing."""
    claims.give_back(session, case_id, person, now)
    return Response(status_code=204)
