"""What anybody may read of an act. Pure: these types have no place for a person, a picture, or an exemption."""

from datetime import date, time
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from server.subjects.views import public_name


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PermitContent(_Content):
    """A permit: whose (a person's name is not written out), for what, when."""

    number: str
    holder: str
    goods: str
    weekdays: list[int]
    hours_from: time
    hours_to: time
    season_from: str
    season_to: str
    valid_from: date
    valid_to: date


class PenaltyContent(_Content):
    """A penalty: who (a person's name is not written out), for what, since when."""

    case_number: str
    party: str
    act: str
    served_at: AwareDatetime


def permit_content(permit: Any, holder: str, is_person: bool) -> PermitContent:
    """From a register entry (`server.permits.tables.PermitRow`)."""
    given = {name: getattr(permit, name) for name in PermitContent.model_fields if name not in ("holder", "number")}
    return PermitContent(number=permit.number or permit.id, holder=public_name(holder, is_person), **given)


def penalty_content(
    case_number: str, party: str, is_person: bool, act: str, served_at: AwareDatetime
) -> PenaltyContent:
    """From a finding whose penalty was served."""
    return PenaltyContent(
        case_number=case_number, party=public_name(party, is_person), act=act, served_at=served_at
    )  # fmt: skip
