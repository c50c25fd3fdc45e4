"""A full server for the review's measurements: cases by the thousand, as rows that the loop would have written."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.alerts.tables import Alert, AlertReport, AlertThumbnail
from server.cases.tables import Case, CaseTimer
from server.evidence.tables import EvidenceLink
from server.permits.tables import PermitArea, PermitRow
from server.subjects.tables import Subject, ZoneBinding

NAMES = UUID(int=11)
SUBJECTS, CAMERAS, ZONES = 300, 100, 4
PLACES = CAMERAS * ZONES


def fill(
    session: Session, how_many: int, newest: datetime, waiting: int, pictures: list[str], small: bytes = b""
) -> None:
    """`how_many` cases, ten seconds apart and the last of them at `newest`; the last `waiting` of them wait for review,
    the others were put right after a reminder. Each has an alert with two reports and, in turn, one of the pictures
    (names of stored files) as its wide view, the next as its close one; those that wait have the thumbnail `small`.
    """
    _put(session, Subject, map(_subject, range(SUBJECTS), [newest] * SUBJECTS))
    _put(session, ZoneBinding, (_binding(n, newest) for n in range(PLACES)))
    _put(session, PermitRow, (_permit(n, newest) for n in range(0, SUBJECTS, 5)))
    _put(session, PermitArea, (_area(n) for n in range(0, SUBJECTS, 5)))
    cases = [
        _case(n, newest - timedelta(seconds=10 * (how_many - n)), n >= how_many - waiting) for n in range(how_many)
    ]
    _put(session, Case, (case.model_dump() for case in cases))
    _put(session, CaseTimer, (_timer(case) for case in cases if case.closed_at is None))
    _put(session, Alert, (_alert(case, bool(small)) for case in cases))
    _put(session, AlertReport, (report for case in cases for report in _reports(case)))
    shown = [case for case in cases if small and case.closed_at is None]
    _put(session, AlertThumbnail, ({"report_id": _report_id(case), "jpeg": small} for case in shown))
    _put(session, EvidenceLink, (link for n, case in enumerate(cases) for link in _links(case, n, pictures)))


def _put(session: Session, table: Any, rows: Any) -> None:
    found = list(rows)
    for start in range(0, len(found), 2000):
        session.execute(insert(table), found[start : start + 2000])


def _place(n: int) -> dict[str, Any]:
    place = n % PLACES
    return {"camera_id": f"full-{place % CAMERAS:03d}", "zone_id": f"z{place // CAMERAS}"}


def _subject_of(n: int) -> UUID:
    return uuid5(NAMES, f"subject {n % PLACES % SUBJECTS}")


def _subject(n: int, at: datetime) -> dict[str, Any]:
    contact = "" if n % 7 == 0 else "13800000000"
    row = Subject(
        id=uuid5(NAMES, f"subject {n}"), kind="known", name=f"合成店铺{n:03d}", code=f"测{n:05d}", contact=contact,
        created_at=at,
    )  # fmt: skip
    return row.model_dump()


def _binding(n: int, at: datetime) -> dict[str, Any]:
    began = at - timedelta(days=400)
    row = ZoneBinding(
        id=uuid5(NAMES, f"binding {n}"), subject_id=_subject_of(n), valid_from=began, created_at=began, **_place(n)
    )
    return row.model_dump()


def _permit(n: int, at: datetime) -> dict[str, Any]:
    row = PermitRow(
        id=f"full-{n:03d}", number=f"外摆-{n:03d}", subject_id=uuid5(NAMES, f"subject {n}"), weekdays=[6, 7],
        hours_from=datetime.min.time().replace(hour=17), hours_to=datetime.min.time().replace(hour=22),
        valid_from=at.date() - timedelta(days=90), valid_to=at.date() + timedelta(days=90), status="active",
        created_at=at, changed_at=at,
    )  # fmt: skip
    return row.model_dump()


def _area(n: int) -> dict[str, Any]:
    square = [[0.2, 0.5], [0.5, 0.5], [0.5, 0.8], [0.2, 0.8]]
    return PermitArea(permit_id=f"full-{n:03d}", ordinal=1, edge_id="full", polygon=square, **_place(n)).model_dump()


def _case(n: int, at: datetime, waits: bool) -> Case:
    key = uuid7(at)
    return Case(
        id=key, number=f"{at:%Y%m%d}-{key.hex[-8:].upper()}", state="A1" if waits else "A2", version=2,
        edge_id="full", violation="outdoor_display", violation_version=1, item_code="CG-01", permit="none",
        subject_id=_subject_of(n), opened_at=at, closed_at=None if waits else at + timedelta(minutes=20),
        began_at=at - timedelta(minutes=5), last_seen_at=at, peak_area_m2=2.5, urgent=n % 50 == 0 and waits,
        due_at=at + timedelta(minutes=30), **_place(n),
    )  # fmt: skip


def _timer(case: Case) -> dict[str, Any]:
    at, due = case.opened_at, case.opened_at + timedelta(minutes=30)
    row = CaseTimer(
        id=uuid5(NAMES, f"timer {case.id}"), case_id=case.id, state="A1", started_at=at, warn_at=due, due_at=due,
        late_at=due, told=1.5,
    )  # fmt: skip
    return row.model_dump()


def _alert(case: Case, thumbnail: bool) -> dict[str, Any]:
    row = Alert(
        id=uuid5(NAMES, f"alert {case.id}"), edge_id="full", episode_id=uuid5(NAMES, f"act {case.id}"),
        camera_id=case.camera_id, zone_id=case.zone_id, violation=case.violation, violation_version=1, permit="none",
        state="raised", began_at=case.began_at, raised_at=case.opened_at, last_captured_at=case.opened_at,
        received_at=case.opened_at, dwell_s=300, score=0.7, peak_score=0.7, area_m2=2.5, peak_area_m2=2.5,
        subject_id=case.subject_id, case_id=case.id,
        cover_report_id=_report_id(case) if thumbnail and case.closed_at is None else None,
    )  # fmt: skip
    return row.model_dump()


def _report_id(case: Case) -> UUID:
    return uuid5(NAMES, f"report {case.id} 0")


def _reports(case: Case) -> Iterator[dict[str, Any]]:
    for nth, kind in enumerate(("raised", "updated")):
        at = case.opened_at + timedelta(minutes=10 * nth)
        look = {"captured_at": at.isoformat(), "score": 0.7, "covered_share": 0.2, "soil_share": 0.0, "occluded": False}
        row = AlertReport(
            id=uuid5(NAMES, f"report {case.id} {nth}"), alert_id=uuid5(NAMES, f"alert {case.id}"), kind=kind,
            message_id=uuid5(NAMES, f"message {case.id} {nth}"), began_at=case.began_at, captured_at=at, sent_at=at,
            received_at=at, permit="none", dwell_s=300, measurement=look, versions={},
        )  # fmt: skip
        yield row.model_dump()


def _links(case: Case, n: int, pictures: list[str]) -> Iterator[dict[str, Any]]:
    for nth, role in enumerate(("wide_shown", "close_shown", "wide_original", "clip")):
        # What is sealed in one use is sealed in all: originals are files of their own (which nobody opens here).
        sealed = f"{uuid5(NAMES, role).hex}{case.id.hex}"
        row = EvidenceLink(
            id=uuid5(NAMES, f"link {case.id} {nth}"), role=role,
            sha256=pictures[(n + nth) % len(pictures)] if role.endswith("shown") else sealed,
            media_type="video/mp4" if role == "clip" else "image/jpeg", size_bytes=60_000, captured_at=case.opened_at,
            source_kind="alert_report", source_id=uuid5(NAMES, f"report {case.id} 0"),
            alert_id=uuid5(NAMES, f"alert {case.id}"),
        )  # fmt: skip
        yield row.model_dump()
