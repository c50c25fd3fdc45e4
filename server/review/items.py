"""The items of a page, put together from what was read around them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from edge.contracts.permits import LOCAL
from edge.contracts.taxonomy import PermitRelation
from server.alerts import gallery
from server.alerts.area import shown
from server.alerts.schemas import PictureRead
from server.alerts.tables import Alert, AlertReport
from server.auth.person import Person
from server.cases import read
from server.cases.schemas import CaseRead
from server.cases.tables import Case
from server.cases.workflow import NAMES, State
from server.dispatch import service as dispatch
from server.evidence import links
from server.ledger.window import count_first, standing_of
from server.permits import rules as permit_rules
from server.permits.standing import Act, Answer, Judgment, judge
from server.policy import publication
from server.policy.establish import look_back, nature_of
from server.policy.exemptions import ExemptionItem
from server.review.advice import Situation, advise
from server.review.claims import holds
from server.review.schemas import (
    ClaimRead,
    DoubtRead,
    EarlierCase,
    OpenCase,
    ReviewAlert,
    ReviewClip,
    ReviewItem,
    ReviewPermit,
    ReviewSubject,
)
from server.review.surroundings import EARLIER_SHOWN, OPEN_SHOWN, Glimpse, Surroundings, of_cases, place_of
from server.subjects import service as subjects
from server.subjects.tables import Subject


def items(session: Session, person: Person, cases: Sequence[Case], now: datetime) -> list[ReviewItem]:
    """Each case whole, in the order given."""
    around = of_cases(session, person, cases)
    rows = read.rows(session, cases)
    return [_item(session, case, row, around, now) for case, row in zip(cases, rows, strict=True)]


def _item(session: Session, case: Case, row: CaseRead, around: Surroundings, now: datetime) -> ReviewItem:
    rule = publication.violation(session, case.violation, case.violation_version)
    listing = publication.exemptions_at(session, case.began_at)
    item = listing.item(case.item_code) if listing and case.item_code else None
    alerts = [*around.alerts.get(case.id, []), *(around.alerts.get(case.sibling_of, []) if case.sibling_of else [])]
    pictures, cover = _pictures(alerts, around)
    subject = around.subjects.get(case.subject_id)
    permits, best = _permits(case, subject, cover, around, now)
    here = [one for one in around.open_here.get(place_of(case), []) if one.id != case.id]
    older = next(
        (one for one in here if one.violation == case.violation and one.id < case.id and not one.verified_at), None
    )
    claim, doubt = around.claims.get(case.id), around.doubts.get(case.id)
    numbers = {permit.id: permit.number or permit.id for permit in around.permits.values()}
    counted = listing.exemptions_count if listing else True
    return ReviewItem(
        case=row,
        violation_zh=rule.name.zh if rule else case.violation,
        violation_en=rule.name.en if rule else case.violation,
        item_zh=item.name.zh if item else None,
        item_en=item.name.en if item else None,
        camera_name=place.name if (place := around.cameras.get((case.edge_id, case.camera_id))) else "",
        alerts=len(alerts),
        alert=_alert(max(alerts, key=lambda one: one.raised_at), cover, around) if alerts else None,
        pictures=pictures,
        clips=_clips(alerts, around),
        zone=cover.zone_polygon if cover else None,
        permits=permits,
        subject=_subject(case, subject, item, counted, around),
        advice=advise(
            Situation(
                reminder_minutes=item.reminder_minutes if item else None,
                subject_named=subject is not None,
                contact_known=case.subject_id in around.reachable,
                permit=best.answer,
                permit_number=numbers.get(best.permit_id or "", ""),
                ours=dispatch.is_ours(session, case, case.opened_at),
                older_number=older.number if older else "",
            )
        ),
        same_place=[OpenCase(**_named(one)) for one in here[:OPEN_SHOWN]],
        needs_reason=not any(around.links.get(alert.id) for alert in alerts),
        claim=ClaimRead.model_validate(claim) if claim and holds(claim, now) else None,
        doubt=DoubtRead.model_validate(doubt) if doubt and doubt.reviewer_id == case.reviewer_id else None,
    )


def _pictures(alerts: Sequence[Alert], around: Surroundings) -> tuple[list[PictureRead], AlertReport | None]:
    """Pictures best first, and the report that the first one came in (else the newest with a file)."""
    by_id = {alert.id: alert for alert in alerts}
    files = [link for alert in alerts for link in around.links.get(alert.id, [])]
    reports = [report for alert in alerts for report in around.reports.get(alert.id, [])]
    pictures = gallery.arrange(by_id, reports, [link for link in files if link.media_type.startswith("image/")])
    first = next((picture.sha256 for picture in pictures if picture.is_cover), None)
    source = next((link.source_id for link in files if link.sha256 == first), None)
    newest = max(reports, key=lambda report: report.captured_at, default=None)
    return pictures, next((report for report in reports if report.id == source), newest)


def _clips(alerts: Sequence[Alert], around: Surroundings) -> list[ReviewClip]:
    found = [
        ReviewClip(
            sha256=link.sha256, role=link.role, media_type=link.media_type, captured_at=link.captured_at,
            alert_id=alert.id, sealed=link.role not in links.FREE_TO_STAFF,
        )
        for alert in alerts
        for link in around.links.get(alert.id, [])
        if link.media_type.startswith("video/")
    ]  # fmt: skip
    return sorted(found, key=lambda clip: (clip.sealed, -clip.captured_at.timestamp(), clip.sha256))


def _alert(alert: Alert, cover: AlertReport | None, around: Surroundings) -> ReviewAlert:
    look = cover.measurement if cover else {}
    return ReviewAlert(
        **alert.model_dump(
            include={
                "id", "source", "state", "began_at", "raised_at", "last_captured_at", "cleared_at", "dwell_s",
                "peak_score", "address",
            }
        ),
        peak_area=shown(alert.peak_area_m2, alert.peak_area_m2_sigma),
        covered_share=look.get("covered_share"),
        soil_share=look.get("soil_share"),
        occluded=look.get("occluded"),
        beyond_permit_m=look.get("beyond_permit_m"),
        told=around.told.get(alert.id, ""),
        thumbnail=alert.cover_report_id is not None,
    )  # fmt: skip


def _permits(
    case: Case, subject: Subject | None, cover: AlertReport | None, around: Surroundings, now: datetime
) -> tuple[list[ReviewPermit], Judgment]:
    """The permits that matter here with how the act stands to each, and how it stands to all of the zone."""
    relation = PermitRelation(case.permit)
    beyond = cover.measurement.get("beyond_permit_m") if cover else None
    named = case.subject_id if subject is not None and subjects.is_named(subject) else None
    act = Act(case.began_at, case.last_seen_at, relation, beyond, case.peak_area_m2, named)
    rules, found = permit_rules.load(), list[ReviewPermit]()
    in_zone = [
        key for key, areas in around.areas.items()
        if any((area.camera_id, area.zone_id) == (case.camera_id, case.zone_id) for area in areas)
    ]  # fmt: skip
    for row in around.permits.values():
        here = row.id in in_zone
        if not here and row.subject_id != case.subject_id:
            continue
        areas = [area.polygon for area in around.areas.get(row.id, []) if area.camera_id == case.camera_id]
        answer = judge([around.known_permits[row.id]], act, rules).answer if here else Answer.NONE
        ended = row.status == "active" and row.valid_to < now.astimezone(LOCAL).date()
        found.append(
            ReviewPermit(
                **row.model_dump(
                    include={
                        "id", "number", "valid_from", "valid_to", "hours_from", "hours_to", "weekdays", "goods",
                    }
                ),
                status="expired" if ended else row.status,
                holder_is_subject=row.subject_id == case.subject_id,
                answer=answer.value,
                areas=areas,
            )
        )  # fmt: skip
    if not in_zone and relation is PermitRelation.EXCEEDED:
        return found, Judgment(Answer.EXCEEDED)
    return found, judge([around.known_permits[key] for key in in_zone], act, rules)


def _subject(
    case: Case, subject: Subject | None, item: ExemptionItem | None, exemptions_count: bool, around: Surroundings
) -> ReviewSubject:
    months, nature = look_back(item), nature_of(case.violation, item)
    findings = around.findings.get(case.subject_id, [])
    same = [one for one in findings if one.nature_group == nature and one.case_id != case.id]
    standings = [standing_of(one.id, around.events.get(one.id, []), exemptions_count) for one in same]
    count = count_first(case.began_at, standings, months)
    cases, earlier = around.earlier.get(case.subject_id, (1, []))
    others = [one for one in earlier if one.id != case.id]
    return ReviewSubject(
        id=case.subject_id,
        kind=subject.kind if subject else "unknown",
        name=subject.name if subject else "",
        code=subject.code if subject else None,
        contact_known=case.subject_id in around.reachable,
        first=count.first.value,
        look_back_months=months,
        counting=len(count.rests_on),
        findings=len(findings),
        cases=cases,
        earlier=[EarlierCase(**_named(one), item_code=one.item_code) for one in others[:EARLIER_SHOWN]],
    )


def _named(case: Glimpse) -> dict[str, Any]:
    zh, en = NAMES[State(case.state)]
    kept = {name: getattr(case, name) for name in ("id", "number", "state", "violation", "opened_at")}
    return kept | {"state_zh": zh, "state_en": en}
