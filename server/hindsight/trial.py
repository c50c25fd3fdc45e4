"""What a draft of the list would have changed: past and open cases judged again under it, nothing written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session, col, select

from server.auth.reach import Reach
from server.cases.facts import count_for, gather
from server.cases.recommendation import as_recommendation, newest_stored
from server.cases.tables import Case, DecisionRow
from server.cases.workflow import State, is_open
from server.policy import kindness, publication
from server.policy.exemptions import ExemptionList
from server.policy.judge import countings, judge
from server.policy.matter import Matter

Direction = Literal["kinder", "harsher", "same"]


class Tried(BaseModel):
    """One case: what was answered, what the draft would have answered. `notes`: what had to be counted anew."""

    case_id: UUID
    number: str
    state: State
    item_code: str | None
    list_version: str | None
    old_rule: str
    old_result: str
    new_rule: str
    new_result: str
    direction: Direction
    decided: str | None
    notes: list[str]


class Trial(BaseModel):
    """`looked_at` cases, newest first; `changed` has those whose rule or result would differ."""

    draft: str
    looked_at: int
    kinder: int
    harsher: int
    changed: list[Tried]


def run(session: Session, draft: ExemptionList, reach: Reach, now: datetime, limit: int) -> Trial:
    """Judge the newest `limit` cases within reach again under the draft, at the time they were judged.

    A case that has no recommendation yet is judged as it stands now, under the lists in force and under the draft.
    """
    cases = session.exec(
        reach.limit(select(Case), Case.district).order_by(col(Case.id).desc()).limit(limit)
    ).all()  # fmt: skip
    tried = [one for case in cases if (one := _try(session, case, draft, now)) is not None]
    changed = [one for one in tried if (one.old_rule, one.old_result) != (one.new_rule, one.new_result)]
    return Trial(
        draft=draft.key,
        looked_at=len(tried),
        kinder=sum(one.direction == "kinder" for one in changed),
        harsher=sum(one.direction == "harsher" for one in changed),
        changed=changed,
    )


def _try(session: Session, case: Case, draft: ExemptionList, now: datetime) -> Tried | None:
    stored = newest_stored(session, case.id)
    if stored is not None and stored.matter is not None:
        matter, at, old = stored.matter, stored.at, stored
    elif stored is None and is_open(State(case.state)):
        lists = publication.exemptions_for(session, case.began_at, now)
        matter, at = gather(session, case, lists), now
        old = as_recommendation(matter, judge(matter, lists, now), now)
    else:
        return None  # ended without a recommendation (suppressed, false), or kept before facts were kept whole
    counted, notes = _with_counts(session, case, matter, [draft])
    new = as_recommendation(counted, judge(counted, [draft], at), at)
    decision = session.exec(
        select(DecisionRow).where(DecisionRow.case_id == case.id).order_by(col(DecisionRow.decided_at).desc())
    ).first()
    was, would = kindness.rank(old.result), kindness.rank(new.result)
    return Tried(
        case_id=case.id,
        number=case.number,
        state=State(case.state),
        item_code=case.item_code,
        list_version=old.list_version,
        old_rule=old.rule,
        old_result=old.result,
        new_rule=new.rule,
        new_result=new.result,
        direction="kinder" if would < was else "harsher" if would > was else "same",
        decided=decision.outcome if decision else None,
        notes=notes,
    )


def _with_counts(
    session: Session, case: Case, matter: Matter, lists: Sequence[ExemptionList | None]
) -> tuple[Matter, list[str]]:  # fmt: skip
    """`first` is kept as it was counted; what the draft counts otherwise is counted from the ledger as it is now."""
    known = {(one.nature, one.months, one.exemptions) for one in matter.counted}
    new = [asked for asked in countings(matter, lists) if asked not in known]
    counted = [count_for(session, case, *asked) for asked in new]
    notes = [f"first was counted anew for {nature} over {months} months" for nature, months, _ in new]
    return matter.model_copy(update={"counted": [*matter.counted, *counted]}), notes
