"""Classes and terms from one YAML file."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from server.config import ConfigError

Class = Literal["false_alarm", "suppressed", "self_corrected", "no_case", "unused", "case", "exemption", "penalty"]
CLASSES: frozenset[str] = frozenset(Class.__args__)  # type: ignore[attr-defined]
"""What evidence in this server's store can be of."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(_Settings):
    """How long a class is kept after its matter is closed. `where`: server, or who keeps it instead."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    where: Literal["server", "edge", "register", "kept"] = "server"
    days: int | None = Field(default=None, ge=1, le=36_600)
    source: str = Field(min_length=1)
    certainty: str = Field(min_length=1)
    verified: bool

    @model_validator(mode="after")
    def _has_a_term(self) -> "Term":
        if self.where != "kept" and self.days is None:
            raise ValueError("days is missing")
        return self


class RetentionSettings(_Settings):
    """The whole file."""

    mode: Literal["dry_run", "delete"] = "dry_run"
    wait_days: int = Field(default=7, ge=1, le=365)
    hour: int = Field(default=3, ge=0, le=23)
    classes: dict[str, Term]

    @model_validator(mode="after")
    def _every_class_has_a_term(self) -> "RetentionSettings":
        missing = sorted(name for name in CLASSES if name not in self.classes or self.classes[name].days is None)
        if missing:
            raise ValueError(f"no term for {', '.join(missing)}")
        if self.mode == "delete" and not any(self.executes(name) for name in CLASSES):
            raise ValueError("mode delete needs at least one class that is verified")
        return self

    def executes(self, name: str) -> bool:
        """Whether files of a class may be deleted: only by a term that the authority has verified."""
        return self.mode == "delete" and self.classes[name].verified and self.classes[name].where == "server"

    def days(self, name: str) -> int:
        """The term of a class of ours."""
        days = self.classes[name].days
        assert days is not None
        return days


def load(file: Path) -> RetentionSettings:
    """The settings in a YAML file. Raises ConfigError with every mistake."""
    try:
        raw: Any = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        return RetentionSettings.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(file, [f"cannot be read: {' '.join(str(error).split())}"]) from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, fault['loc'])) or '(whole)'}: {fault['msg']}" for fault in error.errors()]
        raise ConfigError(file, lines) from error
