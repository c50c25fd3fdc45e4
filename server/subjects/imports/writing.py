"""Carry out the steps of a plan inside the caller's transaction."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.subjects import repository, service, uscc
from server.subjects.imports.planning import UNIT, Progress, Step
from server.subjects.tables import Contact, Premises, Subject, SubjectGrade, SubjectName, ZoneBinding

REPORT_EVERY = 200


def write(session: Session, steps: list[Step], district: str, by: Person, now: datetime, progress: Progress) -> None:
    """Every step: first the new subjects, in one go, then what hangs on them, in the order of the rows."""
    made: dict[str, UUID] = {}
    creations = [step for step in steps if step["do"] == "create"]
    others = [step for step in steps if step["do"] not in ("create", "same")]
    session.add_all([_subject(session, step, made, district, now) for step in creations])
    session.flush()
    for step in creations:
        borne = {"name": step["values"]["name"], "since": now, "recorded_at": now, "recorded_by": by.name}
        session.add(SubjectName(id=uuid7(now), subject_id=made[step["key"]], **borne))
    with session.no_autoflush:
        for done, step in enumerate(others, start=1):
            _WRITE[step["do"]](session, step, made, district, by, now)
            if done % REPORT_EVERY == 0:
                session.flush()
                progress(done, len(others))
    session.flush()
    progress(len(steps), len(steps))


def _subject(session: Session, step: Step, made: dict[str, UUID], district: str, now: datetime) -> Subject:
    values: dict[str, Any] = dict(step["values"])
    office = values.pop("head_office_code")
    reason = values.pop("code_override_reason")
    failed = bool(values["code"]) and not uscc.check(values["code"]).passes
    pending = values["kind"] == "individual" and values["person_digest"] is None
    subject = Subject(
        id=uuid7(now), district=district, created_at=now, code_check_failed=failed, person_pending=pending,
        code_override_reason=reason if failed else "", **values,
    )  # fmt: skip
    if office:
        subject.head_office_id = _id_of(session, f"code:{office}", made, district)
    made[step["key"]] = subject.id
    return subject


def _rename(session: Session, step: Step, _made: dict[str, UUID], _district: str, by: Person, now: datetime) -> None:
    subject = service.lock(session, UUID(step["subject"]))
    since = datetime.fromisoformat(step["values"]["since"]) if step["values"]["since"] else now
    subject.name = step["values"]["name"]
    session.add(subject)
    service.name_since(session, subject, subject.name, since, by, now)


def _premises(session: Session, step: Step, made: dict[str, UUID], district: str, _by: Person, now: datetime) -> None:
    values = step["values"] | {"valid_from": datetime.fromisoformat(step["values"]["valid_from"])}
    owner = _id_of(session, step["key"], made, district)
    session.add(Premises(id=uuid7(now), subject_id=owner, district=district, created_at=now, **values))


def _contact(session: Session, step: Step, made: dict[str, UUID], district: str, _by: Person, now: datetime) -> None:
    consent = step["values"]["electronic_consent_at"]
    values = step["values"] | {"electronic_consent_at": datetime.fromisoformat(consent) if consent else None}
    session.add(
        Contact(id=uuid7(now), subject_id=_id_of(session, step["key"], made, district), created_at=now, **values)
    )


def _zone(session: Session, step: Step, made: dict[str, UUID], district: str, _by: Person, now: datetime) -> None:
    values = step["values"] | {"valid_from": datetime.fromisoformat(step["values"]["valid_from"])}
    session.add(
        ZoneBinding(id=uuid7(now), subject_id=_id_of(session, step["key"], made, district), created_at=now, **values)
    )


def _grade(session: Session, step: Step, _made: dict[str, UUID], _district: str, by: Person, now: datetime) -> None:
    band, as_of, source = step["values"]
    session.add(
        SubjectGrade(
            id=uuid7(now), subject_id=UUID(step["subject"]), band=band, as_of=date.fromisoformat(as_of),
            source=source, recorded_at=now, recorded_by=by.name,
        )
    )  # fmt: skip


def _id_of(session: Session, key: str, made: dict[str, UUID], district: str) -> UUID:
    """The subject that a row is about: made a moment ago, or on file."""
    if key not in made:
        kind, _, value = key.partition(":")
        if kind == "pending":
            name, _, reason = value.partition(UNIT)
            subject = repository.by_pending(session, district, name, reason)
        else:
            found = repository.by_code if kind == "code" else repository.by_person
            subject = found(session, value)
        assert subject is not None, f"planned for {kind}, and not on file"
        made[key] = subject.id
    return made[key]


_WRITE = {"rename": _rename, "premises": _premises, "contact": _contact, "zone": _zone, "grade": _grade}
