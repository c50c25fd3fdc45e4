"""What is told to the server: findings, looks and health as messages of the contract."""

from datetime import datetime

from edge.contracts.commands import Recheck
from edge.contracts.messages import (
    AlertCleared,
    AlertEnded,
    AlertRaised,
    AlertUpdated,
    MeasurementReport,
    RecheckAnswered,
    Versions,
)
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState, EndReason, PermitRelation
from edge.contracts.violations import ViolationRule
from edge.episodes.state import EpisodeState
from edge.evidence import Captured
from edge.pipeline import Finding, Phase
from edge.vision.measure import Measurement


def report(measurement: Measurement, at: datetime) -> MeasurementReport:
    """A measurement as it is told, rounded to what it is worth."""
    return MeasurementReport(
        captured_at=at,
        score=round(measurement.score, 4),
        share=round(measurement.share, 4),
        covered_share=round(measurement.covered_share, 4),
        soil_share=round(measurement.soil_share, 4),
        net_share=round(measurement.net_share, 4),
        occluded_share=round(measurement.occluded_share, 4),
        area_m2=None if measurement.area_m2 is None else round(measurement.area_m2, 2),
        area_m2_sigma=None if measurement.area_sigma_m2 is None else round(measurement.area_sigma_m2, 2),
        beyond_permit_m=None if measurement.beyond_permit_m is None else round(measurement.beyond_permit_m, 2),
        occluded=measurement.occluded,
    )


def permit_names(permits: tuple[Permit, ...]) -> list[str]:
    """The permits that lived, each with its version; the first 50."""
    return [f"{permit.id}@{permit.version}" for permit in permits][:50]


def alert(
    camera_id: str,
    finding: Finding,
    at: datetime,
    versions: Versions,
    captured: Captured,
    clock_offset_s: float | None,
) -> AlertRaised | AlertUpdated | AlertCleared:
    """The message of one finding, captured at the camera time `at`."""
    told = {
        "episode_id": finding.episode_id,
        "camera_id": camera_id,
        "zone_id": finding.zone.id,
        "zone_polygon": finding.zone.polygon,
        "violation": finding.violation,
        "permit": finding.permit,
        "began_at": finding.began_at,
        "captured_at": at,
        "dwell_s": round(finding.dwell_s, 3),
        "measurement": report(finding.measurement, at),
        "evidence": captured.refs,
        "thumbnail_jpeg_base64": captured.thumbnail_base64,
        "versions": versions,
        "clock_offset_s": None if clock_offset_s is None else round(clock_offset_s, 3),
    }
    if finding.phase is Phase.CLEARED:
        return AlertCleared.model_validate(told | {"cleared_at": finding.cleared_at or at})
    return (AlertRaised if finding.phase is Phase.RAISED else AlertUpdated).model_validate(told)


def ended(key: str, state: EpisodeState, at: datetime, reason: EndReason) -> AlertEnded | None:
    """The message that an episode is watched no more; None where there was none. `key` is that of its state."""
    if state.episode_id is None or state.began_at is None:
        return None
    camera_id, zone_id, violation = key.split("/")
    return AlertEnded(
        episode_id=state.episode_id,
        camera_id=camera_id,
        zone_id=zone_id,
        violation=violation,
        began_at=state.began_at,
        seen_at=state.there_at,
        ended_at=at,
        reason=reason,
    )


def answer(
    command: Recheck, at: datetime, measurement: Measurement, rule: ViolationRule, captured: Captured
) -> RecheckAnswered:
    """The answer to a recheck from a good picture. Somebody in front: neither there nor gone."""
    return RecheckAnswered(
        command_id=command.command_id,
        camera_id=command.camera_id,
        zone_id=command.zone_id,
        violation=command.violation,
        captured_at=at,
        state=CameraState.OK,
        permit=measurement.permit,
        measurement=report(measurement, at),
        still_there=None if measurement.occluded else measurement.judged_share > rule.exit,
        evidence=captured.refs,
        thumbnail_jpeg_base64=captured.thumbnail_base64,
    )


def no_answer(command: Recheck, at: datetime, state: CameraState) -> RecheckAnswered:
    """The answer when the camera cannot see; `state` says why."""
    return RecheckAnswered(
        command_id=command.command_id,
        camera_id=command.camera_id,
        zone_id=command.zone_id,
        violation=command.violation,
        captured_at=at,
        state=state,
        permit=PermitRelation.NONE,
    )
