"""The numbers of merging as a published document; see `configs/merging.yaml`."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from server.alerts.merge import Limits
from server.policy import publication

MERGING = "merging"


class MergeRules(BaseModel):
    """Metres, minutes, and a share of ground (0..1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")] = MERGING
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")] = "built-in"
    near_m: float = Field(default=10, gt=0, le=200)
    gap_minutes: int = Field(default=120, ge=1, le=24 * 60)
    shared_ground: float = Field(default=0.2, gt=0, le=1)
    backfill_minutes: int = Field(default=60, ge=0, le=24 * 60)
    source: str = "proposal"
    verified: bool = False

    def limits(self) -> Limits:
        """As the pure rules take them."""
        return Limits(
            near_m=self.near_m,
            gap=timedelta(minutes=self.gap_minutes),
            shared=self.shared_ground,
            backfill=timedelta(minutes=self.backfill_minutes),
        )


def publish(session: Session, file: Path, now: datetime) -> bool:
    """Publish the file's version, if there is one; whether it was new. Raises ConfigError, or Conflict for an edited
    version.
    """
    if not file.exists():
        return False
    rules = publication.read_yaml(file, MergeRules)
    return publication.publish(session, MERGING, rules.id, rules.version, rules, now)


def limits(session: Session) -> Limits:
    """The numbers published last; the built-in proposal without any."""
    rows = publication.newest(session, MERGING)
    return publication.parsed(MergeRules, rows[0]).limits() if rows else MergeRules().limits()
