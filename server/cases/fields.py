"""What must be told with each move, as schemas: an unknown field is refused, a missing one is named."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from edge.contracts.taxonomy import Sha256
from server.cases.workflow import State
from server.errors import InvalidInput
from server.policy.facts import Harm, Severity

S = State
OfficerNumber = Annotated[str, Field(min_length=1, max_length=40)]
Photos = Annotated[list[Sha256], Field(max_length=40)]


class NoFields(BaseModel):
    """The move needs a reason at most."""

    model_config = ConfigDict(extra="forbid")


class Findings(NoFields):
    """Facts that officers establish; each overrides what was known of it before. See the 17 inputs."""

    vio: bool | None = None
    evidence_sufficient: bool | None = None
    ours: bool | None = None
    crime: bool | None = None
    incap: bool | None = None
    nofault: bool | None = None
    obstruct: bool | None = None
    refused: bool | None = None
    correctable: bool | None = None
    harm: Harm | None = None
    sev: Severity | None = None
    pledge_signed: bool | None = None
    area_m2: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class ContactFields(NoFields):
    """Where the reminder goes; the contact on file when left out."""

    contact: str = Field(default="", max_length=120)


class SecondPerson(NoFields):
    """Voiding takes two people."""

    second_person_id: UUID


class Assignment(NoFields):
    """The officer who shall go."""

    assignee_id: UUID


class Arrival(NoFields):
    """Where the officer stands, WGS-84. Kept, not yet compared with the camera's place."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class Request(NoFields):
    """What is asked for."""

    asks: Literal["return", "extension", "suspension"]


class Suspension(NoFields):
    """挂账 needs a photo of the obstacle and a review date, at most 90 days off."""

    review_at: AwareDatetime
    photos: Photos = Field(min_length=1)


class OnSite(Findings):
    """What two certified officers establish on site."""

    officers: list[OfficerNumber] = Field(min_length=2, max_length=10)
    harm: Harm  # type: ignore[assignment]
    sev: Severity  # type: ignore[assignment]
    photos: Photos = Field(default_factory=list[str])

    @model_validator(mode="after")
    def _two_officers(self) -> Self:
        if len(set(self.officers)) < 2:
            raise ValueError("officers: two different certificate numbers are needed")
        return self


class OrderServed(OnSite):
    """The written order, and by when it must be followed (the item's deadline when left out)."""

    order_number: str = Field(min_length=1, max_length=60)
    due_at: AwareDatetime | None = None


class CorrectedOnSpot(OnSite):
    """Corrected while the officers were there; the after-photo shows it."""

    order_number: str = Field(default="", max_length=60)
    photos: Photos = Field(min_length=1)


class SubjectFound(NoFields):
    """Who it was."""

    subject_id: UUID


class CorrectionReport(NoFields):
    """When it was corrected, and pictures of it."""

    corrected_at: AwareDatetime
    photos: Photos = Field(min_length=1)


class Verification(NoFields):
    """What the verifier saw."""

    photos: Photos = Field(default_factory=list[str])


class NewOrder(NoFields):
    """A changed order."""

    order_number: str = Field(min_length=1, max_length=60)
    due_at: AwareDatetime


class Approval(NoFields):
    """The outcome decided; another one than recommended needs a reason."""

    outcome: Literal["exempt_t1", "exempt_t2", "no_penalty"]


class Service(NoFields):
    """Served how, and the education given (an exempted party must be educated)."""

    served_by: Literal["direct", "mail", "electronic", "left"]
    education: list[Literal["ED1", "ED2", "ED3"]] = Field(min_length=1)
    signed_consent_electronic: bool = False

    @model_validator(mode="after")
    def _electronic_needs_consent(self) -> Self:
        if self.served_by == "electronic" and not self.signed_consent_electronic:
            raise ValueError("served_by electronic needs signed_consent_electronic (Penalty Law 61)")
        return self


FIELDS: dict[tuple[State, State], type[NoFields]] = {
    (S.A1, S.W0): ContactFields,
    (S.W1, S.V): SecondPerson,
    (S.W1, S.W2): Assignment,
    (S.W2, S.WX): Request,
    (S.W3, S.WX): Request,
    (S.W4, S.WX): Request,
    (S.W6, S.WX): Request,
    (S.WX, S.W9): Suspension,
    (S.W3, S.W4): Arrival,
    (S.W4, S.W6): OrderServed,
    (S.W4, S.W7): CorrectedOnSpot,
    (S.W5, S.W4): SubjectFound,
    (S.C7, S.W4): SubjectFound,
    (S.W6, S.W7): CorrectionReport,
    (S.W8, S.L1): Verification,
    (S.W8, S.C2): Verification,
    (S.L1, S.W6): NewOrder,
    (S.L1, S.L4): Findings,
    (S.L1, S.L3): Findings,
    (S.L2, S.L1): Findings,
    (S.L3, S.L1): Findings,
    (S.L4, S.L5): Approval,
    (S.L5, S.C1): Service,
    (S.L9, S.V): SecondPerson,
}
WITHOUT_REASON: frozenset[tuple[State, State]] = frozenset(
    {
        (S.A1, S.W0), (S.A1, S.W1), (S.W1, S.W2), (S.W2, S.W3), (S.W3, S.W4), (S.W4, S.W6), (S.W4, S.W7),
        (S.W6, S.W7), (S.W7, S.W8), (S.W8, S.L1), (S.W8, S.C2), (S.L1, S.L4), (S.L4, S.L5), (S.L5, S.C1),
    }
)  # fmt: skip
"""The ordinary way forward explains itself; every other move of a person needs a reason."""


def parse(frm: State, to: State, reason: str, raw: dict[str, Any]) -> NoFields:
    """The checked fields of a move. Raises InvalidInput with every problem."""
    problems: list[dict[str, Any]] = []
    if not reason.strip() and (frm, to) not in WITHOUT_REASON:
        problems.append({"field": "reason", "value": reason, "allowed": "a reason for this move"})
    model = FIELDS.get((frm, to), NoFields)
    try:
        fields = model.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            name = ".".join(("fields", *map(str, fault["loc"])))
            problems.append({"field": name, "value": repr(fault["input"])[:80], "allowed": fault["msg"]})
        raise InvalidInput(problems, "case.fields_invalid") from error
    if problems:
        raise InvalidInput(problems, "case.fields_invalid")
    return fields
