"""`/api/wall`: the counters and the running alerts of the big screen."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict

from server.auth.person import ReaderPerson
from server.context import Now, ReadSession
from server.wall import alerts, service

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


class WallAlert(BaseModel):
    """An alert of today. `picture` is where its blurred picture is, null for none."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    source: str
    state: str
    edge_id: str
    camera_id: str
    violation: str
    address: str
    raised_at: AwareDatetime
    received_at: AwareDatetime
    case_id: UUID | None
    picture: str | None = None


class CameraAlerts(BaseModel):
    """How many alerts a camera had today."""

    edge_id: str
    camera_id: str
    count: int


class WallAlerts(BaseModel):
    """The newest 40 alerts of today, newest first, and all of today counted by camera."""

    items: list[WallAlert]
    cameras: list[CameraAlerts]


@router.get("/alerts")
def get_alerts(session: ReadSession, now: Now, person: ReaderPerson) -> WallAlerts:
    """Today's alerts as they run at the side of the wall."""
    since = service.midnight(now)
    items = [
        WallAlert.model_validate(one.alert).model_copy(update={"picture": one.picture or None})
        for one in alerts.newest(session, person, since)
    ]
    counted = alerts.by_camera(session, person, since)
    cameras = [CameraAlerts(edge_id=edge, camera_id=camera, count=count) for edge, camera, count in counted]
    return WallAlerts(items=items, cameras=cameras)
