"""`/api/wall/today`: the counters of the big screen."""

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict

from server.auth.person import ReaderPerson
from server.context import Now, ReadSession
from server.wall import service

router = APIRouter(prefix="/api/wall", tags=["wall"])


class TodayRead(BaseModel):
    """Counts since local midnight: alerts, and cases that were reminded of, dispatched and closed. `waiting` for a
    verdict and `overdue` are of this moment."""

    model_config = ConfigDict(from_attributes=True)

    since: AwareDatetime
    alerts: int
    waiting: int
    reminded: int
    dispatched: int
    closed: int
    overdue: int


@router.get("/today")
def get_today(session: ReadSession, now: Now, person: ReaderPerson) -> TodayRead:
    """What came in today, what waits, and what was done."""
    return TodayRead.model_validate(service.today(session, person.reach, now))
