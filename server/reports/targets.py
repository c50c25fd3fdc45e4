"""Targets and reference values from one YAML file. None may reward fines or exemptions (Penalty Law 74)."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from server.config import ConfigError
from server.reports.kpis import BY_ID


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(_Settings):
    """A value to reach, and who says so."""

    kpi: str
    at_least: float | None = Field(default=None, ge=0)
    at_most: float | None = Field(default=None, ge=0)
    source: str = Field(min_length=1)
    certainty: str = Field(min_length=1)

    @model_validator(mode="after")
    def _may_be_aimed_at(self) -> "Target":
        kpi = BY_ID.get(self.kpi)
        if kpi is None:
            raise ValueError(f"no figure is called {self.kpi}; allowed: {', '.join(BY_ID)}")
        if kpi.informational:
            raise ValueError(
                f"{self.kpi} takes no target: it would reward fines or exemptions, or punish objecting or differing"
                " (Penalty Law 74)"
            )
        wanted, other = ("at_least", "at_most") if kpi.better == "high" else ("at_most", "at_least")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise ValueError(f"{self.kpi} takes {wanted}, and only that")
        return self

    def met(self, value: float | None) -> bool | None:
        """Whether a value reaches it; null for none."""
        if value is None:
            return None
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0.0)


class Reference(_Settings):
    """A value that somebody published; shown beside ours, never aimed at."""

    kpi: str
    value: float
    source: str
    certainty: str

    @model_validator(mode="after")
    def _is_known(self) -> "Reference":
        if self.kpi not in BY_ID:
            raise ValueError(f"no figure is called {self.kpi}")
        return self


class Targets(_Settings):
    """The whole file."""

    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()

    def of(self, kpi: str) -> Target | None:
        """The target of a figure."""
        return next((target for target in self.targets if target.kpi == kpi), None)


def load(file: Path) -> Targets:
    """The targets in a YAML file. Raises ConfigError with every mistake."""
    try:
        raw: Any = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        return Targets.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(file, [f"cannot be read: {' '.join(str(error).split())}"]) from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, fault['loc'])) or '(whole)'}: {fault['msg']}" for fault in error.errors()]
        raise ConfigError(file, lines) from error
