"""What the engine recommends for a case, with everything needed to say it again later."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel
from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from edge.contracts.taxonomy import PermitRelation
from server.cases.facts import Known, facts_of
from server.cases.tables import Case, RecommendationRow
from server.cases.workflow import State
from server.ledger import service as ledger
from server.ledger.window import Count
from server.objections import service as objections
from server.permits import service as permits
from server.policy import publication
from server.policy.decide import Tried, decide
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.facts import Facts, First
from server.policy.rules import BY_CODE, Decider, Result
from server.subjects import service as subjects

LOOK_BACK_MONTHS = 24
SEARCH_SCOPE = "本系统台账 / the records of this system"
HOLDS = frozenset(
    {
        Result.HOLD_EVIDENCE_REVIEW, Result.PENDING_SUBJECT, Result.HOLD_OBJECTION, Result.AWAIT_CORRECTION,
        Result.HUMAN_REMEDY_CHECK, Result.HOLD_PRIOR, Result.HOLD_DATA,
    }
)  # fmt: skip
"""Results that say: not yet. Nothing may be decided on them."""


class PriorRead(BaseModel):
    """An earlier finding that the answer rests on."""

    offence_id: str
    served_at: AwareDatetime | None
    standing: str


class Recommendation(BaseModel):
    """A recommendation. `needs_legal`: the legal department goes first. A person decides and may differ."""

    at: AwareDatetime
    rule: str
    result: Result
    ground: str
    decided_by: Decider
    uses_chance: str
    needs_legal: bool
    holds: bool
    item_code: str | None
    item_name: str | None
    list_version: str | None
    facts: Facts
    trace: list[Tried]
    priors: list[PriorRead]
    search_scope: str
    notes: list[str]


def recommend(
    session: Session, case: Case, now: datetime, *, locked: bool = False, as_if_verified: bool = False
) -> Recommendation:
    """What the table answers for the case as it stands. `locked` holds the subject, for use in a decision;
    `as_if_verified` asks what it would answer if the correction were verified now.
    """
    listing, item = item_of(session, case)
    subject = subjects.get(session, case.subject_id)
    count = _first(session, case, item, locked) if subject.kind != "unknown" else Count(First.YES, ())
    known = Known(
        findings=case.findings,
        last_seen_at=case.last_seen_at,
        peak_area_m2=case.peak_area_m2,
        order_due_at=case.order_due_at,
        corrected_at=case.corrected_at,
        verified_at=case.verified_at or (now if as_if_verified else None),
        subject_known=subject.kind != "unknown",
        objection_open=State(case.state) in (State.L2, State.L8) or objections.is_open(session, case.id),
        permit=permits.standing(
            session, case.camera_id, case.zone_id, case.began_at, case.permit == PermitRelation.EXCEEDED
        ),
        first=count.first,
    )
    facts, notes = facts_of(known, item, now)
    decision = decide(facts)
    rule = BY_CODE[decision.rule]
    return Recommendation(
        at=now,
        rule=decision.rule,
        result=decision.result,
        ground=rule.ground,
        decided_by=rule.decider,
        uses_chance=rule.chance,
        needs_legal=rule.decider is Decider.HEAD_AFTER_LEGAL or bool(item and item.legal_review),
        holds=decision.result in HOLDS,
        item_code=case.item_code,
        item_name=item.name.zh if item else None,
        list_version=listing.key if listing else None,
        facts=facts,
        trace=list(decision.trace),
        priors=[
            PriorRead(offence_id=str(p.offence_id), served_at=p.served_at, standing=p.standing) for p in count.rests_on
        ],
        search_scope=SEARCH_SCOPE,
        notes=notes,
    )


def store(session: Session, case: Case, recommendation: Recommendation, now: datetime) -> RecommendationRow:
    """Keep a recommendation as it was given."""
    body: dict[str, Any] = recommendation.model_dump(mode="json")
    row = RecommendationRow(
        id=uuid7(now),
        case_id=case.id,
        case_version=case.version,
        at=now,
        rule=recommendation.rule,
        result=recommendation.result.value,
        list_version=recommendation.list_version,
        body=body,
    )
    session.add(row)
    session.flush()
    return row


def item_of(session: Session, case: Case) -> tuple[ExemptionList | None, ExemptionItem | None]:
    """The list in force on the day of the act, and the case's item in it."""
    listing = publication.exemptions_on(session, case.began_at.astimezone(LOCAL).date())
    if listing is None or case.item_code is None:
        return listing, None
    return listing, listing.item(case.item_code)


def nature_of(case: Case, item: ExemptionItem | None) -> str:
    """The nature of the act; off the list, the violation stands for itself."""
    return item.nature_group if item else case.violation


def _first(session: Session, case: Case, item: ExemptionItem | None, locked: bool) -> Count:
    months = item.look_back.months if item else LOOK_BACK_MONTHS
    nature = nature_of(case, item)
    return ledger.first_for(session, case.subject_id, nature, case.began_at, months, except_case=case.id, locked=locked)
