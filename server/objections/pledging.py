"""The pledge (承诺书) signed over a link. Its words are the server's; what is signed is exactly what was read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import Role
from server.cases import history
from server.cases import service as cases
from server.cases.moves import note
from server.cases.recommendation import item_of
from server.cases.tables import Case
from server.cases.workflow import State
from server.documents import chinese
from server.documents import repository as documents
from server.documents.pledges import PledgeMade, record
from server.documents.tables import Pledge
from server.errors import Conflict, InvalidInput
from server.ledger import service as ledger
from server.ledger.window import Kind
from server.notify import service as notify
from server.objections import repository
from server.objections.links import Visit
from server.objections.party_schemas import PledgeSign
from server.objections.phases import PLEDGING
from server.subjects import service as subjects


def is_open(state: State, made: Sequence[Pledge]) -> bool:
    """Whether one may be signed now: from the officers' visit to the review, and once."""
    return state in PLEDGING and not made


def text_of(session: Session, case: Case, now: datetime) -> str:
    """What the party would sign, as on paper: what it knows of, what it promises, that it may also not sign."""
    _, item = item_of(session, case)
    act = item.name.zh if item else case.violation
    due = case.order_due_at if case.order_due_at and case.order_due_at > now else None
    when = f"于{chinese.moment(due)}前" if due else "立即"
    return (
        f"本人（单位）{subjects.get(session, case.subject_id).name}已知悉：{chinese.moment(case.began_at)}起存在"
        f"“{act}”的情形（案件编号{case.number}）。本人（单位）自愿承诺：\n"
        f"（一）{when}改正，并保持改正状态；\n"
        "（二）遵守城市管理有关法律、法规，不再发生同类违法行为；\n"
        "（三）所提供的情况和材料真实，愿意配合复查，并对虚假承诺承担法律责任。\n"
        "是否作出承诺由本人（单位）自愿决定，不作出承诺不影响依法认定，也不影响陈述、申辩。"
    )


def sign(session: Session, visit: Visit, wanted: PledgeSign, now: datetime) -> None:
    """Keep the signed pledge, as the officers would. The same signature again changes nothing.

    Raises Conflict (not now, or the text changed meanwhile) or InvalidInput (a signature that was not sent).
    """
    case = cases.hold(session, visit.case_id)
    subjects.lock(session, case.subject_id)
    made = [row for row in documents.pledges_of_case(session, case.id) if row.subject_id == visit.subject_id]
    if any(wanted.signature in row.photos for row in made):
        return
    if not is_open(State(case.state), made):
        raise Conflict("party.no_pledge_now", "No pledge is asked for now", {"state": case.state, "made": len(made)})
    if wanted.text != text_of(session, case, now):
        raise Conflict("party.pledge_changed", "The pledge changed meanwhile: read it again", {})
    file = next((f for f in repository.files_over(session, visit.link_id) if f.sha256 == wanted.signature), None)
    if file is None or file.media_type != "image/png" or file.used_at is not None:
        raise InvalidInput([{"field": "signature", "value": wanted.signature, "allowed": "a PNG sent before, unused"}])
    file.purpose, file.used_at = repository.SIGNATURE, now
    session.add(file)
    told = PledgeMade(
        text=wanted.text, signed_by=wanted.signed_by.strip(), due_at=case.order_due_at, photos=[wanted.signature]
    )
    row = record(session, case.id, told, visit.person, now)
    _remember(session, case, str(row.id), visit.person, now)


def _remember(session: Session, case: Case, pledge_id: str, by: Person, now: datetime) -> None:
    before = history.snapshot(case)
    case.findings = case.findings | {"pledge_signed": True}
    if State(case.state) is State.W6 and not before["findings"].get("pledge_signed"):
        # The order was served before; with the pledge it counts as the paper one does (domain rules, what uses up).
        ledger.note(session, case.id, Kind.ORDER_WITH_PLEDGE_SERVED, now, by, now, case.number)
    note(session, case, "当事人在线签署承诺书 / pledge signed by the party", {"pledge": pledge_id}, before, now,
         actor=by, role=Role.PARTY)  # fmt: skip
    to = f"person:{case.handler_id}" if case.handler_id else f"role:{Role.OFFICER}"
    key = f"{case.id}:{case.version}:pledged"
    notify.queue(session, key, to, "party_pledged", {"number": case.number}, now, case.district, case_id=case.id)
