"""The clocks of publication (`configs/publication.yaml`)."""

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from server.cases.calendar import Span
from server.config import CONFIGS
from server.policy.publication import read_yaml


class Clock(BaseModel):
    """A span with its source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    working_days: float | None = Field(default=None, gt=0)
    minutes: float | None = Field(default=None, gt=0)
    clock: str = "urgent"
    source: str = Field(min_length=1)
    verified: bool

    @model_validator(mode="after")
    def _is_a_span(self) -> "Clock":
        assert self.span
        return self

    @property
    def span(self) -> Span:
        """The span alone."""
        return Span.model_validate(self.model_dump(include={"working_days", "minutes", "clock"}))


class PublicationRules(BaseModel):
    """Both clocks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    publish: Clock
    withdraw: Clock


@lru_cache
def load(file: Path = CONFIGS / "publication.yaml") -> PublicationRules:
    """The rules in a file, read once. Raises ConfigError with every mistake."""
    return read_yaml(file, PublicationRules)
