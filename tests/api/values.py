"""Columns whose rows cannot be read with just any text in them: `table.column`, or a column of every table.

A function gets the district that the row is for.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server.documents.typesetting import prepare
from tests.server.documents.paper import receipt

_ANSWER = {"rule": "R18", "result": "EXEMPT_T1_SHALL", "first": "YES"}
_SQUARE = [[119.96, 31.77], [119.98, 31.77], [119.98, 31.79], [119.96, 31.79]]
_LATER = datetime(2027, 11, 20, 2, 0, tzinfo=UTC)

VALUES: dict[str, Any] = {
    "lon": 119.97,
    "lat": 31.78,
    "west": 119.96,
    "south": 31.77,
    "east": 119.98,
    "north": 31.79,
    "ground": _SQUARE,
    "person_id": lambda one: one.ids["person"],
    "camera_card.legal_basis_sha256": lambda one: one.ids["sha256"],
    "camera_card.sign_photo_sha256": lambda one: one.ids["sha256"],
    "camera_card.wanted": "CLUE",
    "case_clock.kind": "filing",
    "correction_task.new": _ANSWER,
    "correction_task.old": _ANSWER,
    "correction_task.status": "open",
    "duty_shift.ends_at": _LATER,
    "edge_effective.config": lambda one: {
        "at": "2026-11-20T01:00:00Z",
        "config": "a" * 64,
        "cameras": [
            {"id": f"{one.mark}-cam", "origin": "file", "kind": "rtsp", "address": "rtsp://10.0.0.1/1", "interval_s": 5}
        ],
    },
    "edge_load_line.points": lambda one: [],
    "edge_load_now.message": lambda one: {
        "at": "2026-11-20T01:00:00Z",
        "window_s": 60,
        "cpu_share": 0.1,
        "cores": 2,
        "memory_bytes": 1,
        "disk_free_bytes": 1,
        "waiting_alerts": 0,
        "waiting_telemetry": 0,
        "models": [one.mark],
    },
    "edge_probe.picture": lambda one: one.picture,
    "plan_answer.version": 1,
    "plan_draft.body": lambda one: [],
    "plan_draft.is_open": True,
    "plan_draft.sealed": lambda one: {},
    "plan_version.body": lambda one: [],
    "plan_version.changes": lambda one: [],
    "plan_version.version": 1,
    "issued_document.kind": "receipt",
    "issued_document.snapshot": lambda one: prepare(receipt(verify_url=f"https://{one.mark}.invalid")),
    "issued_document.token": lambda one: one.mark.ljust(22, "0"),
    "map_area.kind": "grid",
    "map_area.polygon": _SQUARE,
    "notice_delivery.person_id": lambda one: one.ids["person"],
    "legal_hold.kind": "case",
    "legal_hold.target": lambda one: str(one.ids["case"]),
    "objection.came_by": "officer",
    "objection.kind": "objection",
    "objection.status": "open",
    "party_file.purpose": "correction",
    "offence_event.kind": "challenged",
    "patrol_plan.trace": {"weights": {}, "officers": [str(UUID(int=1)), str(UUID(int=2))]},
    "notice_delivery.state": "dead",
    "permit.conditions": {},
    "permit.weekdays": [1, 2, 3, 4, 5, 6, 7],
    "permit.season_from": "",
    "permit.season_to": "",
    "permit.status": "active",
    "permit.valid_to": (_LATER + timedelta(days=1)).date(),
    "permit_status_change.status": "active",
    "pollution_alert.level": "orange",
    "publication.kind": "permit",
    "publication.state": "due",
    "review_claim.until": _LATER,
    "subject_import.kind": "subjects",
    "subject_import.state": "refused",
    "subject_import.counts": {},
    "zone_ground.polygon": _SQUARE,
}
