"""The audit log. Triggers refuse UPDATE and DELETE; each row carries the hash of the one before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class AuditEntry(SQLModel, table=True):
    """`action` is `area.verb`, `target` what it was done to, `facts` the rest.

    `district` whose matter it is; "" for what concerns the whole house (persons, rules, edges).
    """

    __tablename__ = "audit_entry"  # type: ignore[assignment]

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor_id: UUID
    actor_name: str
    action: str = Field(index=True)
    target: str
    district: str = Field(default="", index=True)
    facts: dict[str, Any] = Field(sa_type=JSON)
    previous_hash: str
    hash: str
