"""Objections, the files that came with them, and the links by which a party reaches its own case."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from server.marks import Marked


class Objection(Marked, table=True):
    """What a party says about its case. `kind`: statement (before a decision) or objection (against one).

    `status`: open, withdrawn, upheld (what was done stands) or set_aside (the party was right). `came_by`: link (the
    party itself) or officer (written down for it; `source` says how it came). `request_key` is the party's own: the
    same request again gives the same row. `baseline` is the outcome or the
    recommendation that stood when it was lodged: nothing heavier may follow (Penalty Law 45).
    """

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    district: str = Field(default="local", index=True)
    kind: str
    state_then: str
    statement: str
    came_by: str
    source: str = ""
    baseline: str | None = None
    lodged_at: datetime
    lodged_by: UUID
    lodged_by_name: str
    request_key: str = ""
    status: str = Field(default="open", index=True)
    answer: str = ""
    answered_by: UUID | None = None
    answered_by_name: str = ""
    answered_at: datetime | None = None


class PartyFile(SQLModel, table=True):
    """Evidence from a party: a file in the evidence store, sent over a link or named by an officer.

    `purpose`: sent (not named in anything yet), statement (with an objection or a statement), correction (shows what
    was put right; `note` is what the party says of it) or signature (under a pledge). `used_at`: when it was named.
    """

    __tablename__ = "party_file"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    objection_id: UUID | None = Field(default=None, foreign_key="objection.id", index=True)
    link_id: UUID | None = Field(default=None, foreign_key="party_link.id")
    sha256: str = Field(index=True, max_length=64)
    media_type: str
    size_bytes: int
    received_at: datetime
    purpose: str = "sent"
    note: str = ""
    used_at: datetime | None = None


class PartyLink(SQLModel, table=True):
    """A way for one party into one case, without an account. Code and token are kept only as SHA-256.

    The code works once; using it gives a token for a while and the next code. It is void when the case changes hands.
    `way`: desk (made by an officer), notice (goes with a message) or paper (printed on a document).
    `code_before_sha256` and `visit_key_sha256` are of the last use, whose answer may have been lost on the way: the
    same request again gets another.
    """

    __tablename__ = "party_link"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    subject_id: UUID = Field(foreign_key="subject.id")
    district: str = Field(default="local", index=True)
    code_sha256: str = Field(unique=True)
    token_sha256: str | None = Field(default=None, index=True)
    token_until: datetime | None = None
    made_at: datetime
    made_by: UUID
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    way: str = "desk"
    code_before_sha256: str | None = None
    visit_key_sha256: str | None = None
