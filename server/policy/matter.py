"""What is known of a case when the engine is asked: values only, kept with the answer so that it can be given again."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.permits import LOCAL
from server.policy.exemptions import AlertLevel
from server.policy.facts import First, PermitStanding
from server.policy.statutes import Party


class Part(BaseModel):
    """Frozen, and nothing unknown in it: a stored matter that reads otherwise was tampered with."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PriorRead(Part):
    """An earlier finding that the answer rests on."""

    offence_id: str
    served_at: AwareDatetime | None
    standing: str


class Counted(Part):
    """`first` for one nature of acts and one look-back, and the priors that it rests on. `exemptions`: they count."""

    nature: str
    months: int
    exemptions: bool
    first: First
    priors: list[PriorRead]


class AlertDay(Part):
    """A heavy pollution alert (重污染天气预警) of the district that the act fell into."""

    id: str
    level: AlertLevel
    began_at: AwareDatetime
    ended_at: AwareDatetime | None
    source: str


class Crisis(Part):
    """A public crisis declared for the district: educate, no fine, not recorded as dishonesty. `items` empty: all."""

    id: str
    name: str
    source: str
    began_on: date
    ended_on: date | None
    items: list[str]


class CameraStanding(Part):
    """What the camera's records may be used for. `missing`: what its Article 41 card lacks."""

    mode: Literal["CLUE", "OFFSITE"]
    wanted: Literal["CLUE", "OFFSITE"]
    legal_basis: str
    missing: list[str]


class RecordReview(Part):
    """A person's review of the record (Penalty Law 41): true, clear, complete, accurate."""

    by: str
    at: AwareDatetime
    passed: bool
    note: str


class LateAccepted(Part):
    """A cause beyond the party's control, accepted by the leader: missing the deadline `due_at` does not count."""

    due_at: AwareDatetime
    by: str
    at: AwareDatetime
    reason: str


class Measured(Part):
    """The largest area that was measured, in m², and its standard deviation where it is known."""

    area_m2: float
    sigma_m2: float | None
    by: Literal["camera", "officers"]


class Matter(Part):
    """A case as the law looks at it. Times are aware UTC; `findings` are what officers established. `in_power`: whether
    the power list gives the item to a body of ours; null where no list is kept, or no item is known.
    """

    case_id: str
    district: str
    violation: str
    item_code: str | None
    also_item_codes: list[str] = Field(default_factory=list[str])
    findings: dict[str, Any]
    began_at: AwareDatetime
    last_seen_at: AwareDatetime
    measured: Measured | None
    order_served_at: AwareDatetime | None
    order_due_at: AwareDatetime | None
    corrected_at: AwareDatetime | None
    verified_at: AwareDatetime | None
    subject_known: bool
    party: Party = "any"
    objection_open: bool
    permit: PermitStanding
    permit_notes: list[str] = Field(default_factory=list[str])
    in_power: bool | None = None
    counted: list[Counted]
    late_accepted: LateAccepted | None = None
    alert_days: list[AlertDay] = Field(default_factory=list[AlertDay])
    crises: list[Crisis] = Field(default_factory=list[Crisis])
    camera: CameraStanding | None = None
    record_review: RecordReview | None = None

    def items(self) -> list[str]:
        """Every item that the act falls under, the case's own first."""
        return list(dict.fromkeys(([self.item_code] if self.item_code else []) + self.also_item_codes))

    def count(self, nature: str, months: int, exemptions: bool) -> Counted:
        """`first` for a nature, look-back and way of counting. Raises KeyError when it was never counted."""
        asked = (nature, months, exemptions)
        found = next((one for one in self.counted if (one.nature, one.months, one.exemptions) == asked), None)
        if found is None:
            raise KeyError(f"first was not counted for {nature} over {months} months, exemptions {exemptions}")
        return found


def local_day(at: datetime) -> date:
    """The day in the city."""
    return at.astimezone(LOCAL).date()
