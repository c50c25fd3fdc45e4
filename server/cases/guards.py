"""Conditions of single moves that the table states in words: who must be another person, what must have happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from server.auth import service as auth
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import fields as f
from server.cases import parts, photos, repository, timers
from server.cases.calendar import Limits
from server.cases.recommendation import Recommendation, item_of, recommend
from server.cases.tables import Case
from server.cases.workflow import State
from server.dispatch import service as dispatch
from server.errors import Conflict, InvalidInput
from server.policy.exemptions import Tier
from server.policy.facts import Correction, Evidence, Facts, First, Harm, Precondition, Severity, SubjectStanding
from server.policy.rules import Result
from server.subjects import service as subjects

S = State
FILED_ONLY = frozenset({Tier.T2_LEGAL, Tier.EXCLUDED})
"""Tiers that take the filed path only (two procedural paths, rules (b))."""
_NO_PENALTY = (Result.NO_PENALTY_TIME_BARRED, Result.NO_PENALTY_INCAPACITY, Result.NO_PENALTY_NO_FAULT)


@dataclass(frozen=True)
class Asked:
    """A move that somebody asks for."""

    session: Session
    case: Case
    to: State
    actor: Person
    fields: f.NoFields
    reason: str
    now: datetime
    limits: Limits


Guard = Callable[[Asked], None]


def check(guards: Mapping[tuple[State, State], tuple[Guard, ...]], asked: Asked) -> None:
    """Raises Conflict or InvalidInput when a condition of this move does not hold."""
    named: list[str] = getattr(asked.fields, "photos", [])
    if named:
        photos.check(asked.session, asked.case, named)
    for guard in guards.get((State(asked.case.state), asked.to), ()):
        guard(asked)


def legal_passed(case: Case, recommendation: Recommendation) -> bool:
    """Whether legal review is not needed, or has passed for the rule that is recommended now."""
    if not recommendation.needs_legal:
        return True
    return case.legal_passed_at is not None and case.legal_passed_rule in ("", recommendation.rule)


def _reminder(a: Asked) -> None:
    _, item = item_of(a.session, a.case)
    subject = subjects.get(a.session, a.case.subject_id)
    contact = a.fields.contact if isinstance(a.fields, f.ContactFields) else ""
    if item is None or item.reminder_minutes is None:
        raise Conflict("case.item_takes_no_reminder", "This item allows no reminder", {"item": a.case.item_code})
    if subject.kind == "unknown" or not (contact or subject.contact):
        raise Conflict("case.contact_unknown", "Nobody can be reminded: subject or contact is not known")


def _fileable(a: Asked) -> None:
    """Number and place every case has; an act without any picture is filed only with a reason."""
    if not a.reason.strip() and not photos.of_case(a.session, a.case):
        allowed = "a reason: no evidence is attached to this case"
        raise InvalidInput([{"field": "reason", "value": a.reason, "allowed": allowed}], "case.fields_invalid")


def _void_asked_by_another(a: Asked) -> None:
    """Voiding takes two: one asked for it, another confirms by making the move himself."""
    if a.case.void_asked_by is None:
        raise Conflict("case.void_not_asked", "Somebody else must ask for it first", {"by": "void-request"})
    if a.case.void_asked_by == a.actor.id:
        facts = {"act": "void", "person_id": str(a.actor.id)}
        raise Conflict("case.same_person", "Another person must do this", facts)


def _able_assignee(a: Asked) -> None:
    assert isinstance(a.fields, f.Assignment)
    person = auth.as_person(auth.get(a.session, a.fields.assignee_id))
    row = auth.get(a.session, a.fields.assignee_id)
    if not row.active or not person.has(Role.OFFICER) or not person.reach.holds(a.case.district):
        facts = {"person_id": str(person.id), "needed": Role.OFFICER.value, "district": a.case.district}
        raise Conflict("case.assignee_unfit", "This person is no officer on duty in the case's district", facts)
    parts.require_other(a.session, a.case, parts.Part.HANDLER, person.id)


def _fit_to_go(a: Asked) -> None:
    """Power, duty and certificates (`server.dispatch`): against advice only with a reason, which is counted."""
    assert isinstance(a.fields, f.Assignment)
    dispatch.check_assignment(a.session, a.case, a.fields.assignee_id, a.reason, a.actor, a.now)


def _certified_officers(a: Asked) -> None:
    """Two officers with a certificate (Penalty Law 42): where the district keeps the register, each number is on file
    and valid today, or a reason says why not.
    """
    if not isinstance(a.fields, f.OnSite) or a.reason.strip():
        return
    known = dispatch.certificates_of(a.session, a.fields.officers, a.case.district, a.now)
    problems = [
        {"field": f"fields.officers.{n}", "value": number, "allowed": "a certificate on file, valid today, or a reason"}
        for n, number in enumerate(a.fields.officers)
        if known[number] is False
    ]
    if problems:
        raise InvalidInput(problems, "case.officer_uncertified")


def _is_assignee(a: Asked) -> None:
    if a.case.assignee_id != a.actor.id:
        raise Conflict("case.not_assigned_to_you", "The case is assigned to another officer")


def _refused_soon(a: Asked) -> None:
    timer = timers.live(a.session, a.case)
    until = timer.started_at + timedelta(minutes=a.limits.refuse_within_minutes) if timer else a.now
    if a.now > until:
        facts = {"until": until.isoformat(), "instead": S.WX.value}
        raise Conflict("case.too_late_to_refuse", "A case can be refused within 10 minutes", facts)


def _returns_left(a: Asked) -> None:
    """Return limits: two returns, then the shift leader decides."""
    if a.case.returns >= a.limits.returns_at_most:
        facts = {"returns": a.case.returns, "instead": S.WX.value}
        raise Conflict("case.returned_too_often", "The shift leader decides on the next return", facts)


def _extension_may_be_asked(a: Asked) -> None:
    """Once, before the deadline; in the correction period nothing else can be asked."""
    assert isinstance(a.fields, f.Request)
    if State(a.case.state) is S.W6 and a.fields.asks != "extension":
        allowed = "extension: in the correction period"
        raise InvalidInput([{"field": "fields.asks", "value": a.fields.asks, "allowed": allowed}])
    if a.fields.asks != "extension":
        return
    if a.case.extensions >= a.limits.extensions_at_most:
        raise Conflict("case.extension_used", "An extension is given once", {"extensions": a.case.extensions})
    timer = timers.live(a.session, a.case)
    if timer is not None and a.now >= timer.due_at:
        facts = {"due_at": timer.due_at.isoformat()}
        raise Conflict("case.deadline_passed", "An extension is asked before the deadline", facts)


def _back_where_asked(to: State) -> Guard:
    def guard(a: Asked) -> None:
        if to.value != a.case.asked_from:
            facts = {"asked_from": a.case.asked_from, "allowed": [a.case.asked_from, S.W1.value, S.W9.value]}
            raise Conflict("case.not_asked_from_there", "The request did not come from that state", facts)

    return guard


def _no_longer_than_given(a: Asked) -> None:
    """An extension is at most as long as the time first given (P)."""
    if not isinstance(a.fields, f.Answer) or not a.fields.granted:
        return
    if a.case.asks != "extension":
        allowed = "false: no extension was asked for"
        raise InvalidInput([{"field": "fields.granted", "value": True, "allowed": allowed}])
    longest = timers.longest_extension(a.session, a.case, a.now)
    until = a.fields.until
    if until is not None and (longest is None or not a.now < until <= longest):
        allowed = f"after now and at most {longest.isoformat() if longest else None}"
        raise InvalidInput([{"field": "fields.until", "value": until.isoformat(), "allowed": allowed}])


def _review_date(a: Asked) -> None:
    assert isinstance(a.fields, f.Suspension)
    days = a.limits.suspend_at_most_days
    if not a.now < a.fields.review_at <= a.now + timedelta(days=days):
        allowed, value = f"after now and at most {days} days from now", a.fields.review_at.isoformat()
        raise InvalidInput([{"field": "fields.review_at", "value": value, "allowed": allowed}])


def _subject_known(a: Asked) -> None:
    if subjects.get(a.session, a.case.subject_id).kind == "unknown":
        raise Conflict("case.subject_unknown", "Nobody is named: find the subject first", {"instead": S.W5.value})


def _inside_limit(a: Asked) -> None:
    if a.now > a.case.last_seen_at + timedelta(days=a.limits.reopen_within_days):
        facts = {"last_seen_at": a.case.last_seen_at.isoformat()}
        raise Conflict("case.limit_passed", "The act is too long ago", facts)


def _suppressed_wrongly(a: Asked) -> None:
    """A2 is reopened where a permit was found invalid; not what was put right in time, nor what was merged."""
    if a.case.merged_into is not None:
        facts = {"merged_into": str(a.case.merged_into)}
        raise Conflict("case.merged", "It is counted in the case that it was merged into", facts)
    if repository.came_to_by(a.session, a.case.id, S.A2) == S.W0:
        raise Conflict("case.corrected_itself", "It was put right after the reminder: nothing is recorded")


def _order_has_deadline(a: Asked) -> None:
    assert isinstance(a.fields, f.OrderServed)
    _, item = item_of(a.session, a.case)
    if a.fields.due_at is None and a.case.order_due_at is None and (item is None or item.correction.minutes == 0):
        allowed = "a time: the item has no deadline of its own"
        raise InvalidInput([{"field": "fields.due_at", "value": None, "allowed": allowed}])
    _after_now("fields.due_at", a.fields.due_at, a.now)


def _changed_order_is_no_extension(a: Asked) -> None:
    """What was late stays late, unless a leader accepted the cause; a new deadline lies ahead."""
    assert isinstance(a.fields, f.NewOrder)
    _after_now("fields.due_at", a.fields.due_at, a.now)
    if recommend(a.session, a.case, a.now).facts.cor is Correction.LATE:
        due = a.case.order_due_at.isoformat() if a.case.order_due_at else None
        raise Conflict("case.deadline_passed", "A changed order does not undo a deadline", {"due": due})


def _spot_path_open(a: Asked) -> None:
    """T2_LEGAL and EXCLUDED items only by the filed path."""
    _, item = item_of(a.session, a.case)
    if item is not None and item.tier in FILED_ONLY:
        facts = {"item": item.code, "tier": item.tier.value, "instead": S.W6.value}
        raise Conflict("case.filed_path_only", "This item takes the filed path: serve an order", facts)


def _filed_before_legal(a: Asked) -> None:
    if a.case.path == "spot" and isinstance(a.fields, f.ToLegal) and not a.fields.filing_approval.strip():
        allowed = "the number of the filing approval: the case came by the spot path"
        raise InvalidInput([{"field": "fields.filing_approval", "value": "", "allowed": allowed}])


def _corrected_already(a: Asked) -> None:
    assert isinstance(a.fields, f.CorrectionReport)
    if a.fields.corrected_at > a.now:
        raise Conflict("case.corrected_in_the_future", "A correction cannot lie in the future")


def _stays_corrected(a: Asked) -> None:
    if a.case.back_since is not None:
        facts = {"back_since": a.case.back_since.isoformat(), "instead": S.W4.value}
        raise Conflict("case.came_back", "The camera saw it again after the correction: rework", facts)


def _closes_as_corrected(wanted: bool) -> Guard:
    def guard(a: Asked) -> None:
        facts = recommend(a.session, a.case, a.now, as_if_verified=True).facts
        closes = facts.pre is Precondition.REFUSAL_ONLY and facts.cor is Correction.IN_TIME
        if closes != wanted:
            shown = {"pre": facts.pre, "cor": facts.cor, "instead": S.C2.value if closes else S.L1.value}
            raise Conflict("case.other_way_out", "The statute leads the other way", shown)

    return guard


def _nothing_holds(a: Asked) -> None:
    recommendation = recommend(a.session, a.case, a.now, locked=True)
    if recommendation.holds:
        facts = {"rule": recommendation.rule, "result": recommendation.result}
        raise Conflict("case.recommendation_holds", "Nothing can be decided yet", facts)


def _recommended(*results: Result) -> Guard:
    """The table names the rules on which this move is made; another outcome is the head's to decide (L4)."""

    def guard(a: Asked) -> None:
        present = recommend(a.session, a.case, a.now, locked=True)
        if present.result not in results:
            facts = {"rule": present.rule, "result": present.result, "allowed": list(results), "instead": S.L4.value}
            raise Conflict("case.not_recommended_so", "This move is made on other recommendations", facts)

    return guard


