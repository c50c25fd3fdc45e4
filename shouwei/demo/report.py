"""What came out: every clip's verdict, every alert in clip times, every case with its steps, decision and trace."""

from datetime import datetime
from typing import Any

from edge.contracts.taxonomy import CameraState, PermitRelation
from shouwei.demo.director import Director
from shouwei.demo.judge import FoundAlert, FoundHealth, Verdict, judge
from shouwei.demo.people import Api
from shouwei.demo.script import SAYS_SO
from shouwei.demo.stage import DWELL_S, EDGE_ID, LEAVE_S, PlayedClip

KEPT_OF_CASE = (
    *("id", "number", "state", "state_zh", "camera_id", "zone_id", "violation", "item_code", "item_name", "permit"),
    *("subject_name", "alert_ids", "peak_area_m2", "rework", "history_faults"),
)


def make_report(api: Api, token: str, director: Director, played: list[PlayedClip], start: datetime) -> dict[str, Any]:
    """The whole report as JSON-able values. `ok` only if every clip is right and every case's history verifies."""
    alerts = _every_alert(api, token)
    verdicts = [_verdict(api, token, alerts, clip, start) for clip in played]
    cases = [_case(api, token, case, start) for case in director.cases()]
    return {
        "ok": all(v.right for v in verdicts) and not any(c["history_faults"] for c in cases),
        "people": SAYS_SO,
        "started_at": start.isoformat(),
        "settings": {"dwell_s": DWELL_S, "leave_s": LEAVE_S},
        "clips": [_clip(v) for v in verdicts],
        "alerts": [_alert(a, played, start) for a in alerts],
        "cases": cases,
    }


def _every_alert(api: Api, token: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 200}
    while True:
        page = api.get(token, "/api/alerts", **query)
        found += page["items"]
        if page["next"] is None:
            return found[::-1]
        query["after"] = page["next"]


def _verdict(api: Api, token: str, alerts: list[dict[str, Any]], played: PlayedClip, start: datetime) -> Verdict:
    mine = [a for a in alerts if _clip_of(a, [played], start) is not None]
    found = [
        FoundAlert(
            id=a["id"],
            zone=a["zone_id"],
            violation=a["violation"],
            permit=PermitRelation(a["permit"]),
            raised_s=_seconds(a["raised_at"], start) - played.offset_s,
            cleared_s=None if a["cleared_at"] is None else _seconds(a["cleared_at"], start) - played.offset_s,
        )
        for a in mine
    ]
    return judge(played.truth, found, _health(api, token, played, start), DWELL_S, LEAVE_S)


def _health(api: Api, token: str, played: PlayedClip, start: datetime) -> list[FoundHealth]:
    changes = api.get(token, f"/api/cameras/{EDGE_ID}/{played.camera.id}/health")
    timed = [FoundHealth(CameraState(c["state"]), _seconds(c["since"], start) - played.offset_s) for c in changes]
    # The end of the last file is a lost stream, as it would be live: what comes after the clip is not the clip's.
    return [h for h in timed if 0 <= h.at_s < played.truth.duration_s - 1]


def _clip_of(alert: dict[str, Any], played: list[PlayedClip], start: datetime) -> PlayedClip | None:
    at_s = _seconds(alert["raised_at"], start)
    for clip in played:
        if clip.camera.id == alert["camera_id"] and 0 <= at_s - clip.offset_s <= clip.truth.duration_s:
            return clip
    return None


def _clip(verdict: Verdict) -> dict[str, Any]:
    return {
        "clip": verdict.clip,
        "right": verdict.right,
        "expected": verdict.expected,
        "found": verdict.found,
        "problems": verdict.problems,
    }


def _alert(alert: dict[str, Any], played: list[PlayedClip], start: datetime) -> dict[str, Any]:
    clip = _clip_of(alert, played, start)
    offset_s = clip.offset_s if clip else 0.0
    times = {
        f"{name}_s": None if alert[name] is None else round(_seconds(alert[name], start) - offset_s, 2)
        for name in ("began_at", "raised_at", "cleared_at")
    }
    kept = (
        "id",
        "camera_id",
        "zone_id",
        "violation",
        "permit",
        "state",
        "dwell_s",
        "peak_score",
        "peak_area_m2",
        "case_id",
    )
    return {"clip": clip.truth.clip if clip else None, **{k: alert[k] for k in kept}, "clip_times": times}


def _case(api: Api, token: str, case: dict[str, Any], start: datetime) -> dict[str, Any]:
    detail = api.get(token, f"/api/cases/{case['id']}")
    said = api.get(token, f"/api/cases/{case['id']}/recommendation")
    steps = [
        {
            "at_s": round(_seconds(s["at"], start), 2),
            "kind": s["kind"],
            "actor": s["actor_name"],
            "role": s["actor_role"],
            "from": s["from_state"],
            "to": s["to_state"],
            "reason": s["reason"],
            "hash": s["hash"],
        }
        for s in detail["steps"]
    ]
    decision = {
        k: said[k] for k in ("rule", "result", "ground", "decided_by", "list_version", "facts", "trace", "priors")
    }
    return {
        **{k: detail[k] for k in KEPT_OF_CASE},
        "steps": steps,
        "recommendation": decision,
        "decisions": detail["decisions"],
    }


def _seconds(at: str, start: datetime) -> float:
    return (datetime.fromisoformat(at) - start).total_seconds()
