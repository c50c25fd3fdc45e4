"""What the register goes by (`configs/permits.yaml`): tolerances, the grace after expiry, when to warn."""

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from server.config import CONFIGS
from server.policy.publication import read_yaml


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tolerance(_Rule):
    """Up to here an overrun is reminded of: metres beyond the outline, m² outside it, minutes outside the hours."""

    beyond_m: float = Field(ge=0)
    area_m2: float = Field(ge=0)
    minutes: float = Field(ge=0)
    source: str
    verified: bool


class Grace(_Rule):
    """How many days after its end a permit with a filed renewal counts as overrun instead of none."""

    days: int = Field(ge=0, le=366)
    source: str
    verified: bool


class PermitRules(_Rule):
    """All of it."""

    id: str
    version: str
    tolerance: Tolerance
    renewal_grace: Grace
    warn_days_before: list[int] = Field(min_length=1)


@lru_cache
def load(file: Path = CONFIGS / "permits.yaml") -> PermitRules:
    """The rules in a file, read once. Raises ConfigError with every mistake."""
    return read_yaml(file, PermitRules)
