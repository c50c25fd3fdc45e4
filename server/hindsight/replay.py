"""Run stored answers again with their stored facts and the published versions they name: the same must come out.

What is compared: the stored inputs give the stored answer (table, layers, lenity test, choice of list), the columns of
the row say what its body says, the body is the one that was written into the audit chain, the versions are the ones
published, and each decision rests on a recommendation of its own case and repeats what it says.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError
from sqlmodel import Session, col, select

from server.audit.tables import AuditEntry
from server.cases.recommendation import KEPT, as_recommendation
from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.chain import digest
from server.policy import publication
from server.policy.answer import Answer
from server.policy.decide import decide
from server.policy.exemptions import ExemptionList
from server.policy.facts import Facts
from server.policy.judge import judge
from server.policy.matter import Matter
from server.policy.tables import PublishedVersion


class Replayed(BaseModel):
    """One stored answer run again. `kind`: recommendation or decision. `same`: nothing differs."""

    kind: str
    id: UUID
    case_id: UUID
    at: datetime
    list_version: str | None
    rule: str
    result: str
    same: bool
    faults: list[str]


def of_case(session: Session, case_id: UUID) -> list[Replayed]:
    """Every recommendation and decision of a case, in the order made."""
    return list(_run(session, case_id))


def everything(session: Session) -> Iterator[Replayed]:
    """Every recommendation and decision there is."""
    yield from _run(session, None)


def _run(session: Session, case_id: UUID | None) -> Iterator[Replayed]:
    versions = Versions(session)
    given = select(RecommendationRow).order_by(col(RecommendationRow.at), col(RecommendationRow.id))
    decided = select(DecisionRow).order_by(col(DecisionRow.decided_at), col(DecisionRow.id))
    if case_id is not None:
        given = given.where(RecommendationRow.case_id == case_id)
        decided = decided.where(DecisionRow.case_id == case_id)
    for row in session.exec(given.execution_options(yield_per=500)):
        faults = recommendation_faults(session, row, versions)
        yield Replayed(
            kind="recommendation", id=row.id, case_id=row.case_id, at=row.at, list_version=row.list_version,
            rule=row.rule, result=row.result, same=not faults, faults=faults,
        )  # fmt: skip
    for decision in session.exec(decided.execution_options(yield_per=500)):
        faults = decision_faults(session, decision)
        yield Replayed(
            kind="decision", id=decision.id, case_id=decision.case_id, at=decision.decided_at,
            list_version=decision.list_version, rule=decision.rule, result=decision.result, same=not faults,
            faults=faults,
        )  # fmt: skip


class Versions:
    """Published lists by name, each looked at once: whether it is still what was published."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[ExemptionList | None, list[str]]] = {}

    def get(self, key: str) -> tuple[ExemptionList | None, list[str]]:
        """The list, and what is wrong with it."""
        if key not in self._known:
            self._known[key] = self._look(key)
        return self._known[key]

    def _look(self, key: str) -> tuple[ExemptionList | None, list[str]]:
        name, _, version = key.partition("@")
        row = self._session.exec(
            select(PublishedVersion).where(
                PublishedVersion.kind == publication.EXEMPTIONS, PublishedVersion.name == name,
                PublishedVersion.version == version,
            )
        ).first()  # fmt: skip
        if row is None:
            return None, [f"version {key} is not among the published ones"]
        if publication.hash_of(row.body) != row.sha256:
            return None, [f"version {key} is no longer what was published"]
        return ExemptionList.model_validate(row.body), []


def recommendation_faults(session: Session, row: RecommendationRow, versions: Versions) -> list[str]:
    """How a stored recommendation differs from what its facts and versions give; empty when it does not."""
    body = row.body
    faults = [
        f"the row says {name} {told!r}, its text {body.get(name)!r}"
        for name, told in (
            ("rule", row.rule), ("result", row.result), ("list_version", row.list_version),
            ("other_list_version", row.other_list_version),
        )
        if told != body.get(name)
    ]  # fmt: skip
    faults += _seal_faults(session, row)
    if not body.get("matter"):
        return faults + _table_faults(body)
    try:
        matter, stored = Matter.model_validate(body["matter"]), Answer.model_validate_json(json.dumps(body["answer"]))
        at = datetime.fromisoformat(body["at"])
    except (ValidationError, KeyError, ValueError) as error:
        return [*faults, f"its stored facts cannot be read: {' '.join(str(error).split())[:200]}"]
    lists: list[ExemptionList | None] = []
    for side in stored.sides:
        listing, wrong = versions.get(side.list_version) if side.list_version else (None, [])
        lists.append(listing)
        faults += wrong
    if any(side.list_version and listing is None for side, listing in zip(stored.sides, lists, strict=True)):
        return faults
    try:
        again = as_recommendation(matter, judge(matter, lists, at), at).model_dump(mode="json")
    except KeyError as error:
        return [*faults, f"its stored facts lack what the table asks: {error}"]
    return faults + list(_differences(body, again))


def decision_faults(session: Session, row: DecisionRow) -> list[str]:
    """How a decision differs from the recommendation that it names."""
    given = session.get(RecommendationRow, row.recommendation_id)
    if given is None:
        return ["the recommendation it names is gone"]
    return [
        f"the decision says {name} {told!r}, its recommendation {was!r}"
        for name, told, was in (
            ("case", row.case_id, given.case_id), ("rule", row.rule, given.rule), ("result", row.result, given.result),
            ("list_version", row.list_version, given.list_version),
        )
        if told != was
    ]  # fmt: skip


def _seal_faults(session: Session, row: RecommendationRow) -> list[str]:
    """Whether the text is the one written into the audit chain. Those kept before the chain had them have no entry."""
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == KEPT, AuditEntry.target == str(row.id))).first()
    if entry is None:
        return ["it was never written into the audit log"] if row.body.get("matter") else []
    return [] if entry.facts.get("sha256") == digest(row.body) else ["its text is not the one in the audit log"]


def _table_faults(body: dict[str, Any]) -> list[str]:
    """A recommendation kept before facts were kept whole: only the table can be run again."""
    try:
        again = decide(Facts.model_validate(body["facts"], strict=False))
    except (ValidationError, KeyError) as error:
        return [f"its stored facts cannot be read: {' '.join(str(error).split())[:200]}"]
    told = {"rule": again.rule, "result": again.result.value, "trace": list(again.trace)}
    return list(_differences({name: body.get(name) for name in told}, told))


def _differences(stored: Any, again: Any, path: str = "") -> Iterator[str]:
    """Where the stored text says something else. What is only in the new text (added later) is no difference."""
    if isinstance(stored, dict) and isinstance(again, dict):
        for name, value in stored.items():
            if name not in again:
                yield f"{path}{name} is nothing that the engine says"
            else:
                yield from _differences(value, again[name], f"{path}{name}.")
    elif stored != again:
        yield f"{path.rstrip('.')}: stored {_short(stored)}, again {_short(again)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}..."


def cases_of(session: Session, rows: list[Replayed]) -> dict[UUID, Case]:
    """The cases that these answers are about."""
    ids = {row.case_id for row in rows}
    return {case.id: case for case in session.exec(select(Case).where(col(Case.id).in_(ids)))} if ids else {}
