"""What the engine recommends for a case, with everything needed to say it again later."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import SYSTEM
from server.cases.facts import gather
from server.cases.tables import Case, RecommendationRow
from server.chain import digest
from server.policy import publication
from server.policy.answer import HOLDS, Answer, CrisisMeasure, Layer
from server.policy.citations import Citations, citations
from server.policy.decide import Tried
from server.policy.establish import nature_of
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.facts import Facts
from server.policy.judge import crisis_measure, judge
from server.policy.lenity import Lenity
from server.policy.matter import Matter, PriorRead, local_day
from server.policy.rules import BY_CODE, Decider, Result

__all__ = ["HOLDS", "PriorRead", "Recommendation", "citations_of", "item_of", "nature_of", "recommend", "store"]
KEPT = "recommendation.keep"
"""The audit entry that carries the hash of a stored recommendation."""
SEARCH_SCOPE = "本系统台账 / the records of this system"


class ItemResult(BaseModel):
    """The answer for one of several items of the same act."""

    item_code: str | None
    rule: str
    result: Result


class Recommendation(BaseModel):
    """A recommendation. `needs_legal`: the legal department goes first. A person decides and may differ.

    `rule`, `facts`, `trace` are the table's for the item that decides under the kinder list. `table_result` is the
    table's answer (null where it was kept before there were layers), `result` what the layers make of it. `undecided`
    names what a person must settle first: then it holds. `other_list_version` and `list_choice`: the list was changed
    since the act, and why this one counts.
    """

    at: AwareDatetime
    rule: str
    result: Result
    table_result: Result | None = None
    ground: str
    decided_by: Decider
    uses_chance: str
    needs_legal: bool
    holds: bool
    item_code: str | None
    item_name: str | None
    list_version: str | None
    other_list_version: str | None = None
    list_choice: str = ""
    facts: Facts
    trace: list[Tried]
    layers: list[Layer] = Field(default_factory=list[Layer])
    lenity: Lenity | None = None
    items: list[ItemResult] = Field(default_factory=list[ItemResult])
    one_fine_at_most: bool = False
    crisis: CrisisMeasure | None = None
    mode: str = "CLUE"
    undecided: list[str] = Field(default_factory=list[str])
    lighter: list[str] = Field(default_factory=list[str])
    priors: list[PriorRead]
    search_scope: str
    notes: list[str]
    matter: Matter | None = None
    answer: Answer | None = None


def recommend(
    session: Session, case: Case, now: datetime, *, locked: bool = False, as_if_verified: bool = False
) -> Recommendation:
    """What the table answers for the case as it stands. `locked` holds the subject, for use in a decision;
    `as_if_verified` asks what it would answer if the correction were verified now.
    """
    lists = publication.exemptions_for(session, case.began_at, now)
    matter = gather(session, case, lists, locked=locked, verified_at=now if as_if_verified else None)
    return as_recommendation(matter, judge(matter, lists, now), now)


def as_recommendation(matter: Matter, answer: Answer, at: datetime) -> Recommendation:
    """An answer as people and documents read it."""
    side, one = answer.side, answer.side.one
    rule = BY_CODE[one.rule]
    layers = [*one.layers, *side.layers]
    several = len(side.items) > 1
    others = [other.list_version for index, other in enumerate(answer.sides) if index != answer.chosen]
    return Recommendation(
        at=at,
        rule=one.rule,
        result=one.result,
        table_result=one.table_result,
        ground=rule.ground,
        decided_by=rule.decider,
        uses_chance=rule.chance,
        needs_legal=any(item.needs_legal for item in side.items) or any(layer.needs_legal for layer in layers),
        holds=one.result in HOLDS or any(item.undecided for item in side.items),
        item_code=one.item_code,
        item_name=one.item_name,
        list_version=side.list_version,
        other_list_version=others[0] if others else None,
        list_choice=answer.why,
        facts=one.facts,
        trace=one.trace,
        layers=layers,
        lenity=one.lenity,
        items=[ItemResult(item_code=i.item_code, rule=i.rule, result=i.result) for i in side.items] if several else [],
        one_fine_at_most=several,
        crisis=crisis_measure(matter, one),
        mode=matter.camera.mode if matter.camera else "CLUE",
        undecided=[name for item in side.items for name in item.undecided],
        lighter=one.lighter,
        priors=one.priors,
        search_scope=SEARCH_SCOPE,
        notes=[*one.notes, *([answer.why] if others else [])],
        matter=matter,
        answer=answer,
    )


def store(session: Session, case: Case, recommendation: Recommendation, now: datetime) -> RecommendationRow:
    """Keep a recommendation as it was given; its hash goes into the audit chain, so that a change shows."""
    body: dict[str, Any] = recommendation.model_dump(mode="json")
    row = RecommendationRow(
        id=uuid7(now),
        case_id=case.id,
        case_version=case.version,
        at=now,
        rule=recommendation.rule,
        result=recommendation.result.value,
        list_version=recommendation.list_version,
        other_list_version=recommendation.other_list_version,
        body=body,
    )
    session.add(row)
    session.flush()
    audit.record(session, SYSTEM, KEPT, row.id, {"case_id": str(case.id), "sha256": digest(body)}, now)
    return row


def newest_stored(session: Session, case_id: UUID) -> Recommendation | None:
    """The recommendation kept last, as it was given."""
    wanted = select(RecommendationRow).where(RecommendationRow.case_id == case_id)
    row = session.exec(wanted.order_by(col(RecommendationRow.at).desc(), col(RecommendationRow.id).desc())).first()
    return Recommendation.model_validate_json(json.dumps(row.body)) if row else None


def item_of(session: Session, case: Case) -> tuple[ExemptionList | None, ExemptionItem | None]:
    """The list that was in force at the act, and the case's item in it."""
    listing = publication.exemptions_at(session, case.began_at)
    if listing is None or case.item_code is None:
        return listing, None
    return listing, listing.item(case.item_code)


def citations_of(session: Session, case: Case, now: datetime) -> Citations:
    """What a document about the case may print: verified articles of the law that the lenity test chose. Of a closed
    case by the recommendation kept last.
    """
    given = (newest_stored(session, case.id) if case.closed_at else None) or recommend(session, case, now)
    day = local_day(case.last_seen_at)
    listing = publication.by_key(session, given.list_version)
    if listing is None or given.item_code is None:
        return citations(None, day, {})
    law_day = given.lenity.law_day if given.lenity else day
    return citations(listing.item(given.item_code), day, listing.statutes, law_day)
