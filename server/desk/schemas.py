"""What goes out about the desk."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from server.cases.schemas import CaseRead, DelegationRead
from server.desk.hindrances import Hindrance
from server.desk.queues import Queue
from server.objections.schemas import ObjectionRead


class QueueRead(BaseModel):
    """A queue of cases: how many wait, how many are late, when the next is due."""

    queue: Queue
    role: str
    waiting: int
    late: int
    next_due: AwareDatetime | None


class OtherRead(BaseModel):
    """Something that waits and is no case: `kind` objections, corrections, letters, alarms, against, deliveries."""

    kind: str
    waiting: int
    late: int


class DelegationHeld(BaseModel):
    """A delegation by which this person approves today."""

    id: UUID
    document: str
    items: list[str]
    district: str
    valid_to: date


class DeskRead(BaseModel):
    """What waits for whoever asks."""

    at: AwareDatetime
    queues: list[QueueRead]
    others: list[OtherRead]
    delegations: list[DelegationHeld]


class WaitingRead(BaseModel):
    """A case in a queue. `hindrance`: this person may not decide it, and why; null when they may.

    `delegation` is the document by which it may be approved in the head's name; `rule` and `result` those of the newest
    stored recommendation.
    """

    case: CaseRead
    item_zh: str
    item_en: str
    officer_name: str
    asked_by_name: str
    rule: str | None
    result: str | None
    delegation: str | None
    hindrance: Hindrance | None


class WaitingPage(BaseModel):
    """Cases of a queue, the one due first ahead. `next` is the cursor of the following page, null at the end."""

    queue: Queue
    items: list[WaitingRead]
    next: str | None


class SampleRead(BaseModel):
    """Closed cases drawn by lot: the same seed and days draw the same again. `total` is how many could be drawn."""

    seed: str
    closed_from: AwareDatetime
    closed_to: AwareDatetime
    total: int
    cases: list[CaseRead]


class ObjectionWaiting(BaseModel):
    """An open objection with its case. `answers`: what this person may answer it with; none when another role does
    (`by` says which), and none when `hindrance` says why this person may not.
    """

    objection: ObjectionRead
    case_number: str
    case_state: str
    case_state_zh: str
    case_state_en: str
    subject_name: str
    answers: list[str]
    by: list[str]
    hindrance: Hindrance | None


class OfficerNamed(BaseModel):
    """An officer on file, with the name."""

    person_id: UUID
    name: str
    team: str
    district: str
    certificate: str
    certificate_to: date | None


class PlaceDrawn(BaseModel):
    """A place of a random patrol, and the two who go there."""

    subject_id: UUID
    subject_name: str
    weight: float
    officers: list[str]


class PersonNamed(BaseModel):
    """Somebody by name."""

    person_id: UUID
    name: str


class DelegationNamed(BaseModel):
    """A delegation of approval with the names. `stands`: it holds today."""

    delegation: DelegationRead
    head_name: str
    leader_name: str
    stands: bool
