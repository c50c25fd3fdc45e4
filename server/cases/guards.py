"""Conditions of single moves that the table states in words: who must be another person, what must have happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import Role
from server.cases import repository, timers
from server.cases.fields import Approval, ContactFields, NoFields, OrderServed, SecondPerson, Suspension
from server.cases.recommendation import Recommendation, item_of, recommend
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict, InvalidInput
from server.policy.facts import Correction, Precondition
from server.policy.rules import Result
from server.subjects import service as subjects

S = State
REFUSE_WITHIN = timedelta(minutes=10)
SUSPEND_AT_MOST = timedelta(days=90)
REOPEN_WITHIN = timedelta(days=730)
Guard = Callable[[Session, Case, Person, NoFields, datetime], None]


def check(session: Session, case: Case, to: State, actor: Person, fields: NoFields, now: datetime) -> None:
    """Raises Conflict or InvalidInput when a condition of this move does not hold."""
    for guard in GUARDS.get((State(case.state), to), ()):
        guard(session, case, actor, fields, now)


def legal_passed(case: Case, recommendation: Recommendation) -> bool:
    """Whether legal review is not needed, or has passed."""
    return not recommendation.needs_legal or case.legal_passed_at is not None


def _reminder(session: Session, case: Case, _actor: Person, fields: NoFields, _now: datetime) -> None:
    _, item = item_of(session, case)
    subject = subjects.get(session, case.subject_id)
    contact = fields.contact if isinstance(fields, ContactFields) else ""
    if item is None or item.reminder_minutes is None:
        raise Conflict("case.item_takes_no_reminder", "This item allows no reminder", {"item": case.item_code})
    if subject.kind == "unknown" or not (contact or subject.contact):
        raise Conflict("case.contact_unknown", "Nobody can be reminded: subject or contact is not known")


def _second_person(_session: Session, _case: Case, actor: Person, fields: NoFields, _now: datetime) -> None:
    if isinstance(fields, SecondPerson) and fields.second_person_id == actor.id:
        raise _same_person("void", actor.id)


def _is_assignee(_session: Session, case: Case, actor: Person, _fields: NoFields, _now: datetime) -> None:
    if case.assignee_id != actor.id:
        raise Conflict("case.not_assigned_to_you", "The case is assigned to another officer")


def _refused_soon(session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
    timer = timers.live(session, case)
    if timer is not None and now > timer.started_at + REFUSE_WITHIN:
        facts = {"until": (timer.started_at + REFUSE_WITHIN).isoformat(), "instead": S.WX.value}
        raise Conflict("case.too_late_to_refuse", "A case can be refused within 10 minutes", facts)


def _back_where_asked(to: State) -> Guard:
    def guard(_session: Session, case: Case, _actor: Person, _fields: NoFields, _now: datetime) -> None:
        if to.value != case.asked_from:
            facts = {"asked_from": case.asked_from, "allowed": [case.asked_from, S.W1.value, S.W9.value]}
            raise Conflict("case.not_asked_from_there", "The request did not come from that state", facts)

    return guard


def _review_date(_session: Session, _case: Case, _actor: Person, fields: NoFields, now: datetime) -> None:
    if isinstance(fields, Suspension) and not now < fields.review_at <= now + SUSPEND_AT_MOST:
        allowed = f"after now and at most {SUSPEND_AT_MOST.days} days from now"
        raise InvalidInput([{"field": "fields.review_at", "value": fields.review_at.isoformat(), "allowed": allowed}])


def _subject_known(session: Session, case: Case, _actor: Person, _fields: NoFields, _now: datetime) -> None:
    if subjects.get(session, case.subject_id).kind == "unknown":
        facts = {"instead": S.W5.value}
        raise Conflict("case.subject_unknown", "Nobody is named: find the subject first", facts)


def _inside_limit(_session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
    if now > case.last_seen_at + REOPEN_WITHIN:
        raise Conflict("case.limit_passed", "The act is too long ago", {"last_seen_at": case.last_seen_at.isoformat()})


def _order_has_deadline(session: Session, case: Case, _actor: Person, fields: NoFields, now: datetime) -> None:
    if not isinstance(fields, OrderServed):
        return
    _, item = item_of(session, case)
    if fields.due_at is None and (item is None or item.correction.minutes == 0):
        allowed = "a time: the item has no deadline of its own"
        raise InvalidInput([{"field": "fields.due_at", "value": None, "allowed": allowed}])
    if fields.due_at is not None and fields.due_at <= now:
        raise InvalidInput([{"field": "fields.due_at", "value": fields.due_at.isoformat(), "allowed": "after now"}])


def _verifier_is_another(session: Session, case: Case, actor: Person, _fields: NoFields, _now: datetime) -> None:
    if actor.id in repository.acted_as(session, case.id, Role.OFFICER, Role.SEAT):
        raise _same_person("verify", actor.id)


def _approver_is_another(session: Session, case: Case, actor: Person, _fields: NoFields, _now: datetime) -> None:
    if actor.id in repository.acted_as(session, case.id, Role.OFFICER, Role.SEAT, Role.VERIFY):
        raise _same_person("approve", actor.id)


def _stays_corrected(_session: Session, case: Case, _actor: Person, _fields: NoFields, _now: datetime) -> None:
    if case.back_since is not None:
        facts = {"back_since": case.back_since.isoformat(), "instead": S.W4.value}
        raise Conflict("case.came_back", "The camera saw it again after the correction: rework", facts)


def _closes_as_corrected(wanted: bool) -> Guard:
    def guard(session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
        facts = recommend(session, case, now, as_if_verified=True).facts
        closes = facts.pre is Precondition.REFUSAL_ONLY and facts.cor is Correction.IN_TIME
        if closes != wanted:
            shown = {"pre": facts.pre, "cor": facts.cor, "instead": S.C2.value if closes else S.L1.value}
            raise Conflict("case.other_way_out", "The statute leads the other way", shown)

    return guard


def _nothing_holds(session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
    recommendation = recommend(session, case, now, locked=True)
    if recommendation.holds:
        facts = {"rule": recommendation.rule, "result": recommendation.result}
        raise Conflict("case.recommendation_holds", "Nothing can be decided yet", facts)


def _legal_first(session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
    recommendation = recommend(session, case, now, locked=True)
    if not legal_passed(case, recommendation):
        facts = {"rule": recommendation.rule, "result": recommendation.result, "instead": S.L3.value}
        raise Conflict("case.legal_review_needed", "Legal review goes first", facts)


def _recommendation_stands(session: Session, case: Case, _actor: Person, _fields: NoFields, now: datetime) -> None:
    stored = repository.newest_recommendation(session, case.id)
    present = recommend(session, case, now, locked=True)
    if stored is None or (stored.rule, stored.result) != (present.rule, present.result):
        facts = {"stored": stored.rule if stored else None, "present": present.rule, "instead": S.L1.value}
        raise Conflict("case.recommendation_stale", "The facts have changed since the recommendation", facts)


def _exempts_nobody_unlawfully(session: Session, case: Case, _actor: Person, fields: NoFields, now: datetime) -> None:
    # A person may differ from the engine, but not exempt for the first time what is not first (Penalty Law 33(1) s2).
    if not isinstance(fields, Approval):
        return
    present = recommend(session, case, now, locked=True)
    if fields.outcome == "exempt_t2" and present.result not in (Result.EXEMPT_T2_MAY, Result.T2_LEGAL_REVIEW):
        facts = {"rule": present.rule, "result": present.result, "first": present.facts.first}
        raise Conflict("case.t2_needs_first", "Only a first act can be exempt as first", facts)


def _same_person(what: str, person_id: UUID) -> Conflict:
    facts = {"act": what, "person_id": str(person_id)}
    return Conflict("case.same_person", "Another person must do this", facts)


GUARDS: dict[tuple[State, State], tuple[Guard, ...]] = {
    (S.A1, S.W0): (_reminder,),
    (S.W1, S.V): (_second_person,),
    (S.L9, S.V): (_second_person,),
    (S.W2, S.W3): (_is_assignee,),
    (S.W2, S.W1): (_is_assignee, _refused_soon),
    (S.WX, S.W2): (_back_where_asked(S.W2),),
    (S.WX, S.W3): (_back_where_asked(S.W3),),
    (S.WX, S.W4): (_back_where_asked(S.W4),),
    (S.WX, S.W6): (_back_where_asked(S.W6),),
    (S.WX, S.W9): (_review_date,),
    (S.W4, S.W6): (_subject_known, _order_has_deadline),
    (S.W4, S.W7): (_subject_known,),
    (S.C7, S.W4): (_inside_limit,),
    (S.W7, S.W8): (_verifier_is_another,),
    (S.W8, S.W4): (_verifier_is_another,),
    (S.W8, S.L1): (_verifier_is_another, _stays_corrected, _closes_as_corrected(False)),
    (S.W8, S.C2): (_verifier_is_another, _stays_corrected, _closes_as_corrected(True)),
    (S.L1, S.L4): (_nothing_holds, _legal_first),
    (S.L1, S.C3): (_nothing_holds,),
    (S.L3, S.L4): (_nothing_holds,),
    (S.L4, S.L5): (_approver_is_another, _nothing_holds, _recommendation_stands, _exempts_nobody_unlawfully),
    (S.L4, S.C3): (_approver_is_another, _nothing_holds),
}
