"""The feed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class FeedEntry(SQLModel, table=True):
    """One change that a page may want to know of, of a `district` (or ""). `kind`: alert, case, camera, edge, ..."""

    __tablename__ = "feed_entry"  # type: ignore[assignment]

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    kind: str = Field(index=True)
    key: str
    district: str = Field(default="", index=True)
    facts: dict[str, Any] = Field(sa_type=JSON)
