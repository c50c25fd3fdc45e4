"""First a dry run that shows every bad row and every step; then exactly these steps, all of them or none."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.db import serialise
from server.errors import Conflict, NotFound
from server.subjects.identity import Digest
from server.subjects.imports import known, planning, reading, writing
from server.subjects.imports.checking import Fault, Values, check_row
from server.subjects.imports.columns import Kind, places
from server.subjects.imports.planning import Plan, Progress
from server.subjects.tables import SubjectImport

FAULTS_KEPT = 5_000
REPORT_EVERY = 200


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def dry_run(
    session: Session,
    kind: Kind,
    file_name: str,
    data: bytes,
    by: Person,
    digest: Digest,
    district: str,
    now: datetime,
    progress: Progress = _silent,
) -> SubjectImport:
    """Read and check a file, keep what it would do, write nothing else. Raises InvalidInput for a file that is no
    table at all; bad rows are kept as faults instead.
    """
    sheet = reading.read(data)
    found, header_faults = places(kind, sheet.header)
    faults: list[Fault] = [{"row": 1} | fault for fault in header_faults]
    rows: list[Values] = []
    for done, row in enumerate(sheet.rows if not header_faults else [], start=1):
        values, wrong = check_row(kind, row, found, digest)
        faults += wrong
        rows += [] if wrong else [values]
        if done % REPORT_EVERY == 0:
            progress(done, len(sheet.rows))
    plan = _plan(session, kind, rows, by, district, now)
    faults = sorted([*faults, *plan.faults], key=lambda fault: fault["row"])
    progress(len(sheet.rows), len(sheet.rows))
    kept = SubjectImport(
        id=uuid7(now), sha256=hashlib.sha256(data).hexdigest(), file_name=file_name[:200], kind=kind,
        district=district, state="refused" if faults else "ready", row_count=len(sheet.rows),
        rows=[] if faults else rows, faults=faults[:FAULTS_KEPT], fault_count=len(faults), counts=plan.counts,
        plan_sha256=_hash(plan), made_at=now, made_by=by.name,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    told = {"file": kept.file_name, "sha256": kept.sha256, "rows": kept.row_count, "faults": kept.fault_count}
    audit.record(session, by, "subject_import.dry_run", kept.id, told, now)
    return kept


def apply(
    session: Session, import_id: UUID, sha256: str, by: Person, now: datetime, progress: Progress = _silent
) -> SubjectImport:
    """Do what the dry run showed. Once: again changes nothing.

    Raises Conflict for another file than the one shown, for one with bad rows, and when the register changed so that
    the steps would be others: then make a new dry run.
    """
    serialise(session, "subject_import")
    kept = hold(session, import_id)
    if kept.sha256 != sha256:
        raise Conflict("import.other_file", "The dry run was of another file", {"sha256": kept.sha256})
    if kept.state == "applied":
        return kept
    if kept.state != "ready":
        raise Conflict("import.has_faults", "The file has bad rows", {"fault_count": kept.fault_count})
    kind: Kind = "grades" if kept.kind == "grades" else "subjects"
    plan = _plan(session, kind, kept.rows, by, kept.district, kept.made_at)
    if plan.faults or _hash(plan) != kept.plan_sha256:
        facts = {"shown": kept.counts, "now": plan.counts, "faults": plan.faults[:20]}
        raise Conflict("import.changed_since", "The register changed since the dry run; make a new one", facts)
    writing.write(session, plan.steps, kept.district, by, now, progress)
    kept.state, kept.applied_at, kept.applied_by = "applied", now, by.name
    session.add(kept)
    session.flush()
    audit.record(session, by, "subject_import.apply", kept.id, {"sha256": sha256, "counts": plan.counts}, now)
    return kept


def hold(session: Session, import_id: UUID) -> SubjectImport:
    """The import, locked until the transaction ends; raises NotFound."""
    wanted = select(SubjectImport).where(col(SubjectImport.id) == import_id)
    kept = session.exec(wanted.with_for_update()).first()
    if kept is None:
        raise NotFound("import", import_id)
    return kept


def _plan(session: Session, kind: Kind, rows: list[Values], by: Person, district: str, now: datetime) -> Plan:
    return planning.make(kind, rows, known.load(session, rows), by.reach, district, now)


def _hash(plan: Plan) -> str:
    return hashlib.sha256(json.dumps(plan.steps, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
