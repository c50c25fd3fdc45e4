"""What leaves the authority about a subject: for the credit office, and for the public. Pure.

Neither type has a place for an exemption, and neither function is given one: an exemption is no penalty, is not
published, costs no point and serves one purpose only, to tell what was first (domain rules §3).
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PermitFact(_View):
    """A permit as anybody may know it."""

    number: str
    goods: str
    valid_from: date
    valid_to: date
    status: str


class PenaltyFact(_View):
    """A penalty that took effect and is not under challenge; `performed_at` when what it ordered was done."""

    case_number: str
    item_code: str
    act_at: AwareDatetime
    served_at: AwareDatetime
    performed_at: AwareDatetime | None


class Finding(_View):
    """A finding as the ledger has it: what is picked from, never what is shown.

    `outcome` is penalty, no_penalty, order or none; `standing` effective, challenged, void or not_served.
    Of a district out of the reader's reach only nature, dates and standing are told (it counts all the same).
    """

    offence_id: UUID | None
    case_id: UUID | None
    case_number: str
    item_code: str
    nature_group: str
    act_at: AwareDatetime
    outcome: str
    standing: str
    served_at: AwareDatetime | None
    performed_at: AwareDatetime | None
    window_ends: date | None

    def is_in_window(self, today: date) -> bool:
        """Whether it could still make an act of today a repeat, or has not been decided yet."""
        return self.window_ends is None or today <= self.window_ends


class CreditView(_View):
    """What the credit office gets of a holder of a code. It grades; we tell what was done."""

    code: str
    name: str
    as_of: date
    permits: list[PermitFact]
    penalties: list[PenaltyFact]


class PublicView(_View):
    """What anybody may see of a subject: its name and its permits. A person's name is not written out."""

    name: str
    permits: list[PermitFact]


def penalties(findings: Iterable[Finding]) -> list[PenaltyFact]:
    """The penalties among the findings that may be told of: in effect, not challenged, not quashed."""
    return [
        PenaltyFact(
            case_number=one.case_number, item_code=one.item_code, act_at=one.act_at, served_at=one.served_at,
            performed_at=one.performed_at,
        )
        for one in findings
        if one.outcome == "penalty" and one.standing == "effective" and one.served_at is not None
    ]  # fmt: skip


def credit_view(
    code: str, name: str, as_of: date, permits: list[PermitFact], penalised: list[PenaltyFact]
) -> CreditView:
    """For the credit office."""
    return CreditView(code=code, name=name, as_of=as_of, permits=permits, penalties=penalised)


def public_view(name: str, is_person: bool, permits: list[PermitFact]) -> PublicView:
    """For anybody."""
    return PublicView(name=public_name(name, is_person), permits=permits)


def public_name(name: str, is_person: bool) -> str:
    """A business by its name, a person by the first character alone."""
    return f"{name[:1]}**" if is_person else name
