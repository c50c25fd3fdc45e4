"""One envelope of each type with fixed values: what the golden files were made from."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from edge.contracts.codec import Envelope
from edge.contracts.commands import COMMANDS, Ack, DesiredConfig, Probe, Recheck, Rejected, Watch
from edge.contracts.ids import uuid7
from edge.contracts.messages import (
    AlertCleared,
    AlertEnded,
    AlertRaised,
    AlertUpdated,
    CameraHealth,
    CameraLoad,
    ConfigApplied,
    EdgeLoad,
    EvidenceAdded,
    EvidenceRef,
    MeasurementReport,
    Message,
    Presence,
    RecheckAnswered,
    Versions,
)
from edge.contracts.permits import Permit
from edge.contracts.plan import CameraPlan, EdgePlan, EffectiveCamera, EffectiveConfig, GroundPair, LensPlan, ZonePlan
from edge.contracts.probes import ProbeFault, ProbeResult
from edge.contracts.taxonomy import CameraState, EndReason, EvidenceRole, PermitRelation

AT = datetime(2026, 11, 21, 2, 30, 5, 250000, tzinfo=UTC)
EPISODE = UUID("01a1f0b2-77d5-7c41-9e0d-6a1f2b3c4d5e")
COMMAND = UUID("01a1f0b3-0000-7abc-8def-0123456789ab")
ZONE = [(0.1, 0.5), (0.6, 0.5), (0.6, 0.9), (0.1, 0.9)]
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def measurement() -> MeasurementReport:
    return MeasurementReport(
        captured_at=AT,
        score=0.71,
        share=0.196,
        covered_share=0.196,
        soil_share=0.0,
        net_share=0.0,
        occluded_share=0.04,
        area_m2=3.4,
        area_m2_sigma=0.8,
        beyond_permit_m=0.6,
    )


def alert_fields() -> dict[str, object]:
    return {
        "episode_id": EPISODE,
        "camera_id": "cam-01",
        "zone_id": "frontage-1",
        "zone_polygon": ZONE,
        "violation": "outdoor_display",
        "permit": PermitRelation.NONE,
        "began_at": datetime(2026, 11, 21, 2, 25, 0, tzinfo=UTC),
        "captured_at": AT,
        "dwell_s": 305.25,
        "measurement": measurement(),
        "evidence": [
            EvidenceRef(
                sha256=HASH, media_type="image/jpeg", role=EvidenceRole.WIDE_SHOWN, size_bytes=48211, captured_at=AT
            )
        ],
        "thumbnail_jpeg_base64": "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==",
        "versions": Versions(
            edge="0.1.0",
            model="ground-segmenter/1",
            model_sha256=HASH,
            models_beside=[f"object-detector/1@{HASH}"],
            config=HASH,
            violation=1,
            permits=["wp-7@2"],
        ),
        "clock_offset_s": 0.12,
    }


def messages() -> list[Message]:
    fields = alert_fields()
    permit = Permit(
        id="wp-7",
        version=2,
        camera_id="cam-01",
        zone_id="frontage-1",
        polygon=[(0.2, 0.6), (0.5, 0.6), (0.5, 0.8), (0.2, 0.8)],
        weekdays=frozenset({1, 2, 3, 4, 5}),
        hours_from=time(17, 0),
        hours_to=time(22, 0),
        valid_from=date(2026, 4, 1),
        valid_to=date(2026, 11, 30),
    )
    return [
        AlertRaised.model_validate(fields),
        AlertUpdated.model_validate(fields),
        AlertCleared.model_validate({**fields, "cleared_at": AT}),
        RecheckAnswered(
            command_id=COMMAND,
            camera_id="cam-01",
            zone_id="frontage-1",
            violation="outdoor_display",
            captured_at=AT,
            state=CameraState.OK,
            measurement=measurement(),
            still_there=True,
        ),
        CameraHealth(camera_id="cam-01", state=CameraState.MOVED, since=AT, detail="view shifted by 212 px"),
        ConfigApplied(
            version=7,
            plan_version=3,
            plan_accepted=True,
            accepted=False,
            problems=["permit wp-9: camera cam-99 is not of this edge"],
        ),
        Presence(online=True, boot=12, edge_version="0.1.0", cameras=["cam-01", "cam-02"]),
        Ack(ids=[EPISODE], rejected=[Rejected(id=COMMAND, reason="type is not known")]),
        Recheck(command_id=COMMAND, camera_id="cam-01", zone_id="frontage-1", violation="outdoor_display"),
        DesiredConfig(version=7, permits=[permit], plan_version=3, plan_sha256=HASH),
        EdgeLoad(
            at=AT,
            window_s=60.0,
            cameras=[
                CameraLoad(camera_id="cam-01", judged_per_s=0.2, last_frame_age_s=1.4),
                CameraLoad(camera_id="cam-02", judged_per_s=0.0),
            ],
            pass_p95_ms=412.5,
            cpu_share=0.31,
            cores=4,
            memory_bytes=812_000_000,
            disk_free_bytes=91_000_000_000,
            waiting_alerts=0,
            waiting_telemetry=2,
            models=[f"ground-segmenter/1@{HASH}"],
            config=HASH,
            plan_version=3,
        ),
        Watch(command_id=COMMAND, camera_id="cam-01", until=AT, every_s=1.0),
        Probe(command_id=COMMAND),
        AlertEnded(
            episode_id=EPISODE,
            camera_id="cam-01",
            zone_id="frontage-1",
            violation="outdoor_display",
            began_at=datetime(2026, 11, 21, 2, 25, 0, tzinfo=UTC),
            seen_at=AT,
            ended_at=AT,
            reason=EndReason.ZONE_REMOVED,
        ),
        EvidenceAdded(
            episode_id=EPISODE,
            camera_id="cam-01",
            zone_id="frontage-1",
            violation="outdoor_display",
            captured_at=AT,
            evidence=[
                EvidenceRef(
                    sha256=HASH,
                    media_type="video/webm",
                    role=EvidenceRole.CLIP_SHOWN,
                    size_bytes=510_000,
                    captured_at=AT,
                )
            ],
        ),
    ]


def bodies() -> dict[str, Message]:
    """File name -> what travels by HTTP."""
    zone = ZonePlan(id="frontage-1", name="三号店门前", polygon=ZONE, violations=["outdoor_display"])
    corners = [(0.2, 0.6), (0.8, 0.6), (0.9, 0.9), (0.1, 0.9)]
    metres = [(0.0, 8.0), (6.0, 8.0), (6.0, 0.0), (0.0, 0.0)]
    ground = [GroundPair(image=seen, world_m=lies) for seen, lies in zip(corners, metres, strict=True)]
    lens = LensPlan(k1=-0.12, aspect=1.7778)
    return {
        "plan.json": EdgePlan(
            version=3,
            cameras=[
                CameraPlan(
                    id="cam-01",
                    name="东街口",
                    address="rtsp://viewer:secret@10.20.0.11:554/stream1",
                    zones=[zone],
                    ground=ground,
                    lens=lens,
                ),
                CameraPlan(id="cam-02", zones=[zone]),
            ],
        ),
        "effective.json": EffectiveConfig(
            at=AT,
            edge_version="0.1.0",
            config=HASH,
            plan_version=3,
            cameras=[
                EffectiveCamera(
                    id="cam-01",
                    name="东街口",
                    origin="plan",
                    kind="rtsp",
                    address="rtsp://***@10.20.0.11:554/stream1",
                    interval_s=5.0,
                    zones=[zone],
                    ground=ground,
                    lens=lens,
                )
            ],
            violations=["exposed_muck", "outdoor_display"],
        ),
        "probe.result.json": ProbeResult(
            ok=True, width=1920, height=1080, codec="hevc", frames_per_s=25.0, picture_jpeg_base64="/9j/2Q=="
        ),
        "probe.result.fault.json": ProbeResult(
            ok=False, fault=ProbeFault.WRONG_PASSWORD, detail="the camera refused the user or the password (401)"
        ),
    }


def envelopes() -> list[Envelope]:
    return [
        Envelope(uuid7(AT, random_bits=i + 1), "server" if isinstance(m, COMMANDS) else "edge-01", AT, m)
        for i, m in enumerate(messages())
    ]
