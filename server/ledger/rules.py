"""What the history goes by, as data (`configs/history.yaml`): published in versions like the list and the calendar."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from server.cases.deadlines import Span
from server.config import CONFIGS
from server.policy import publication

KIND = "history"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DifferentNatures(_Entry):
    """So many different natures within so many days raise a flag for officers."""

    count: int = Field(ge=2)
    days: int = Field(ge=1)
    source: str = Field(min_length=1)
    verified: bool


class Period(_Entry):
    """Working days that people have, with the source."""

    working_days: float = Field(gt=0)
    source: str = Field(min_length=1)
    verified: bool

    def span(self) -> Span:
        """As the calendar counts it."""
        return Span(working_days=self.working_days)


class Periods(_Entry):
    """How long each kind of work of the history may take."""

    correction: Period
    statement: Period
    objection: Period


class LinkTerms(_Entry):
    """How long a party's link lives, and how many files may come over it."""

    code_days: int = Field(ge=1)
    token_hours: float = Field(gt=0)
    files_at_most: int = Field(ge=1)


class HistoryRules(_Entry):
    """One version."""

    id: Literal["history"]
    version: str = Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")
    different_natures: DifferentNatures
    periods: Periods
    party_link: LinkTerms


@cache
def shipped(file: Path = CONFIGS / "history.yaml") -> HistoryRules:
    """The rules in a file. Raises ConfigError."""
    return publication.read_yaml(file, HistoryRules)


def publish(session: Session, file: Path, now: datetime) -> bool:
    """Publish the rules of a file, or those that ship when it is not there; whether they were new.

    Raises ConfigError for a mistake, Conflict when a published version was edited.
    """
    found = shipped(file) if file.exists() else shipped()
    return publication.publish(session, KIND, found.id, found.version, found, now)


def current(session: Session) -> HistoryRules:
    """The rules published last; those that ship when none were."""
    rows = publication.newest(session, KIND)
    return publication.parsed(HistoryRules, rows[0]) if rows else shipped()
