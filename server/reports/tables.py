"""What the figures are counted from: one short row a case, made anew from its history when the case changes."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class CaseFigure(SQLModel, table=True):
    """The milestones of one case, read from its steps; `version` is the case's when they were read.

    Times (`..._s`) are seconds since 1970 UTC: 100,000 rows are then read in a second. Null: has not happened.
    """

    __tablename__ = "case_figure"  # type: ignore[assignment]

    case_id: UUID = Field(primary_key=True)
    version: int
    district: str = Field(index=True)
    camera_id: str
    item: str
    subject_id: UUID | None = None
    handler_id: UUID | None = None
    state: str
    opened_s: float = Field(index=True)
    last_s: float = Field(index=True)
    reminded_s: float | None = None
    settled_s: float | None = None
    filed_s: float | None = None
    dispatched_s: float | None = None
    arrived_s: float | None = None
    ended_s: float | None = None
    due_s: float | None = None
    is_void: bool = False
    overrun: bool = False
    suspended: bool = False
    checks: int = 0
    failed_checks: int = 0
    extended: bool = False
    wrong: bool = False
    found_s: float | None = Field(default=None, index=True)
    ordered_s: float | None = None
    corrected_in_time: bool = False
    decided_s: float | None = None
    outcome: str = ""
    differs: bool = False
    exempt_s: float | None = None
    exempt_undone: bool = False
    is_first: bool = False
    objected_s: float | None = None
    facts_digest: str = ""
