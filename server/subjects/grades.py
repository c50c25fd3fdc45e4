"""Grades of subjects: taken from the credit office, they set patrol weight and nothing else."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.config import CONFIGS
from server.policy.publication import read_yaml
from server.subjects import repository
from server.subjects.schemas import GradeRead
from server.subjects.tables import SubjectGrade


class Band(BaseModel):
    """One of the bands; `also_written` are the ways in which the office's files spell it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    patrol_weight: float = Field(gt=0, le=10)
    also_written: list[str] = Field(default_factory=list[str])


class GradeRules(BaseModel):
    """`configs/grades.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    source: str
    verified: bool
    bands: dict[str, Band] = Field(min_length=1)
    ungraded_weight: float = Field(gt=0, le=10)

    def band_of(self, written: str) -> str | None:
        """The band that a file means; None for a word that is none."""
        plain = written.strip().casefold()
        for key, band in self.bands.items():
            if plain == key or plain in (other.casefold() for other in [band.zh, band.en, *band.also_written]):
                return key
        return None

    def weight(self, band: str | None) -> float:
        """How often a place with this band is patrolled, against once."""
        return self.bands[band].patrol_weight if band in self.bands else self.ungraded_weight


@lru_cache
def rules(file: Path = CONFIGS / "grades.yaml") -> GradeRules:
    """The bands in a file, read once. Raises ConfigError with every mistake."""
    return read_yaml(file, GradeRules)


def present(session: Session, subject_id: UUID) -> GradeRead | None:
    """The newest band of a subject."""
    given = repository.grades_of(session, subject_id)
    return _read(given[-1]) if given else None


def history(session: Session, subject_id: UUID) -> list[GradeRead]:
    """All bands given, the newest last."""
    return [_read(row) for row in repository.grades_of(session, subject_id)]


def patrol_weight(session: Session, subject_id: UUID) -> float:
    """How often the subject's places are patrolled, against once."""
    given = repository.grades_of(session, subject_id)
    return rules().weight(given[-1].band if given else None)


def give(
    session: Session, subject_id: UUID, band: str, as_of: date, source: str, by: Person, now: datetime
) -> SubjectGrade | None:
    """Keep a band that the office gave; None when this one of that day is known already."""
    known = repository.grades_of(session, subject_id)
    if any((row.band, row.as_of, row.source) == (band, as_of, source) for row in known):
        return None
    row = SubjectGrade(
        id=uuid7(now), subject_id=subject_id, band=band, as_of=as_of, source=source, recorded_at=now,
        recorded_by=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _read(row: SubjectGrade) -> GradeRead:
    weight = rules().weight(row.band)
    return GradeRead(band=row.band, as_of=row.as_of, source=row.source, patrol_weight=weight)
