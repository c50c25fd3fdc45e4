"""Conditions of the legal part of the loop: paths, recommendations, approval, objections."""

from server.cases import fields as f
from server.cases import repository
from server.cases.asked import Asked, Guard, after_now
from server.cases.recommendation import Recommendation, item_of, recommend
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict, InvalidInput
from server.policy.exemptions import Tier
from server.policy.facts import Correction, Evidence, Facts, First, Harm, Precondition, Severity, SubjectStanding
from server.policy.rules import Result

S = State
FILED_ONLY = frozenset({Tier.T2_LEGAL, Tier.EXCLUDED})
"""Tiers that take the filed path only (two procedural paths, rules (b))."""
NO_PENALTY = (Result.NO_PENALTY_TIME_BARRED, Result.NO_PENALTY_INCAPACITY, Result.NO_PENALTY_NO_FAULT)


def legal_passed(case: Case, recommendation: Recommendation) -> bool:
    """Whether legal review is not needed, or has passed for the rule that is recommended now."""
    if not recommendation.needs_legal:
        return True
    return case.legal_passed_at is not None and case.legal_passed_rule in ("", recommendation.rule)


def changed_order_is_no_extension(a: Asked) -> None:
    """What was late stays late, unless a leader accepted the cause; a new deadline lies ahead."""
    assert isinstance(a.fields, f.NewOrder)
    after_now("fields.due_at", a.fields.due_at, a.now)
    if recommend(a.session, a.case, a.now).facts.cor is Correction.LATE:
        due = a.case.order_due_at.isoformat() if a.case.order_due_at else None
        raise Conflict("case.deadline_passed", "A changed order does not undo a deadline", {"due": due})


def spot_path_open(a: Asked) -> None:
    """T2_LEGAL and EXCLUDED items only by the filed path."""
    _, item = item_of(a.session, a.case)
    if item is not None and item.tier in FILED_ONLY:
        facts = {"item": item.code, "tier": item.tier.value, "instead": S.W6.value}
        raise Conflict("case.filed_path_only", "This item takes the filed path: serve an order", facts)


def filed_before_legal(a: Asked) -> None:
    if a.case.path == "spot" and isinstance(a.fields, f.ToLegal) and not a.fields.filing_approval.strip():
        allowed = "the number of the filing approval: the case came by the spot path"
        raise InvalidInput([{"field": "fields.filing_approval", "value": "", "allowed": allowed}])


def closes_as_corrected(wanted: bool) -> Guard:
    def guard(a: Asked) -> None:
        facts = recommend(a.session, a.case, a.now, as_if_verified=True).facts
        closes = facts.pre is Precondition.REFUSAL_ONLY and facts.cor is Correction.IN_TIME
        if closes != wanted:
            shown = {"pre": facts.pre, "cor": facts.cor, "instead": S.C2.value if closes else S.L1.value}
            raise Conflict("case.other_way_out", "The statute leads the other way", shown)

    return guard


def nothing_holds(a: Asked) -> None:
    recommendation = recommend(a.session, a.case, a.now, locked=True)
    if recommendation.holds:
        facts = {"rule": recommendation.rule, "result": recommendation.result}
        raise Conflict("case.recommendation_holds", "Nothing can be decided yet", facts)


def recommended(*results: Result) -> Guard:
    """The table names the rules on which this move is made; another outcome is the head's to decide (L4)."""

    def guard(a: Asked) -> None:
        present = recommend(a.session, a.case, a.now, locked=True)
        if present.result not in results:
            facts = {"rule": present.rule, "result": present.result, "allowed": list(results), "instead": S.L4.value}
            raise Conflict("case.not_recommended_so", "This move is made on other recommendations", facts)

    return guard


def legal_first(a: Asked) -> None:
    recommendation = recommend(a.session, a.case, a.now, locked=True)
    if not legal_passed(a.case, recommendation):
        facts = {"rule": recommendation.rule, "result": recommendation.result, "instead": S.L3.value}
        raise Conflict("case.legal_review_needed", "Legal review goes first", facts)


