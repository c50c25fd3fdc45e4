"""Persons and tokens. A token itself is never stored, only its SHA-256."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """Somebody of the authority. `districts` are codes, `*` is every one; whoever makes a person says which (the
    default is for persons from before there were districts).
    """

    __tablename__ = "person"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    name: str
    roles: list[str] = Field(sa_type=JSON)
    districts: list[str] = Field(default_factory=lambda: ["*"], sa_type=JSON)
    active: bool = True
    created_at: datetime


class Account(SQLModel, table=True):
    """A person's login name (normalised) and the Argon2id hash of the password; null until the person sets one."""

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    login: str = Field(unique=True)
    password_hash: str | None = None
    changed_at: datetime | None = None
    created_at: datetime


class Token(SQLModel, table=True):
    """`kind`: bearer (API), login (one use, makes a session), session (cookie), device (`edge_id`), setup (one use,
    sets a password). `last_used_at` is kept for sessions, to a minute.
    """

    id: UUID = Field(primary_key=True)
    kind: str
    token_sha256: str = Field(unique=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    edge_id: str | None = Field(default=None, index=True)
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    last_used_at: datetime | None = None