def _legal_first(a: Asked) -> None:
    recommendation = recommend(a.session, a.case, a.now, locked=True)
    if not legal_passed(a.case, recommendation):
        facts = {"rule": recommendation.rule, "result": recommendation.result, "instead": S.L3.value}
        raise Conflict("case.legal_review_needed", "Legal review goes first", facts)


def _recommendation_stands(a: Asked) -> None:
    stored = repository.newest_recommendation(a.session, a.case.id)
    present = recommend(a.session, a.case, a.now, locked=True)
    if stored is None or (stored.rule, stored.result) != (present.rule, present.result):
        facts = {"stored": stored.rule if stored else None, "present": present.rule, "instead": S.L1.value}
        raise Conflict("case.recommendation_stale", "The facts have changed since the recommendation", facts)


def _exempts_nobody_unlawfully(a: Asked) -> None:
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


def _educated_as_listed(a: Asked) -> None:
    """The list says which education an item takes; leaving one out (nobody signs) needs a reason."""
    assert isinstance(a.fields, f.Service)
    _, item = item_of(a.session, a.case)
    left_out = sorted(set(item.education if item else ()) - set(a.fields.education))
    if left_out and not a.reason.strip():
        allowed = f"also {', '.join(left_out)}, or a reason why not"
        raise InvalidInput([{"field": "fields.education", "value": a.fields.education, "allowed": allowed}])


