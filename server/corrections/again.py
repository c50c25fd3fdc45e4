"""A stored recommendation judged again: with what it knew (a replay), or with other counts of "first"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.corrections.affected import Counting, Relied, Says
from server.ledger.tables import Offence
from server.ledger.window import Count
from server.policy import publication
from server.policy.answer import Answer
from server.policy.decide import decide
from server.policy.facts import Facts
from server.policy.judge import judge
from server.policy.matter import Counted, Matter, PriorRead

DEFAULT_MONTHS = 24
"""The window of a recommendation that kept no matter (made before matters were kept)."""


def relied(session: Session, case: Case, own: Offence, row: RecommendationRow, decision: DecisionRow | None) -> Relied:
    """A stored recommendation as the pure core takes it."""
    matter, facts = _matter(row), _facts(row)
    ways = [Counting(c.nature, c.months, c.exemptions) for c in matter.counted] if matter else []
    priors = [p.offence_id for c in matter.counted for p in c.priors] if matter else []
    priors += [prior["offence_id"] for prior in row.body.get("priors", [])]

    def again(counts: Mapping[Counting, Count]) -> Says:
        if matter is not None:
            return _says(_judged(session, row, _with(matter, counts)))
        first = next((count.first for count in counts.values()), facts.first)
        answer = decide(facts.model_copy(update={"first": first}))
        return Says(first.value, answer.rule, answer.result.value)

    return Relied(
        recommendation_id=row.id, decision_id=decision.id if decision else None, case_id=case.id, own=own.id,
        act_at=matter.began_at if matter else own.act_at,
        countings=tuple(ways) or (Counting(own.nature_group, DEFAULT_MONTHS, exemptions=True),),
        rested_on=frozenset(UUID(prior) for prior in priors),
        said=Says(facts.first.value, row.rule, row.result), judge=again,
    )  # fmt: skip


def replay(session: Session, row: RecommendationRow) -> Says:
    """What the engine says of the stored matter under the versions that were used, at the time it was asked."""
    matter, facts = _matter(row), _facts(row)
    if matter is not None:
        return _says(_judged(session, row, matter))
    answer = decide(facts)
    return Says(facts.first.value, answer.rule, answer.result.value)


def stored(row: RecommendationRow) -> Says:
    """What it said then."""
    return Says(_facts(row).first.value, row.rule, row.result)


def _judged(session: Session, row: RecommendationRow, matter: Matter) -> Answer:
    versions = [side["list_version"] for side in row.body["answer"]["sides"]]
    return judge(matter, [publication.by_key(session, version) for version in versions], _at(row))


def _at(row: RecommendationRow) -> datetime:
    return datetime.fromisoformat(row.body["at"]) if "at" in row.body else row.at


def _says(answer: Answer) -> Says:
    one = answer.side.one
    return Says(one.facts.first.value, one.rule, one.result.value)


def _with(matter: Matter, counts: Mapping[Counting, Count]) -> Matter:
    counted = [
        _counted(one, counts[way]) if (way := Counting(one.nature, one.months, one.exemptions)) in counts else one
        for one in matter.counted
    ]
    return matter.model_copy(update={"counted": counted})


def _counted(one: Counted, count: Count) -> Counted:
    priors = [
        PriorRead(offence_id=str(p.offence_id), served_at=p.served_at, standing=p.standing) for p in count.rests_on
    ]
    return one.model_copy(update={"first": count.first, "priors": priors})


def _matter(row: RecommendationRow) -> Matter | None:
    found: dict[str, Any] | None = row.body.get("matter")
    return Matter.model_validate(found, strict=False) if found else None


def _facts(row: RecommendationRow) -> Facts:
    return Facts.model_validate(row.body["facts"], strict=False)
