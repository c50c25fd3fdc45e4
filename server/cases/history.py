"""The history of a case: steps appended, each carrying the hash of the one before."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server import chain
from server.auth.person import Person
from server.cases.tables import Case, CaseStep
from server.chain import GENESIS
from server.chain import plain as _plain

WATCHED = (
    "state", "subject_id", "item_code", "assignee_id", "handler_id", "verifier_id", "order_due_at", "corrected_at",
    "corrected_seen_at", "back_since", "verified_at", "legal_passed_at", "rework", "findings", "returns", "urgent",
    "path", "arrival", "filed_at", "decided_at", "served_at", "extensions", "asks", "asked_at", "asked_from",
    "asked_due_at", "objected_from", "void_asked_by", "merged_into", "began_at", "item_code",
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
    """SHA-256 over everything in the step but its own hash."""
    return chain.digest({name: _plain(value) for name, value in step.model_dump(exclude={"hash"}).items()})


def faults(steps: Iterable[CaseStep]) -> Iterator[str]:
    """What is wrong with one case's chain, from its first step on; nothing when it holds."""
    found = list(steps)
    return chain.faults(found, lambda step: step.ordinal, hash_of, f"case {found[0].case_id}: step" if found else "")


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
