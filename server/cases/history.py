"""The history of a case: steps appended, each carrying the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.cases.tables import Case, CaseStep

GENESIS = "0" * 64
WATCHED = (
    "state", "subject_id", "item_code", "assignee_id", "handler_id", "verifier_id", "order_due_at", "corrected_at",
    "corrected_seen_at", "back_since", "verified_at", "legal_passed_at", "rework", "findings",
)  # fmt: skip
"""The parts of a case that a step shows before and after."""


def snapshot(case: Case) -> dict[str, Any]:
    """The watched parts as JSON values."""
    return {name: _plain(getattr(case, name)) for name in WATCHED}


def append(
    session: Session,
    case: Case,
    kind: str,
    actor: Person,
    role: str,
    reason: str,
    fields: dict[str, Any],
    before: dict[str, Any],
    now: datetime,
) -> CaseStep:
    """Write the next step: what changed between `before` and the case as it is now. The caller holds the case."""
    last = newest(session, case)
    after = snapshot(case)
    changed = [name for name in WATCHED if before[name] != after[name]]
    step = CaseStep(
        id=uuid7(now),
        case_id=case.id,
        ordinal=last.ordinal + 1 if last else 1,
        kind=kind,
        at=now,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=role,
        from_state=before["state"],
        to_state=case.state,
        reason=reason,
        fields=fields,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    step.hash = hash_of(step)
    session.add(step)
    session.flush()
    return step


def newest(session: Session, case: Case) -> CaseStep | None:
    """The last step written."""
    wanted = select(CaseStep).where(CaseStep.case_id == case.id).order_by(col(CaseStep.ordinal).desc()).limit(1)
    return session.exec(wanted).first()


def hash_of(step: CaseStep) -> str:
    """SHA-256 over everything in the step but its own hash, as canonical JSON."""
    content = {name: _plain(value) for name, value in step.model_dump(exclude={"hash"}).items()}
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def faults(steps: Iterable[CaseStep]) -> Iterator[str]:
    """What is wrong with one case's chain, from its first step on; nothing when it holds."""
    previous, wanted = GENESIS, 1
    for step in steps:
        if step.ordinal != wanted:
            yield f"case {step.case_id}: step {wanted} is missing, found {step.ordinal}"
        if step.previous_hash != previous:
            yield f"case {step.case_id}: step {step.ordinal} does not continue the one before it"
        if step.hash != hash_of(step):
            yield f"case {step.case_id}: step {step.ordinal} was changed"
        previous, wanted = step.hash, step.ordinal + 1


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    return str(value)


def verify(session: Session) -> list[str]:
    """What is wrong with the history of any case; empty when all hold. For `shouwei server check`."""
    found: list[str] = []
    for case in session.exec(select(Case).order_by(col(Case.id))):
        steps = session.exec(select(CaseStep).where(CaseStep.case_id == case.id).order_by(col(CaseStep.ordinal))).all()
        found += faults(steps)
        if not steps:
            found.append(f"case {case.id}: no history")
        elif steps[-1].to_state != case.state:
            found.append(f"case {case.id}: is in {case.state}, its history ends in {steps[-1].to_state}")
    return found
