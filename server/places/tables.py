"""Where cameras stand, what ground their zones cover, and the areas of the map. All places are WGS-84."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class CameraPlace(SQLModel, table=True):
    """Where a camera stands. It is not where an act happens: that is the ground of a zone."""

    __tablename__ = "camera_place"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    camera_id: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    name: str = ""
    lon: float
    lat: float
    changed_at: datetime


class ZoneGround(SQLModel, table=True):
    """The ground that a zone of a camera covers: corners as [lon, lat], and the box around them.

    `frontage` is the code of the shop front (门前三包 section) it lies at, empty when it is at none. A zone may have a
    frontage without a polygon, or a polygon without a frontage.
    """

    __tablename__ = "zone_ground"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    camera_id: str = Field(primary_key=True)
    zone_id: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    frontage: str = Field(default="", index=True)
    polygon: list[Any] = Field(default_factory=list, sa_type=JSON)
    west: float | None = Field(default=None, index=True)
    south: float | None = None
    east: float | None = None
    north: float | None = None
    changed_at: datetime


class MapArea(SQLModel, table=True):
    """An area of the map. `kind`: grid (网格, GB/T 30428.1), sensitive (school and the like: urgent), frontage.

    `body` is the code of the body in charge of a grid cell; `category` what a sensitive place is.
    """

    __tablename__ = "map_area"  # type: ignore[assignment]

    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    name: str
    body: str = ""
    category: str = ""
    polygon: list[Any] = Field(sa_type=JSON)
    west: float = Field(index=True)
    south: float
    east: float
    north: float
    changed_at: datetime
