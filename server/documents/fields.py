"""What the issuer tells for each kind of document besides what the case knows."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from server.documents.kinds import Kind
from server.errors import InvalidInput

Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Officer(_Told):
    """Name, and the number of the certificate for administrative law enforcement."""

    name: Name
    certificate: Name


class Told(_Told):
    """What any document may be told. Officers that are left out sign by hand over the numbers the case knows."""

    officers: list[Officer] = Field(default_factory=list[Officer], max_length=6)
    address: Line = ""
    representative: Line = ""
    phone: Line = ""
    place: Line = ""
    refused_to_sign: Line = Field(default="", description="Why the party did not sign; two officers attest it")

    @model_validator(mode="after")
    def _two(self) -> "Told":
        numbers = [officer.certificate for officer in self.officers]
        if numbers and len(set(numbers)) < 2:
            raise ValueError("officers: two with different certificate numbers (Penalty Law 42)")
        return self


class InspectionTold(Told):
    """Of the inspection: when, and what was found and done."""

    began_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    findings: Text = ""
    present: Line = ""


class OrderTold(Told):
    """Of the order: by when, and what must be done."""

    due_at: AwareDatetime | None = None
    facts: Text = ""
    demands: Text = ""


class PledgeTold(Told):
    """Of the pledge: by when it is kept."""

    due_at: AwareDatetime | None = None
    promises: Text = ""


class EducationTold(Told):
    """Of the education: more than the records say."""

    remarks: Text = ""


class DecisionTold(Told):
    """Of the decision: facts in the authority's own words."""

    facts: Text = ""


class ReceiptTold(Told):
    """Which document was served, how, where and on whom."""

    document_id: UUID
    served_by: Literal["direct", "mail", "electronic", "left"] = "direct"
    served_at: AwareDatetime | None = None
    received_by: Line = ""
    electronic_address: Line = ""


class ClosingTold(Told):
    """How it was carried out."""

    carried_out: Text = ""


TOLD: dict[Kind, type[Told]] = {
    Kind.INSPECTION: InspectionTold,
    Kind.ORDER: OrderTold,
    Kind.PLEDGE: PledgeTold,
    Kind.EDUCATION: EducationTold,
    Kind.DECISION: DecisionTold,
    Kind.RECEIPT: ReceiptTold,
    Kind.ELECTRONIC_RECEIPT: ReceiptTold,
    Kind.CLOSING: ClosingTold,
    Kind.CONTENTS: Told,
}


def parse(kind: Kind, raw: dict[str, Any]) -> Told:
    """The checked fields. Raises InvalidInput with every problem."""
    try:
        return TOLD[kind].model_validate(raw)
    except ValidationError as error:
        raise InvalidInput(
            [
                {
                    "field": ".".join(("fields", *map(str, fault["loc"]))),
                    "value": repr(fault["input"])[:80],
                    "allowed": fault["msg"],
                }
                for fault in error.errors(include_url=False)
            ],
            "document.fields_invalid",
        ) from error
