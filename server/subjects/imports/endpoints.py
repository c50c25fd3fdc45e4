"""`/api/subjects/imports`: a template to fill in, a dry run that lists every bad row, and then exactly that."""

import csv
import hashlib
import io
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile
from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlmodel import Session, col, select

from edge.contracts.taxonomy import Sha256
from server.auth import districts
from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.subjects.identity import ServerDigest
from server.subjects.imports import columns, service
from server.subjects.imports.columns import Kind
from server.subjects.imports.reading import MAX_BYTES
from server.subjects.imports.watching import board_of
from server.subjects.tables import SubjectImport

router = APIRouter(prefix="/imports")
Importer = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]
FAULTS_SHOWN = 1_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FaultRead(BaseModel):
    """A bad cell: where, what stands there (ID numbers never), what may stand there."""

    row: int
    column: str
    value: str
    allowed: str


class SubjectImportRead(BaseModel):
    """What a file would do or did. `counts`: create, rename, premises, contact, zone, grade, same.

    `faults` are the first 1,000 of `fault_count`; the first 5,000 are in `faults.csv`.
    """

    id: UUID
    sha256: str
    file_name: str
    kind: Kind
    district: str
    state: Literal["refused", "ready", "applied"]
    row_count: int
    counts: dict[str, int]
    fault_count: int
    faults: list[FaultRead]
    made_at: AwareDatetime
    made_by: str
    applied_at: AwareDatetime | None
    applied_by: str


class ImportApply(BaseModel):
    """The SHA-256 of the file that was shown."""

    model_config = ConfigDict(extra="forbid")

    sha256: Sha256


class ProgressRead(BaseModel):
    """How far it is; `phase` is checking, writing or unknown."""

    phase: str
    done: int
    total: int


@router.get("/template")
def get_template(
    _person: Importer,
    kind: Kind = "subjects",
    format: Literal["xlsx", "csv"] = "xlsx",
) -> Response:
    """A file to fill in."""
    body = columns.template_xlsx(kind) if format == "xlsx" else columns.template_csv(kind)
    name = {"Content-Disposition": f'attachment; filename="{kind}.{format}"'}
    return Response(body, media_type=XLSX if format == "xlsx" else "text/csv; charset=utf-8", headers=name)


@router.get("/progress/{sha256}")
def get_progress(request: Request, sha256: str, _person: Importer) -> ProgressRead:
    """How far the work on a file is, in this process."""
    phase, done, total = board_of(request).look(sha256)
    return ProgressRead(phase=phase, done=done, total=total)


@router.post("", status_code=201)
def dry_run(
    request: Request,
    file: UploadFile,
    session: WriteSession,
    now: Now,
    person: Importer,
    digest: ServerDigest,
    kind: Annotated[Kind, Form()] = "subjects",
    district: Annotated[str | None, Form(max_length=32)] = None,
) -> SubjectImportRead:
    """Check a file (.xlsx or CSV, ten megabytes at most) and show what it would do. Nothing of it is written yet."""
    chosen = districts.choose(services_of(request).settings, person, district)
    data = file.file.read(MAX_BYTES + 1)
    sha256, board = hashlib.sha256(data).hexdigest(), board_of(request)
    kept = service.dry_run(
        session, kind, (file.filename or "").replace("\x00", ""), data, person, digest, chosen, now,
        lambda done, total: board.tell(sha256, "checking", done, total),
    )  # fmt: skip
    return _read(kept)


@router.get("")
def list_imports(session: ReadSession, person: Importer) -> list[SubjectImportRead]:
    """The last hundred, newest first."""
    wanted = person.reach.limit(select(SubjectImport), SubjectImport.district)
    rows = session.exec(wanted.order_by(col(SubjectImport.id).desc()).limit(100)).all()
    return [_read(row) for row in rows]


@router.get("/{import_id}")
def get_import(import_id: UUID, session: ReadSession, person: Importer) -> SubjectImportRead:
    """One, with its bad rows."""
    return _read(_mine(session, import_id, person))


@router.get("/{import_id}/faults.csv")
def get_faults(import_id: UUID, session: ReadSession, person: Importer) -> Response:
    """The bad rows as a file, to correct the first one by."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["行 row", "列 column", "值 value", "要求 allowed"])
    for fault in _mine(session, import_id, person).faults:
        writer.writerow([fault["row"], *(_inert(fault[name]) for name in ("column", "value", "allowed"))])
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8")


@router.post("/{import_id}/apply")
def apply(
    request: Request, import_id: UUID, wanted: ImportApply, session: WriteSession, now: Now, person: Importer
) -> SubjectImportRead:
    """Do what the dry run showed, all of it or nothing; again changes nothing."""
    _mine(session, import_id, person)
    board = board_of(request)
    kept = service.apply(
        session, import_id, wanted.sha256, person, now,
        lambda done, total: board.tell(wanted.sha256, "writing", done, total),
    )  # fmt: skip
    return _read(kept)


def _mine(session: Session, import_id: UUID, person: Person) -> SubjectImport:
    row = session.get(SubjectImport, import_id)
    if row is None:
        raise NotFound("import", import_id)
    person.reach.require("import", import_id, row.district)
    return row


def _read(row: SubjectImport) -> SubjectImportRead:
    known: dict[str, Any] = row.model_dump(exclude={"rows", "faults", "plan_sha256"})
    return SubjectImportRead(**known, faults=row.faults[:FAULTS_SHOWN])


def _inert(text: str) -> str:
    """A spreadsheet must not take a cell of somebody else's file for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
