"""What a move changes besides the state: the case's facts, its deadline, the ledger, the decision on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.cases import arrival, repository, timers
from server.cases import fields as f
from server.cases.calendar import Limits
from server.cases.recommendation import item_of, nature_of, recommend, store
from server.cases.tables import Case, DecisionRow
from server.cases.workflow import State
from server.crisis.service import correction_minutes
from server.documents import orders
from server.errors import Conflict, InvalidInput
from server.feedback import service as feedback
from server.ledger import service as ledger
from server.ledger.window import Kind
from server.objections import service as objections
from server.policy.rules import BY_CODE, Result, UsesChance
from server.subjects import service as subjects

S = State
DEFAULT_REMINDER_MINUTES = 30


@dataclass
class Move:
    """One move being made. `due` may be set to the deadline of the new state; `notes` go into the step."""

    session: Session
    case: Case
    frm: State
    to: State
    actor: Person
    reason: str
    fields: f.NoFields
    now: datetime
    limits: Limits
    due: datetime | None = None
    notes: dict[str, Any] = field(default_factory=dict[str, Any])


Effect = Callable[[Move], None]
NOT_FACTS = {"photos", "order_number", "due_at", "inspection_record", "filing_approval"}
"""Fields of a move that are no findings."""


def merge_findings(case: Case, fields: f.NoFields) -> None:
    """Take over the facts that officers established; later ones override earlier ones."""
    if isinstance(fields, f.Findings):
        told = fields.model_dump(mode="json", exclude_none=True, exclude=NOT_FACTS)
        case.findings = {**case.findings, **told}


def apply(effects: Mapping[tuple[State, State], tuple[Effect, ...]], move: Move) -> None:
    """Change the case, the ledger and the decisions as this move demands."""
    for effect in effects.get((move.frm, move.to), ()):
        effect(move)
    move.case.void_asked_by = None


def _confirmed(move: Move) -> None:
    move.case.reviewer_id = move.actor.id
    _verdict(move, "confirmed")


def _false(move: Move) -> None:
    move.case.reviewer_id = move.case.reviewer_id or move.actor.id
    _verdict(move, "false")


def _file(move: Move) -> None:
    """Filed: the clock of Penalty Law 60 starts, once."""
    case = move.case
    case.filed_at = case.filed_at or move.now
    if isinstance(move.fields, f.Filing):
        case.urgent = case.urgent if move.fields.urgent is None else move.fields.urgent
        case.item_code = move.fields.item_code or case.item_code


def _reviewed(move: Move) -> None:
    move.case.reviewer_id = move.actor.id


def _verdict(move: Move, verdict: Literal["confirmed", "false"]) -> None:
    for alert in repository.alerts_of(move.session, move.case.id):
        feedback.record(move.session, alert.id, verdict, move.reason or move.to.value, move.actor, move.now)


def _remind(move: Move) -> None:
    _, item = item_of(move.session, move.case)
    minutes = item.reminder_minutes if item and item.reminder_minutes else DEFAULT_REMINDER_MINUTES
    move.due = move.now + timedelta(minutes=minutes)


def _assign(move: Move) -> None:
    assert isinstance(move.fields, f.Assignment)
    move.case.assignee_id = move.fields.assignee_id


def _accept(move: Move) -> None:
    move.case.handler_id = move.actor.id


def _arrive(move: Move) -> None:
    assert isinstance(move.fields, f.Arrival)
    found = arrival.of_case(move.session, move.case, move.fields.lon, move.fields.lat, move.limits.arrival_within_m)
    if found.standing == "far" and not move.reason.strip():
        allowed = f"a reason: {found.distance_m} m from the place, {move.limits.arrival_within_m:g} m are allowed"
        raise InvalidInput([{"field": "reason", "value": "", "allowed": allowed}], "case.arrived_elsewhere")
    move.case.arrival = found.standing
    move.notes |= {"arrival": found.standing, "distance_m": found.distance_m}


def _returned(move: Move) -> None:
    move.case.assignee_id, move.case.returns = None, move.case.returns + 1


def _asked(move: Move) -> None:
    assert isinstance(move.fields, f.Request)
    case, timer = move.case, timers.live(move.session, move.case)
    case.asked_from, case.asks, case.asked_at = move.frm.value, move.fields.asks, move.now
    case.asked_due_at = timer.due_at if timer is not None else None


def _answered(move: Move) -> None:
    """Back on the handling clock, which stood still while the request was open; a granted extension adds at most the
    time first given. No other clock stands still: the order's deadline does not move unless the extension is granted.
    """
    assert isinstance(move.fields, f.Answer)
    case, granted = move.case, move.fields.granted
    longest = timers.longest_extension(move.session, case, move.now)
    if move.to is S.W6:
        if granted:
            case.order_due_at = move.fields.until or longest
        move.due = case.order_due_at
    elif case.asked_due_at is not None and case.asked_at is not None:
        left = case.asked_due_at - case.asked_at
        move.due = (move.fields.until or longest) if granted else move.now + left
    case.extensions += granted
    _request_over(move)


def _request_over(move: Move) -> None:
    move.case.asks = move.case.asked_from = move.case.asked_at = move.case.asked_due_at = None


def _sent_back(move: Move) -> None:
    if move.case.asks == "return":
        move.case.returns += 1
    move.case.assignee_id = None
    _request_over(move)


def _suspend(move: Move) -> None:
    assert isinstance(move.fields, f.Suspension)
    move.due = move.fields.review_at
    _request_over(move)


def _subject_lost(move: Move) -> None:
    move.case.subject_id = subjects.unknown_subject(move.session, move.now).id


def _subject_found(move: Move) -> None:
    assert isinstance(move.fields, f.SubjectFound)
    move.case.subject_id = subjects.get(move.session, move.fields.subject_id).id


def _confirm(move: Move) -> None:
    _, item = item_of(move.session, move.case)
    case = move.case
    nature, code = nature_of(case.violation, item), case.item_code or case.violation
    ledger.record(move.session, case.subject_id, nature, code, case.id, case.began_at, move.actor, move.now)


def _order(move: Move) -> None:
    assert isinstance(move.fields, f.OrderServed | f.CorrectedOnSpot)
    case, now = move.case, move.now
    spot = isinstance(move.fields, f.CorrectedOnSpot) and case.path != "filed"
    case.path = "spot" if spot else "filed"
    case.order_served_at, case.verified_at, case.corrected_at = now, None, None
    if move.fields.pledge_signed and move.fields.order_number:
        ledger.note(
            move.session, case.id, Kind.ORDER_WITH_PLEDGE_SERVED, now, move.actor, now, move.fields.order_number
        )
    if isinstance(move.fields, f.CorrectedOnSpot):
        case.corrected_at, case.back_since = now, None
        return
    order = orders.in_force(move.session, case.id, move.fields.order_number)
    move.notes["order_form"] = "document" if order else "paper"
    # Rework keeps the deadline that was given: what came back was not corrected.
    if case.order_due_at is None:
        _, item = item_of(move.session, case)
        minutes = correction_minutes(move.session, case, item, now)
        printed = order.due_at if order else None
        case.order_due_at = printed or move.fields.due_at or now + timedelta(minutes=minutes)
    move.due = case.order_due_at


def _new_order(move: Move) -> None:
    assert isinstance(move.fields, f.NewOrder)
    move.case.order_due_at = move.due = move.fields.due_at
    move.case.corrected_at = move.case.verified_at = None


def _corrected(move: Move) -> None:
    assert isinstance(move.fields, f.CorrectionReport)
    move.case.corrected_at = move.fields.corrected_at
    if move.case.back_since is not None and move.case.back_since <= move.fields.corrected_at:
        move.case.back_since = None


def _verifying(move: Move) -> None:
    move.case.verifier_id = move.actor.id


def _verified(move: Move) -> None:
    move.case.verified_at = move.now


def _rework(move: Move) -> None:
    move.case.rework += 1
    move.case.corrected_at = move.case.verified_at = move.case.back_since = None


def _recommend(move: Move) -> None:
    store(move.session, move.case, recommend(move.session, move.case, move.now, locked=True), move.now)


def _legal_ok(move: Move) -> None:
    stored = repository.newest_recommendation(move.session, move.case.id)
    move.case.legal_passed_at, move.case.legal_passed_rule = move.now, stored.rule if stored else ""


def _legal_again(move: Move) -> None:
    move.case.legal_passed_at, move.case.legal_passed_rule = None, ""


def _to_legal(move: Move) -> None:
    """What legal reviews is on the filed path."""
    move.case.path = "filed"
    _legal_again(move)


def _decided(move: Move) -> None:
    move.case.decided_at, move.case.served_at = move.now, None


def _decide(move: Move) -> None:
    stored = repository.newest_recommendation(move.session, move.case.id)
    if stored is None:
        stored = store(move.session, move.case, recommend(move.session, move.case, move.now, locked=True), move.now)
    outcome = move.fields.outcome if isinstance(move.fields, f.Approval) else _OUTCOME[move.to]
    differs = Result(stored.result) not in _FOLLOWS[outcome]
    if differs and not move.reason.strip():
        facts = {"recommended": stored.result, "outcome": outcome}
        raise Conflict("case.differing_needs_reason", "Deciding otherwise than recommended needs a reason", facts)
    objections.check_not_heavier(move.session, move.case, outcome, stored.result)
    move.session.add(
        DecisionRow(
            id=uuid7(move.now), case_id=move.case.id, case_version=move.case.version,
            recommendation_id=stored.id, outcome=outcome, differs=differs,
            reason=move.reason, decided_by=move.actor.id, decided_by_name=move.actor.name, decided_at=move.now,
            list_version=stored.list_version, rule=stored.rule, result=stored.result,
        )
    )  # fmt: skip
    move.session.flush()


def _served(move: Move) -> None:
    move.case.served_at = move.now
    decision = repository.decisions_of(move.session, move.case.id)[-1]
    exempt = decision.outcome in ("exempt_t1", "exempt_t2")
    uses = exempt or BY_CODE[decision.rule].chance in (UsesChance.YES, UsesChance.BY_RESULT)
    _note(move, Kind.NO_PENALTY_SERVED if uses else Kind.RELEASED)


def _objected(move: Move) -> None:
    move.case.objected_from = move.frm.value
    _note(move, Kind.CHALLENGED)


def _upheld(move: Move) -> None:
    before_service = move.case.objected_from == S.L5
    _note(move, Kind.UPHELD)
    if before_service:
        _served(move)


def _set_aside(move: Move) -> None:
    upheld = isinstance(move.fields, f.Objected) and move.fields.answer == "upheld"
    _note(move, Kind.UPHELD if upheld else Kind.QUASHED)
    move.case.objected_from = S.C3.value if upheld else None
    if not upheld:
        move.case.served_at = None


def _ledger(kind: Kind) -> Effect:
    def effect(move: Move) -> None:
        _note(move, kind)

    return effect


def _note(move: Move, kind: Kind) -> None:
    ledger.note(move.session, move.case.id, kind, move.now, move.actor, move.now, move.reason)


_OUTCOME = {S.C3: "penalty_track", S.C4: "no_violation", S.C6: "transfer_crime", S.C8: "no_penalty"}
_FOLLOWS: dict[str, frozenset[Result]] = {
    "exempt_t1": frozenset({Result.EXEMPT_T1_SHALL, Result.T1_LEGAL_REVIEW}),
    "exempt_t2": frozenset({Result.EXEMPT_T2_MAY, Result.T2_LEGAL_REVIEW}),
    "no_penalty": frozenset(
        {
            Result.T1_LEGAL_REVIEW, Result.NO_PENALTY_NO_FAULT, Result.NO_PENALTY_INCAPACITY,
            Result.NO_PENALTY_TIME_BARRED, Result.LEGAL_REVIEW,
        }
    ),
    "penalty_track": frozenset({Result.PENALTY_TRACK, Result.PENALTY_TRACK_LIGHTER, Result.LEGAL_REVIEW}),
    "no_violation": frozenset({Result.NO_VIOLATION}),
    "transfer_crime": frozenset({Result.TRANSFER_CRIME}),
}  # fmt: skip
_release = _ledger(Kind.RELEASED)
EFFECTS: dict[tuple[State, State], tuple[Effect, ...]] = {
    (S.A1, S.A2): (_reviewed,),
    (S.A1, S.A3): (_false,),
    (S.A1, S.W0): (_confirmed, _remind),
    (S.A1, S.W1): (_confirmed, _file),
    (S.A1, S.C5): (_reviewed,),
    (S.W0, S.W1): (_file,),
    (S.W1, S.W2): (_assign,),
    (S.W2, S.W1): (_returned,),
    (S.W2, S.W3): (_accept,),
    (S.W2, S.WX): (_asked,),
    (S.W3, S.W4): (_arrive,),
    (S.W3, S.WX): (_asked,),
    (S.W4, S.WX): (_asked,),
    (S.W6, S.WX): (_asked,),
    (S.WX, S.W1): (_sent_back,),
    (S.WX, S.W2): (_answered,),
    (S.WX, S.W3): (_answered,),
    (S.WX, S.W4): (_answered,),
    (S.WX, S.W6): (_answered,),
    (S.WX, S.W9): (_suspend,),
    (S.W4, S.W5): (_release, _subject_lost),
    (S.W5, S.W4): (_subject_found,),
    (S.C7, S.W4): (_subject_found,),
    (S.W4, S.W6): (_confirm, _order),
    (S.W4, S.W7): (_confirm, _order),
    (S.W4, S.A3): (_false, _release),
    (S.W4, S.C4): (_release,),
    (S.W4, S.C5): (_release,),
    (S.W6, S.W7): (_corrected,),
    (S.W6, S.L1): (_recommend,),
    (S.W7, S.W8): (_verifying,),
    (S.W8, S.W4): (_rework,),
    (S.W8, S.L1): (_verified, _recommend),
    (S.W8, S.C2): (_verified, _recommend, _release),
    (S.L1, S.W6): (_new_order,),
    (S.L1, S.L3): (_to_legal, _recommend),
    (S.L1, S.L4): (_recommend,),
    (S.L1, S.C3): (_decide, _decided),
    (S.L1, S.C4): (_decide, _decided, _release),
    (S.L1, S.C6): (_decide, _decided),
    (S.L1, S.C8): (_decide, _decided, _release),
    (S.L2, S.L1): (_recommend,),
    (S.L3, S.L1): (_legal_again, _recommend),
    (S.L3, S.L4): (_legal_ok,),
    (S.L4, S.L1): (_recommend,),
    (S.L4, S.L5): (_decide, _decided),
    (S.L4, S.C3): (_decide, _decided),
    (S.L5, S.C1): (_served,),
    (S.L5, S.L8): (_objected,),
    (S.C1, S.L8): (_objected,),
    (S.C3, S.L8): (_objected,),
    (S.L8, S.C1): (_upheld,),
    (S.L8, S.L9): (_set_aside,),
    (S.C1, S.L9): (_set_aside,),
    (S.L9, S.L1): (_legal_again, _recommend),
    (S.L9, S.C3): (_decide, _decided),
    (S.L9, S.C4): (_decide, _decided),
}
