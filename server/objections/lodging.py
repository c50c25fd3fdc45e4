"""Lodge, answer and withdraw: what people ask for, in steps of the case where the state table has one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, select

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import history
from server.cases import service as cases
from server.cases.moves import move, note
from server.cases.tables import Case
from server.cases.workflow import State, exits
from server.errors import Conflict, Forbidden, InvalidInput, NotFound
from server.evidence.tables import EvidenceFile
from server.ledger import service as ledger
from server.ledger.window import Kind
from server.objections import repository, service
from server.objections.tables import Objection, PartyFile
from server.subjects import service as subjects

Answer = Literal["upheld", "set_aside", "heard"]
"""upheld: what was done stands; set_aside: the party was right; heard: a statement, reviewed in writing."""
FOR_THE_AUTHORITY = (Role.LEADER, Role.LEGAL, Role.HEAD)


def by_party(
    session: Session, case_id: UUID, link_id: UUID, statement: str, files: Sequence[str], by: Person, now: datetime,
    key: str = "",
) -> Objection:  # fmt: skip
    """The party itself, over its link. Raises InvalidInput for a file that did not come over this link.

    With a `key` of its own the same request again gives what the first one made.
    """
    case = cases.hold(session, case_id)
    known = repository.by_request(session, case_id, f"{link_id}:{key}") if key else None
    if known is not None:
        return known
    sent = {file.sha256: file for file in repository.files_over(session, link_id)}
    _known(files, set(sent))
    row = _lodge(session, case, statement, by, "link", "", now)
    row.request_key = f"{link_id}:{key}" if key else ""
    session.add(row)
    for name in dict.fromkeys(files):
        sent[name].objection_id, sent[name].purpose, sent[name].used_at = row.id, repository.STATEMENT, now
        session.add(sent[name])
    session.flush()
    return row


def by_officer(
    session: Session, case_id: UUID, statement: str, source: str, files: Sequence[str], by: Person, now: datetime
) -> Objection:
    """Written down for the party by an officer; `source` says how it came (letter, visit, call)."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    rows = session.exec(select(EvidenceFile).where(EvidenceFile.sha256.in_(files))).all()  # type: ignore[attr-defined]
    stored = {row.sha256: row for row in rows}
    _known(files, set(stored))
    row = _lodge(session, cases.hold(session, case_id), statement, by, "officer", source, now)
    for name in dict.fromkeys(files):
        session.add(_file(row, stored[name], now))
    session.flush()
    return row


def answer(
    session: Session, objection_id: UUID, result: Answer, text: str, fields: dict[str, Any], by: Person, now: datetime
) -> Objection:
    """Answer with reasons. Where the case waits for it (L8, L2) this is the case's own move with the `fields` of that
    move, made by whom the table names; otherwise by LEADER, LEGAL or HEAD without a move.

    Raises NotFound, Conflict, InvalidInput, NotYourTransition, Forbidden.
    """
    case, row = _held(session, objection_id, by)
    allowed = ("heard",) if row.kind == service.STATEMENT else ("upheld", "set_aside")
    if result not in allowed:
        raise InvalidInput([{"field": "result", "value": result, "allowed": f"{', '.join(allowed)}: a {row.kind}"}])
    frm = State(case.state)
    if frm is (State.L2 if row.kind == service.STATEMENT else State.L8):
        to = _way_out(case, frm, result)
        extra = _objected_fields(case, result) if to is State.L9 else {}
        move(session, case, to, by, text, extra | fields, now)
        session.refresh(row)
        return row
    if not by.has(*FOR_THE_AUTHORITY):
        raise Forbidden(sorted(FOR_THE_AUTHORITY), sorted(by.roles))
    service.answered(session, case, row, result, text, by, now)
    if row.kind == service.OBJECTION:
        _ledger(session, case, Kind.QUASHED if result == "set_aside" else Kind.UPHELD, by, now, row)
    _note(session, case, "异议已答复 / objection answered", row, by, now)
    return row


def withdraw(session: Session, objection_id: UUID, reason: str, by: Person, now: datetime) -> Objection:
    """The party takes it back. A case that waits in L8 still needs the head's answer to go on."""
    case, row = _held(session, objection_id, by)
    service.withdrawn(session, row, reason, by, now)
    if State(case.state) is not State.L8 and row.kind == service.OBJECTION:
        _ledger(session, case, Kind.UPHELD, by, now, row)
    _note(session, case, "异议已撤回 / objection withdrawn", row, by, now)
    return row


def _lodge(
    session: Session, case: Case, statement: str, by: Person, came_by: str, source: str, now: datetime
) -> Objection:
    subjects.lock(session, case.subject_id)  # before the audit log's lock, as every entry of the ledger does
    row = service.lodged(session, case, statement, by, came_by, source, now)
    ways = {t.to for t in exits(State(case.state)) if t.who is Role.PARTY}
    if State.L8 in ways:
        party = Person(by.id, by.name, frozenset({Role.PARTY}), reach=by.reach)
        move(session, case, State.L8, party, statement, {}, now)
    elif State(case.state) is State.L1 and by.has(Role.OFFICER):
        move(session, case, State.L2, by, statement, {}, now)
    else:
        if row.kind == service.OBJECTION and State(case.state) is not State.L8:
            _ledger(session, case, Kind.CHALLENGED, by, now, row)
        _note(session, case, "收到异议 / objection received", row, by, now)
    return row


def _way_out(case: Case, frm: State, result: Answer) -> State:
    if frm is State.L2:
        return State.L1
    upholds = result == "upheld" and case.objected_from != State.C3
    return State.C1 if upholds else State.L9


def _objected_fields(case: Case, result: Answer) -> dict[str, Any]:
    """An objection against a penalty procedure leads to L9 either way; the move says which."""
    return {"answer": result} if case.objected_from == State.C3 else {}


def _held(session: Session, objection_id: UUID, by: Person) -> tuple[Case, Objection]:
    found = repository.get(session, objection_id)
    if found is None or not by.reach.holds(found.district):
        raise NotFound("objection", objection_id)
    case = cases.hold(session, found.case_id)
    subjects.lock(session, case.subject_id)
    row = repository.get(session, objection_id, lock=True)
    assert row is not None
    if row.status != repository.OPEN:
        raise Conflict("objection.closed", "The objection is closed", {"status": row.status})
    return case, row


def _ledger(session: Session, case: Case, kind: Kind, by: Person, now: datetime, row: Objection) -> None:
    ledger.note(session, case.id, kind, now, by, now, row.number)


def _note(session: Session, case: Case, words: str, row: Objection, by: Person, now: datetime) -> None:
    role = sorted(by.roles)[0] if by.roles else Role.SYS
    told = {"objection": row.number, "status": row.status}
    note(session, case, words, told, history.snapshot(case), now, actor=by, role=role)


def _known(files: Sequence[str], there: set[str]) -> None:
    problems = [
        {"field": f"files.{n}", "value": name, "allowed": "a file that was sent before"}
        for n, name in enumerate(files)
        if name not in there
    ]
    if problems:
        raise InvalidInput(problems)


def _file(row: Objection, stored: EvidenceFile, now: datetime) -> PartyFile:
    return PartyFile(
        id=uuid7(now), case_id=row.case_id, objection_id=row.id, sha256=stored.sha256,
        media_type=stored.media_type, size_bytes=stored.size_bytes, received_at=now,
        purpose=repository.STATEMENT, used_at=now,
    )  # fmt: skip
