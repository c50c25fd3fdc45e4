"""Cases, their steps, timers, recommendations and decisions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class Case(SQLModel, table=True):
    """One matter: the alerts of one place merged. `state` is one of the 31; `version` counts changes (ETag).

    `began_at`, `last_seen_at`, `corrected_seen_at` are camera times; `corrected_at` is what people recorded.
    `findings` are the facts that people established (see `server.cases.fields.Findings`). `path`: spot (corrected
    while officers were there, nothing filed) or filed; empty until then. `due_at` is that of the live deadline.
    `merged_into`: found to be the same act as that case; `sibling_of`: split off it, another subject of the same act.
    """

    __tablename__ = "case"  # type: ignore[assignment]
    __table_args__ = (
        Index("ix_case_state_id", "state", "id"),
        Index("ix_case_district_id", "district", "id"),
        Index("ix_case_camera_id_id", "camera_id", "id"),
        Index("ix_case_item_code_id", "item_code", "id"),
        Index("ix_case_opened_at_id", "opened_at", "id"),
        Index("ix_case_due_at_id", "due_at", "id"),
        Index("ix_case_urgent_id", "urgent", "id"),
        Index("ix_case_number_id", "number", "id"),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    state: str = Field(index=True)
    version: int = 1
    district: str = Field(default="local", index=True)
    edge_id: str
    camera_id: str = Field(index=True)
    zone_id: str
    violation: str
    violation_version: int
    item_code: str | None = None
    permit: str
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    opened_at: datetime
    closed_at: datetime | None = None
    began_at: datetime
    last_seen_at: datetime
    peak_area_m2: float | None = None
    corrected_seen_at: datetime | None = None
    back_since: datetime | None = None
    recheck_id: UUID | None = Field(default=None, index=True)
    reviewer_id: UUID | None = Field(default=None, index=True)
    assignee_id: UUID | None = Field(default=None, index=True)
    handler_id: UUID | None = Field(default=None, index=True)
    verifier_id: UUID | None = Field(default=None, index=True)
    asked_from: str | None = None
    order_served_at: datetime | None = None
    order_due_at: datetime | None = None
    corrected_at: datetime | None = None
    verified_at: datetime | None = None
    legal_passed_at: datetime | None = None
    rework: int = 0
    returns: int = 0
    urgent: bool = False
    path: str = ""
    arrival: str = ""
    filed_at: datetime | None = None
    decided_at: datetime | None = None
    served_at: datetime | None = None
    due_at: datetime | None = None
    extensions: int = 0
    asks: str | None = None
    asked_at: datetime | None = None
    asked_due_at: datetime | None = None
    objected_from: str | None = None
    legal_passed_rule: str = ""
    void_asked_by: UUID | None = None
    merged_into: UUID | None = Field(default=None, index=True)
    sibling_of: UUID | None = Field(default=None, index=True)
    findings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


@append_only
class CaseStep(SQLModel, table=True):
    """One entry of a case's history, hash-chained per case.

    `kind`: opened or split_off (the first one), transition, note, deadline (a mark was told), void_asked, merged.
    """

    __tablename__ = "case_step"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("case_id", "ordinal"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    ordinal: int
    kind: str
    at: datetime
    actor_id: UUID
    actor_name: str
    actor_role: str
    from_state: str
    to_state: str
    reason: str
    fields: dict[str, Any] = Field(sa_type=JSON)
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)
    previous_hash: str
    hash: str


class CaseTimer(SQLModel, table=True):
    """The deadline of an open case in its present state; `live` until the state is left.

    `next_at` is when the sweeper must look again, `told` how far it has told (0, 0.7, 1, 1.5).
    """

    __tablename__ = "case_timer"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    state: str
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    late_at: datetime
    next_at: datetime | None = Field(default=None, index=True)
    told: float = 0
    live: bool = Field(default=True, index=True)


class CaseClock(SQLModel, table=True):
    """A period of the law that runs beside the deadline of the state. `kind`: filing (Penalty Law 60), service (61),
    reconsideration, suit. `next_at` is null for those that are only shown; `ended_at` when it no longer runs.
    """

    __tablename__ = "case_clock"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    kind: str
    source: str
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    late_at: datetime
    next_at: datetime | None = Field(default=None, index=True)
    told: float = 0
    ended_at: datetime | None = None


class CaseRecheck(SQLModel, table=True):
    """A camera asked to look again when the reminder window ended. `still_there` null: it could not see."""

    __tablename__ = "case_recheck"  # type: ignore[assignment]

    command_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    edge_id: str
    camera_id: str
    zone_id: str
    asked_at: datetime
    answered_at: datetime | None = None
    still_there: bool | None = None


class ApprovalDelegation(SQLModel, table=True):
    """A head lets a leader approve spot cases in his name: in writing (`document`), for items, both days included."""

    __tablename__ = "approval_delegation"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    document: str
    head_id: UUID
    leader_id: UUID = Field(index=True)
    items: list[str] = Field(sa_type=JSON)
    valid_from: date
    valid_to: date
    made_at: datetime
    ended_at: datetime | None = None
    ended_by: UUID | None = None


@append_only
class RecommendationRow(SQLModel, table=True):
    """What the engine recommended at a time, with all that is needed to say it again.

    `other_list_version`: the list was changed between act and answer; the kinder of the two was used.
    """

    __tablename__ = "case_recommendation"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    case_version: int
    at: datetime
    rule: str
    result: str
    list_version: str | None
    other_list_version: str | None = None
    body: dict[str, Any] = Field(sa_type=JSON)


@append_only
class DecisionRow(SQLModel, table=True):
    """What a person with the authority decided. `differs`: other than recommended, for a reason."""

    __tablename__ = "case_decision"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    case_version: int
    recommendation_id: UUID = Field(foreign_key="case_recommendation.id")
    outcome: str
    differs: bool
    reason: str
    decided_by: UUID
    decided_by_name: str
    decided_at: datetime
    list_version: str | None
    rule: str
    result: str


class CaseRequest(SQLModel, table=True):
    """An Idempotency-Key already used: the same request again gets the same answer."""

    __tablename__ = "case_request"  # type: ignore[assignment]

    person_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    case_id: UUID
    body_sha256: str
    version: int
    made_at: datetime
