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
    """Facts that officers establish; each overrides what was known of it before. See the 17 inputs.

    `minor`: the party is 14 to 17. `intent`: the act was meant. `alert_order_refused`: measures for heavy pollution
    (Code 264) were refused. `party_role`: what the party is at a site. `area_m2_sigma`: of the area measured on site.
    `also_item_codes`: further items that the same act falls under.
    """

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
    refused_to_sign: bool | None = None
    minor: bool | None = None
    guardian_present: bool | None = None
    intent: bool | None = None
    alert_order_refused: bool | None = None
    party_role: Literal["builder", "owner", "other"] | None = None
    area_m2: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    area_m2_sigma: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    also_item_codes: list[Annotated[str, Field(pattern=r"^CG-\d{2}$")]] | None = Field(default=None, max_length=10)


class ContactFields(NoFields):
    """Where the reminder goes; the contact on file when left out."""

    contact: str = Field(default="", max_length=120)


class Filing(NoFields):
    """The reviewer may make a matter urgent, or say that it is not, and say which item it is."""

    urgent: bool | None = None
    item_code: Annotated[str, Field(pattern=r"^CG-\d{2}$")] | None = None


class Duplicate(NoFields):
    """The case that this one is a duplicate of; without it, suppressed for a permit."""

    duplicate_of: UUID | None = None


class Transfer(NoFields):
    """Whose matter it is."""

    authority: str = Field(min_length=1, max_length=120)


class Assignment(NoFields):
    """The officer who shall go."""

    assignee_id: UUID


class Arrival(NoFields):
    """Where the officer stands, WGS-84. Farther from the place than allowed needs a reason and stays flagged."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class Request(NoFields):
    """What is asked for."""

    asks: Literal["return", "extension", "suspension"]


class Answer(NoFields):
    """Back to where it was asked. A granted extension is at most as long as the time first given."""

    granted: bool = False
    until: AwareDatetime | None = None

    @model_validator(mode="after")
    def _until_only_when_granted(self) -> Self:
        if self.until is not None and not self.granted:
            raise ValueError("until needs granted: true")
        return self


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
    """The written order, and by when it must be followed (the item's deadline when left out).

    Evidence E1: photos of the place as the officers found it, and their inspection record.
    """

    order_number: str = Field(min_length=1, max_length=60)
    inspection_record: str = Field(min_length=1, max_length=120)
    photos: Photos = Field(min_length=1)
    due_at: AwareDatetime | None = None


class CorrectedOnSpot(OnSite):
    """Corrected while the officers were there; the inspection record and the after-photo show it."""

    order_number: str = Field(default="", max_length=60)
    inspection_record: str = Field(min_length=1, max_length=120)
    photos: Photos = Field(min_length=1)


class SubjectFound(NoFields):
    """Who it was."""

    subject_id: UUID


class CorrectionReport(NoFields):
    """When it was corrected, and pictures of it."""

    corrected_at: AwareDatetime
    photos: Photos = Field(min_length=1)


class Clearing(NoFields):
    """Cleared at once where nobody can be named (Compulsion Law 52); the photos show it."""

    photos: Photos = Field(min_length=1)


class Verification(NoFields):
    """The after-photo: what the verifier saw, from the same view."""

    photos: Photos = Field(min_length=1)


class ToLegal(Findings):
    """A case that came by the spot path is filed before it goes to legal review (two procedural paths)."""

    filing_approval: str = Field(default="", max_length=120)


class NewOrder(NoFields):
    """A changed order."""

    order_number: str = Field(min_length=1, max_length=60)
    due_at: AwareDatetime


class Approval(NoFields):
    """The outcome decided; another one than recommended needs a reason."""

    outcome: Literal["exempt_t1", "exempt_t2", "no_penalty"]


class Objecting(NoFields):
    """By which way the party objects."""

    way: Literal["objection", "reconsideration", "suit"] = "objection"


class Objected(NoFields):
    """`upheld` only for a case that came from C3: the table leads every answer to it through L9 (back to C3)."""

    answer: Literal["set_aside", "upheld"] = "set_aside"


class Upheld(NoFields):
    """Before service the decision is still to be served, and the education to be given."""

    served_by: Literal["direct", "mail", "electronic", "left"] | None = None
    education: list[Literal["ED1", "ED2", "ED3"]] = Field(default_factory=list[Literal["ED1", "ED2", "ED3"]])
    signed_consent_electronic: bool = False


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
    (S.A1, S.A2): Duplicate,
    (S.A1, S.W0): ContactFields,
    (S.A1, S.W1): Filing,
    (S.A1, S.C5): Transfer,
    (S.W1, S.W2): Assignment,
    (S.W2, S.WX): Request,
    (S.W3, S.WX): Request,
    (S.W4, S.WX): Request,
    (S.W6, S.WX): Request,
    (S.WX, S.W2): Answer,
    (S.WX, S.W3): Answer,
    (S.WX, S.W4): Answer,
    (S.WX, S.W6): Answer,
    (S.WX, S.W9): Suspension,
    (S.W3, S.W4): Arrival,
    (S.W4, S.C5): Transfer,
    (S.W4, S.W6): OrderServed,
    (S.W4, S.W7): CorrectedOnSpot,
    (S.W5, S.W4): SubjectFound,
    (S.W5, S.C7): Clearing,
    (S.C7, S.W4): SubjectFound,
    (S.W6, S.W7): CorrectionReport,
    (S.W8, S.L1): Verification,
    (S.W8, S.C2): Verification,
    (S.L1, S.W6): NewOrder,
    (S.L1, S.L4): Findings,
    (S.L1, S.L3): ToLegal,
    (S.L2, S.L1): Findings,
    (S.L3, S.L1): Findings,
    (S.L4, S.L5): Approval,
    (S.L5, S.C1): Service,
    (S.L5, S.L8): Objecting,
    (S.C1, S.L8): Objecting,
    (S.C3, S.L8): Objecting,
    (S.L8, S.C1): Upheld,
    (S.L8, S.L9): Objected,
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
