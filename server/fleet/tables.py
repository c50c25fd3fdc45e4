"""Edges, cameras, what they were told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class Edge(SQLModel, table=True):
    """An edge that has been heard of. `boot` counts its starts; a will with another count is old news.

    What it sends belongs to its `district`; "" until an administrator assigns one (where there are several).
    """

    id: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    first_seen_at: datetime
    last_seen_at: datetime
    online: bool = False
    boot: int = 0
    born_at: datetime | None = None
    edge_version: str = ""


class Camera(SQLModel, table=True):
    """A camera of an edge; `state` is a CameraState, `unknown` until the edge says.

    `watched` is false once the edge has told that it runs without this camera.
    """

    edge_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    state: str = "unknown"
    since: datetime | None = None
    detail: str = ""
    first_seen_at: datetime
    name: str = ""
    watched: bool = True


class EdgeEffective(SQLModel, table=True):
    """What an edge runs, as it told last: an EffectiveConfig of the contract, without user and password."""

    __tablename__ = "edge_effective"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    config: dict[str, Any] = Field(sa_type=JSON)
    told_at: datetime


class EdgeLoadNow(SQLModel, table=True):
    """How an edge fares, as it told last: an EdgeLoad of the contract. `at` is its own time."""

    __tablename__ = "edge_load_now"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    at: datetime
    received_at: datetime
    message: dict[str, Any] = Field(sa_type=JSON)


class EdgeLoadLine(SQLModel, table=True):
    """The last day of an edge's load, a point every five minutes, oldest first."""

    __tablename__ = "edge_load_line"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    points: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class EdgeProbe(SQLModel, table=True):
    """An address that somebody asked an edge to try, for a day. `sealed` holds it until the edge has answered.

    `state`: asked, fetched, done; whoever reads it calls one that took too long expired.
    """

    __tablename__ = "edge_probe"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    edge_id: str = Field(index=True)
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    expires_at: datetime
    state: str = "asked"
    shown: str
    sealed: str
    answered_at: datetime | None = None
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    picture: bytes | None = None


@append_only
class CameraHealthChange(SQLModel, table=True):
    """One change of a camera's state, as its edge told it; never changed."""

    __tablename__ = "camera_health_change"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    edge_id: str
    camera_id: str = Field(index=True)
    state: str
    since: datetime
    detail: str
    received_at: datetime


class Command(SQLModel, table=True):
    """The command outbox: sent again until answered or expired."""

    id: UUID = Field(primary_key=True)
    edge_id: str = Field(index=True)
    type: str
    message: dict[str, Any] = Field(sa_type=JSON)
    queued_at: datetime
    expires_at: datetime
    sent_at: datetime | None = None
    times_sent: int = 0
    answered_at: datetime | None = None


class DesiredState(SQLModel, table=True):
    """The newest desired configuration of an edge, and how far it got."""

    __tablename__ = "desired_state"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    version: int
    message: dict[str, Any] = Field(sa_type=JSON)
    made_at: datetime
    answered_version: int = -1
    answered_at: datetime | None = None
    accepted: bool | None = None
    problems: list[str] = Field(default_factory=list, sa_type=JSON)
