"""What was written down: the audit log, the history of each case, the ledger, recommendations and decisions."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.audit import service as audit
from server.audit.tables import AuditEntry
from server.cases import history
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.chain import plain
from server.checks.finding import Finding, finding
from server.corrections import again
from server.ledger import repository as ledger
from server.ledger import sealed
from server.ledger.tables import Offence, OffenceEvent
from server.policy.tables import PublishedVersion

SHOWN_BY_STEPS = (
    "state", "subject_id", "item_code", "order_due_at", "corrected_at", "verified_at", "legal_passed_at", "findings",
    "handler_id", "decided_at", "served_at",
)  # fmt: skip
"""Parts of a case that only change with a step: the newest step that shows one says what it is."""


def all_of(session: Session) -> Iterator[Finding]:
    """Each finding as it is made."""
    yield finding("audit_chain", _count(session, AuditEntry), audit.verify(session))
    yield finding("case_chains", _count(session, Case), history.verify(session))
    yield _cases_as_told(session)
    entries = _count(session, Offence) + _count(session, OffenceEvent)
    yield finding("ledger_numbers", entries, ledger.ordinal_faults(session))
    yield finding("ledger", entries, sealed.verify(session))
    yield _recommendations(session)
    yield _decisions(session)


def _cases_as_told(session: Session) -> Finding:
    """Whether each case is what its history says it became."""
    problems: list[str] = []
    cases = session.exec(select(Case)).all()
    for case in cases:
        told: dict[str, Any] = {}
        for after in session.exec(
            select(CaseStep.after).where(CaseStep.case_id == case.id).order_by(col(CaseStep.ordinal))
        ):
            told |= after
        problems += [
            f"case {case.id}: {name} is {plain(getattr(case, name))}, its history says {told[name]}"
            for name in SHOWN_BY_STEPS
            if name in told and plain(getattr(case, name)) != told[name]
        ]
    return finding("cases_as_told", len(cases), problems)


def _recommendations(session: Session) -> Finding:
    """What was known then, under the versions used then, gives the stored answer again."""
    problems: list[str] = []
    rows = session.exec(select(RecommendationRow)).all()
    for row in rows:
        kept, says = again.stored(row), again.replay(session, row)
        if says != kept:
            told, now = f"{kept.rule} {kept.result}", f"{says.rule} {says.result}"
            problems.append(f"recommendation {row.id} says {told}, judged again {now}")
        elif (row.body["rule"], row.body["result"]) != (row.rule, row.result):
            problems.append(f"recommendation {row.id} says {row.rule}, its text {row.body['rule']}")
    return finding("recommendations", len(rows), problems)


def _decisions(session: Session) -> Finding:
    """Each names a published version of the list, rests on its own recommendation, and is in the case's history."""
    published = {
        f"{name}@{version}" for name, version in session.exec(select(PublishedVersion.name, PublishedVersion.version))
    }
    problems: list[str] = []
    rows = session.exec(select(DecisionRow)).all()
    for row in rows:
        if not row.list_version:
            problems.append(f"decision {row.id} names no version of the list")
        elif row.list_version not in published:
            problems.append(f"decision {row.id} names {row.list_version}, which was never published")
        basis = session.get(RecommendationRow, row.recommendation_id)
        told = (row.case_id, row.rule, row.result, row.list_version)
        if basis is None or (basis.case_id, basis.rule, basis.result, basis.list_version) != told:
            problems.append(f"decision {row.id} does not rest on the recommendation it names")
        if not _in_history(session, row):
            problems.append(f"decision {row.id} is not in the history of case {row.case_id}")
    return finding("decisions", len(rows), problems)


def _in_history(session: Session, row: DecisionRow) -> bool:
    """The move that decided: same person, same moment, same reason, and the same outcome where the move told it."""
    steps = select(CaseStep).where(CaseStep.case_id == row.case_id, CaseStep.kind == "transition")
    return any(
        (step.at, step.actor_id, step.reason) == (row.decided_at, row.decided_by, row.reason)
        and step.fields.get("outcome", row.outcome) == row.outcome
        for step in session.exec(steps)
    )


def _count(session: Session, table: type[Any]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
