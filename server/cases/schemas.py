"""What comes in and goes out about cases."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from server.cases.why import Why
from server.cases.workflow import State
from server.times import Instant


class ActionRequest(BaseModel):
    """A move: the state to go to, why, and what that move must tell (see the docs of the moves).

    `done_at`: when it was done, by the clock of a phone that was without a network. It is kept in the step beside the
    server's own time; every period runs by the server's.
    """

    model_config = ConfigDict(extra="forbid")

    to: State
    reason: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")
    fields: dict[str, Any] = Field(default_factory=dict[str, Any])
    done_at: Instant | None = None


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


class ClockRead(BaseModel):
    """A period of the law. `runs` until it ended; one that is only shown has no marks told."""

    kind: str
    name_zh: str
    name_en: str
    source: str
    started_at: AwareDatetime
    warn_at: AwareDatetime
    due_at: AwareDatetime
    late_at: AwareDatetime
    told: float
    ended_at: AwareDatetime | None
    runs: bool


class RecheckRead(BaseModel):
    """A camera that was asked to look again."""

    model_config = ConfigDict(from_attributes=True)

    edge_id: str
    camera_id: str
    zone_id: str
    asked_at: AwareDatetime
    answered_at: AwareDatetime | None
    still_there: bool | None


class Reasoned(BaseModel):
    """Why."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")


class DelegationCreate(BaseModel):
    """Written delegation of approval: the document's number, to whom, for which items, both days included."""

    model_config = ConfigDict(extra="forbid")

    document: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")
    leader_id: UUID
    items: list[Annotated[str, Field(pattern=r"^CG-\d{2}$")]] = Field(min_length=1, max_length=100)
    valid_from: date
    valid_to: date
    district: str = Field(default="local", min_length=1, max_length=40, pattern=r"^[^\x00]*$")


class DelegationRead(BaseModel):
    """A delegation of approval."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    district: str
    document: str
    head_id: UUID
    leader_id: UUID
    items: list[str]
    valid_from: date
    valid_to: date
    made_at: AwareDatetime
    ended_at: AwareDatetime | None
    ended_by: UUID | None


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
    assignee_name: str = ""
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
    district: str
    urgent: bool
    path: str
    arrival: str
    returns: int
    extensions: int
    asks: str | None
    filed_at: AwareDatetime | None
    decided_at: AwareDatetime | None
    served_at: AwareDatetime | None
    void_asked_by: UUID | None
    merged_into: UUID | None
    sibling_of: UUID | None


class CaseDetail(CaseRead):
    """A case with its history."""

    item_name: str | None
    steps: list[StepRead]
    history_faults: list[str]
    alert_ids: list[UUID]
    timer: TimerRead | None
    clocks: list[ClockRead]
    rechecks: list[RecheckRead]
    sibling_ids: list[UUID]
    why: Why | None
    decisions: list[DecisionRead]
    moves: list[MoveRead]


class CasePage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[CaseRead]
    next: str | None


class CaseCount(BaseModel):
    """How many."""

    count: int