def _upheld_ends_in_c1(a: Asked) -> None:
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


def _answer_fits(a: Asked) -> None:
    assert isinstance(a.fields, f.Objected)
    if a.fields.answer == "upheld" and a.case.objected_from != S.C3:
        allowed = "set_aside; what is upheld goes to C1"
        raise InvalidInput([{"field": "fields.answer", "value": "upheld", "allowed": allowed}])


def _was_set_aside(a: Asked) -> None:
    """A transfer to penalty that was upheld goes back there, nowhere else."""
    if a.case.objected_from == S.C3:
        raise Conflict("case.transfer_stands", "The transfer to penalty was upheld", {"instead": S.C3.value})


def _after_now(field: str, at: datetime | None, now: datetime) -> None:
    if at is not None and at <= now:
        raise InvalidInput([{"field": field, "value": at.isoformat(), "allowed": "after now"}])


GUARDS: dict[tuple[State, State], tuple[Guard, ...]] = {
    (S.A1, S.W0): (_reminder,),
    (S.A1, S.W1): (_fileable,),
    (S.A2, S.A1): (_suppressed_wrongly,),
    (S.W1, S.V): (_void_asked_by_another,),
    (S.L9, S.V): (_was_set_aside, _void_asked_by_another),
    (S.W1, S.W2): (_able_assignee, _fit_to_go),
    (S.W2, S.W3): (_is_assignee,),
    (S.W2, S.W1): (_is_assignee, _refused_soon, _returns_left),
    (S.W2, S.WX): (_extension_may_be_asked,),
    (S.W3, S.WX): (_extension_may_be_asked,),
    (S.W4, S.WX): (_extension_may_be_asked,),
    (S.W6, S.WX): (_extension_may_be_asked,),
    (S.WX, S.W2): (_back_where_asked(S.W2), _no_longer_than_given),
    (S.WX, S.W3): (_back_where_asked(S.W3), _no_longer_than_given),
    (S.WX, S.W4): (_back_where_asked(S.W4), _no_longer_than_given),
    (S.WX, S.W6): (_back_where_asked(S.W6), _no_longer_than_given),
    (S.WX, S.W9): (_review_date,),
    (S.W4, S.W6): (_subject_known, _certified_officers, _order_has_deadline),
    (S.W4, S.W7): (_subject_known, _certified_officers, _spot_path_open),
    (S.C7, S.W4): (_inside_limit,),
    (S.W6, S.W7): (_corrected_already,),
    (S.W8, S.L1): (_stays_corrected, _closes_as_corrected(False)),
    (S.W8, S.C2): (_stays_corrected, _closes_as_corrected(True)),
    (S.L1, S.W6): (_changed_order_is_no_extension,),
    (S.L1, S.L3): (_filed_before_legal,),
    (S.L1, S.L4): (_nothing_holds, _legal_first),
    (S.L1, S.C3): (_nothing_holds, _recommended(Result.PENALTY_TRACK, Result.PENALTY_TRACK_LIGHTER)),
    (S.L1, S.C4): (_recommended(Result.NO_VIOLATION),),
    (S.L1, S.C6): (_recommended(Result.TRANSFER_CRIME),),
    (S.L1, S.C8): (_recommended(*_NO_PENALTY), _legal_first),
    (S.L3, S.L4): (_nothing_holds,),
    (S.L4, S.L5): (_nothing_holds, _legal_first, _recommendation_stands, _exempts_nobody_unlawfully),
    (S.L4, S.C3): (_nothing_holds,),
    (S.L5, S.C1): (_educated_as_listed,),
    (S.L8, S.C1): (_upheld_ends_in_c1,),
    (S.L8, S.L9): (_answer_fits,),
    (S.L9, S.L1): (_was_set_aside,),
    (S.L9, S.C4): (_was_set_aside,),
}
