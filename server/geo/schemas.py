"""What the map is told. All places are WGS-84."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from server.cases.workflow import State
from server.places.schemas import Point


class MapRead(BaseModel):
    """How to draw the ground. `tiles`: address templates of each layer, empty for the plain map.

    `bounds` (west, south, east, north) holds all that whoever asks has on the map; null when there is nothing.
    """

    tiles: list[list[str]]
    attribution: str
    crs: Literal["wgs84", "gcj02"]
    tile_size: int
    max_zoom: int
    bounds: tuple[float, float, float, float] | None


class MapCaseRead(BaseModel):
    """A case and where it is. `where`: zone (centre of its ground), camera (where that stands: the act is near it),
    told (the place that a person named)."""

    id: UUID
    number: str
    state: State
    state_zh: str
    state_en: str
    is_open: bool
    urgent: bool
    district: str
    edge_id: str
    camera_id: str
    violation: str
    item_code: str | None
    subject_id: UUID
    subject_name: str
    opened_at: AwareDatetime
    due_at: AwareDatetime | None
    lon: float
    lat: float
    where: Literal["zone", "camera", "told"]


class MapCases(BaseModel):
    """The newest first. `total` counts all that fit the filters, `unplaced` those of the list without any place."""

    items: list[MapCaseRead]
    total: int
    unplaced: int


class MapPremisesRead(BaseModel):
    """A place of business that was drawn on the map."""

    subject_id: UUID
    subject_name: str
    address: str
    polygon: list[Point]


class MapPermitRead(BaseModel):
    """The ground of a permit that is valid on this day."""

    id: str
    number: str
    subject_id: UUID
    subject_name: str
    status: str
    hours: str
    valid_to: str
    polygon: list[Point]
