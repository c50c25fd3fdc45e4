"""What comes in and goes out about cases."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from server.cases.workflow import State


class ActionRequest(BaseModel):
    """A move: the state to go to, why, and what that move must tell (see the docs of the moves)."""

    model_config = ConfigDict(extra="forbid")

    to: State
    reason: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")
    fields: dict[str, Any] = Field(default_factory=dict[str, Any])


class MoveRead(BaseModel):
    """A listed move out of the present state."""

    to: State
    name_zh: str
    name_en: str
    who: str
    when: str
    needs_reason: bool


class StateRead(BaseModel):
    """One of the 31 states."""

    state: State
    name_zh: str
    name_en: str
    is_open: bool


class TransitionRead(BaseModel):
    """One of the 67 moves; `fields` is the JSON Schema of what must be told with it."""

    frm: State
    to: State
    who: str
    when: str
    needs_reason: bool
    fields: dict[str, Any]


class WorkflowRead(BaseModel):
    """The state table."""

    states: list[StateRead]
    transitions: list[TransitionRead]


class StepRead(BaseModel):
    """One entry of the history."""

    model_config = ConfigDict(from_attributes=True)

    ordinal: int
    kind: str
    at: AwareDatetime
    actor_id: UUID
    actor_name: str
    actor_role: str
    from_state: str
    to_state: str
    reason: str
    fields: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    previous_hash: str
    hash: str


class DecisionRead(BaseModel):
    """A person's decision."""

    model_config = ConfigDict(from_attributes=True)

    outcome: str
    differs: bool
    reason: str
    decided_by: UUID
    decided_by_name: str
    decided_at: AwareDatetime
    list_version: str | None
    rule: str
    result: str
    recommendation_id: UUID


class TimerRead(BaseModel):
    """The live deadline."""

    model_config = ConfigDict(from_attributes=True)

    started_at: AwareDatetime
    warn_at: AwareDatetime
    due_at: AwareDatetime
    late_at: AwareDatetime
    told: float


class CaseRead(BaseModel):
    """A case in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: str
    state: State
    state_zh: str
    state_en: str
    is_open: bool
    version: int
    edge_id: str
    camera_id: str
    zone_id: str
    violation: str
    item_code: str | None
    permit: str
    subject_id: UUID
    subject_name: str
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    began_at: AwareDatetime
    last_seen_at: AwareDatetime
    corrected_seen_at: AwareDatetime | None
    back_since: AwareDatetime | None
    peak_area_m2: float | None
    assignee_id: UUID | None
    handler_id: UUID | None
    verifier_id: UUID | None
    order_served_at: AwareDatetime | None
    order_due_at: AwareDatetime | None
    corrected_at: AwareDatetime | None
    verified_at: AwareDatetime | None
    rework: int
    findings: dict[str, Any]
    due_at: AwareDatetime | None = None


class CaseDetail(CaseRead):
    """A case with its history."""

    item_name: str | None
    steps: list[StepRead]
    history_faults: list[str]
    alert_ids: list[UUID]
    timer: TimerRead | None
    decisions: list[DecisionRead]
    moves: list[MoveRead]


class CasePage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[CaseRead]
    next: UUID | None
