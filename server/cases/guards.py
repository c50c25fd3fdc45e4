"""Conditions of single moves that the table states in words: who must be another person, what must have happened."""

from collections.abc import Mapping
from datetime import timedelta

from server.auth import service as auth
from server.auth.roles import Role
from server.cases import fields as f
from server.cases import guards_law as law
from server.cases import parts, photos, repository, timers
from server.cases.asked import Asked, Guard, after_now
from server.cases.recommendation import item_of
from server.cases.workflow import State
from server.dispatch import service as dispatch
from server.documents import orders
from server.errors import Conflict, InvalidInput
from server.policy.rules import Result
from server.subjects import service as subjects

S = State


def check(guards: Mapping[tuple[State, State], tuple[Guard, ...]], asked: Asked) -> None:
    """Raises Conflict or InvalidInput when a condition of this move does not hold."""
    named: list[str] = getattr(asked.fields, "photos", [])
    if named:
        photos.check(asked.session, asked.case, named)
    for guard in guards.get((State(asked.case.state), asked.to), ()):
        guard(asked)


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
    after_now("fields.due_at", a.fields.due_at, a.now)
    order = orders.in_force(a.session, a.case.id, a.fields.order_number)
    if order is not None and a.fields.due_at not in (None, order.due_at):
        told = {
            "field": "fields.due_at",
            "value": a.fields.due_at,
            "allowed": f"{order.due_at.isoformat()}, as it is printed",
        }
        raise InvalidInput([told])
    if order is not None:
        after_now(f"the deadline printed in {order.number}", order.due_at, a.now)


def _corrected_already(a: Asked) -> None:
    assert isinstance(a.fields, f.CorrectionReport)
    if a.fields.corrected_at > a.now:
        raise Conflict("case.corrected_in_the_future", "A correction cannot lie in the future")


def _stays_corrected(a: Asked) -> None:
    if a.case.back_since is not None:
        facts = {"back_since": a.case.back_since.isoformat(), "instead": S.W4.value}
        raise Conflict("case.came_back", "The camera saw it again after the correction: rework", facts)


GUARDS: dict[tuple[State, State], tuple[Guard, ...]] = {
    (S.A1, S.W0): (_reminder,),
    (S.A1, S.W1): (_fileable,),
    (S.A2, S.A1): (_suppressed_wrongly,),
    (S.W1, S.V): (_void_asked_by_another,),
    (S.L9, S.V): (law.was_set_aside, _void_asked_by_another),
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
    (S.W4, S.W7): (_subject_known, _certified_officers, law.spot_path_open),
    (S.C7, S.W4): (_inside_limit,),
    (S.W6, S.W7): (_corrected_already,),
    (S.W8, S.L1): (_stays_corrected, law.closes_as_corrected(False)),
    (S.W8, S.C2): (_stays_corrected, law.closes_as_corrected(True)),
    (S.L1, S.W6): (law.changed_order_is_no_extension,),
    (S.L1, S.L3): (law.filed_before_legal,),
    (S.L1, S.L4): (law.nothing_holds, law.legal_first),
    (S.L1, S.C3): (law.nothing_holds, law.recommended(Result.PENALTY_TRACK, Result.PENALTY_TRACK_LIGHTER)),
    (S.L1, S.C4): (law.recommended(Result.NO_VIOLATION),),
    (S.L1, S.C6): (law.recommended(Result.TRANSFER_CRIME),),
    (S.L1, S.C8): (law.recommended(*law.NO_PENALTY), law.legal_first),
    (S.L3, S.L4): (law.nothing_holds,),
    (S.L4, S.L5): (law.nothing_holds, law.legal_first, law.recommendation_stands, law.exempts_nobody_unlawfully),
    (S.L4, S.C3): (law.nothing_holds,),
    (S.L5, S.C1): (law.educated_as_listed,),
    (S.L8, S.C1): (law.upheld_ends_in_c1,),
    (S.L8, S.L9): (law.answer_fits,),
    (S.L9, S.L1): (law.was_set_aside,),
    (S.L9, S.C4): (law.was_set_aside,),
}
