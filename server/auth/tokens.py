"""Tokens: 256 random bits, shown once, kept only as their SHA-256."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.auth.tables import Token


class TokenKind(StrEnum):
    """What a token is good for. The prefix lets a secret scanner recognise one that leaked."""

    BEARER = "bearer"
    LOGIN = "login"
    SESSION = "session"
    DEVICE = "device"
    SETUP = "setup"


_PREFIX = {
    TokenKind.BEARER: "swp_",
    TokenKind.LOGIN: "swl_",
    TokenKind.SESSION: "sws_",
    TokenKind.DEVICE: "swd_",
    TokenKind.SETUP: "swa_",
}


ONE_USE = frozenset({TokenKind.LOGIN, TokenKind.SETUP})


def issue(
    session: Session,
    kind: TokenKind,
    now: datetime,
    *,
    person_id: UUID | None = None,
    edge_id: str | None = None,
    lives: timedelta | None = None,
) -> tuple[str, Token]:
    """A new token as text (nobody can ever read it again) and its row."""
    text = _PREFIX[kind] + secrets.token_urlsafe(32)
    row = Token(
        id=uuid7(now),
        kind=kind.value,
        token_sha256=digest(text),
        person_id=person_id,
        edge_id=edge_id,
        created_at=now,
        expires_at=now + lives if lives else None,
    )
    session.add(row)
    session.flush()
    return text, row


def find(session: Session, text: str, kinds: frozenset[TokenKind], now: datetime) -> Token | None:
    """The row of a token that is of one of these kinds and is neither revoked, expired nor used up."""
    row = session.exec(select(Token).where(Token.token_sha256 == digest(text))).first()
    if row is None or row.kind not in kinds or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return None
    if row.kind in ONE_USE and row.used_at is not None:
        return None
    return row


def revoke_all_of(
    session: Session,
    person_id: UUID,
    now: datetime,
    kinds: Collection[TokenKind] = tuple(TokenKind),
    except_text: str | None = None,
) -> int:
    """Revoke every living token of a person (of these kinds, but for one); returns how many."""
    living = select(Token).where(Token.person_id == person_id, col(Token.revoked_at).is_(None))
    living = living.where(col(Token.kind).in_([kind.value for kind in kinds]))
    if except_text is not None:
        living = living.where(Token.token_sha256 != digest(except_text))
    rows = session.exec(living).all()
    for row in rows:
        row.revoked_at = now
        session.add(row)
    return len(rows)


def digest(text: str) -> str:
    """As it is kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