def recommendation_stands(a: Asked) -> None:
    stored = repository.newest_recommendation(a.session, a.case.id)
    present = recommend(a.session, a.case, a.now, locked=True)
    if stored is None or (stored.rule, stored.result) != (present.rule, present.result):
        facts = {"stored": stored.rule if stored else None, "present": present.rule, "instead": S.L1.value}
        raise Conflict("case.recommendation_stale", "The facts have changed since the recommendation", facts)


def exempts_nobody_unlawfully(a: Asked) -> None:
    """A person may differ from the engine, but not from what Penalty Law 33(1) asks of every exemption."""
    assert isinstance(a.fields, f.Approval)
    present = recommend(a.session, a.case, a.now, locked=True)
    told, facts = a.fields.outcome, present.facts
    if told == "exempt_t2" and present.result not in (Result.EXEMPT_T2_MAY, Result.T2_LEGAL_REVIEW):
        shown = {"rule": present.rule, "result": present.result, "first": facts.first}
        raise Conflict("case.t2_needs_first", "Only a first act can be exempt as first", shown)
    missing = _missing(told, facts) if told != "no_penalty" else []
    if missing:
        raise Conflict("case.exemption_unlawful", "The law's conditions are not met", {"missing": missing})


def _missing(outcome: str, facts: Facts) -> list[str]:
    asked = {
        "subject known": facts.subj is SubjectStanding.KNOWN,
        "evidence reviewed": facts.ev is Evidence.OK,
        "corrected in time": facts.cor is Correction.IN_TIME,
        "no obstruction": not facts.obstruct,
    }
    if outcome == "exempt_t1":
        asked |= {"slight": facts.sev is Severity.SLIGHT, "no harm": facts.harm is Harm.NONE}
    else:
        asked |= {"first": facts.first is First.YES, "harm at most minor": facts.harm is not Harm.SERIOUS}
    return [name for name, holds in asked.items() if not holds]


def educated_as_listed(a: Asked) -> None:
    """The list says which education an item takes; leaving one out (nobody signs) needs a reason."""
    assert isinstance(a.fields, f.Service)
    _, item = item_of(a.session, a.case)
    left_out = sorted(set(item.education if item else ()) - set(a.fields.education))
    if left_out and not a.reason.strip():
        allowed = f"also {', '.join(left_out)}, or a reason why not"
        raise InvalidInput([{"field": "fields.education", "value": a.fields.education, "allowed": allowed}])


def upheld_ends_in_c1(a: Asked) -> None:
    """The table has one way out for "upheld": C1. So what came from C3 goes through L9 (back to C3), and what was
    never served is served now.
    """
    assert isinstance(a.fields, f.Upheld)
    if a.case.objected_from == S.C3:
        facts = {"came_from": S.C3.value, "instead": S.L9.value, "fields": {"answer": "upheld"}}
        raise Conflict("case.came_from_elsewhere", "This objection was against a transfer to penalty", facts)
    if a.case.objected_from == S.L5 and (a.fields.served_by is None or not a.fields.education):
        allowed = "how it was served and the education given: the decision was not served yet"
        raise InvalidInput([{"field": "fields.served_by", "value": a.fields.served_by, "allowed": allowed}])


def answer_fits(a: Asked) -> None:
    assert isinstance(a.fields, f.Objected)
    if a.fields.answer == "upheld" and a.case.objected_from != S.C3:
        allowed = "set_aside; what is upheld goes to C1"
        raise InvalidInput([{"field": "fields.answer", "value": "upheld", "allowed": allowed}])


def was_set_aside(a: Asked) -> None:
    """A transfer to penalty that was upheld goes back there, nowhere else."""
    if a.case.objected_from == S.C3:
        raise Conflict("case.transfer_stands", "The transfer to penalty was upheld", {"instead": S.C3.value})
