"""Measure pictures and clips without a server: the same segmenter, measurements and episodes as beside a camera."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from edge.analyze_zones import FileZone, ZonesFile
from edge.clock import ManualClock
from edge.contracts.violations import ViolationRule
from edge.episodes.tracker import EpisodeTracker, Transition
from edge.errors import EdgeError, SourceUnreadable
from edge.reading import reading_of
from edge.stream.file_source import FileSource
from edge.stream.frame import Image
from edge.stream.ring import PacketRing
from edge.stream.sampling import Sampling
from edge.vision.ground import GroundPlane
from edge.vision.measure import Measurement, measure
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver, models_of
from edge.vision.pictures import is_picture, read_picture
from edge.vision.segmenter import ClassMap

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, or one sampled frame of a clip, `at_s` seconds after its start (0 for a picture)."""

    file: Path
    at_s: float
    image: Image
    is_clip: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """One zone of a shot, measured for one violation, and what became of its episode."""

    zone: FileZone
    rule: ViolationRule
    measurement: Measurement
    transitions: list[Transition]


@dataclass(frozen=True, slots=True)
class ShotResult:
    """Everything about one shot. `others` are the class maps of further models by the name that rules call them."""

    shot: Shot
    class_map: ClassMap
    measured: list[Measured]
    others: Mapping[str, ClassMap] = field(default_factory=dict[str, ClassMap])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, or the rest of it, that could not be analysed."""

    file: Path
    reason: str


def analyze(
    files: Sequence[Path],
    rules: Mapping[str, ViolationRule],
    zones: ZonesFile,
    perceiver: Perceiver,
    interval_s: float = 1.0,
    reference: Image | None = None,
) -> Iterator[ShotResult | Unreadable]:
    """Results in the order of `files`, frame by frame. A file that fails gives one Unreadable; the others go on.

    `reference` is a picture of the same view when it was clean, the same for all files.
    """
    clean = None if reference is None else perceiver.scene.segment(reference)
    for file in files:
        try:
            yield from _analyze_file(file, rules, zones, perceiver, interval_s, clean)
        except SourceUnreadable as error:
            yield Unreadable(file, error.reason)
        except EdgeError as error:
            yield Unreadable(file, str(error))


def _analyze_file(
    file: Path,
    rules: Mapping[str, ViolationRule],
    zones: ZonesFile,
    perceiver: Perceiver,
    interval_s: float,
    clean: ClassMap | None,
) -> Iterator[ShotResult]:
    here = zones.zones_for(file)
    if here is None:
        raise SourceUnreadable(str(file), f"the zones file has neither {file.name!r} nor '*'")
    grounds = {z.id: GroundPlane.fit([(p.image, p.world_m) for p in z.ground]) for z in here if z.ground}
    gap_s = max(15.0, 3 * interval_s)
    trackers = {(z.id, name): EpisodeTracker(rule, max_gap_s=gap_s) for z in here for name, rule in rules.items()}
    models = models_of(rules.values())
    for shot in shots(file, interval_s):
        seen = perceiver.see(shot.image, models)
        measured: list[Measured] = []
        for zone in here:
            for name, rule in rules.items():
                result = measure(seen, zone.polygon, rule, ground=grounds.get(zone.id), reference=clean)
                at = _EPOCH + timedelta(seconds=shot.at_s)
                changes = trackers[zone.id, name].step(at, reading_of(result)) if shot.is_clip else []
                measured.append(Measured(zone, rule, result, changes))
        yield ShotResult(shot, seen.scene, measured, seen.others)


def shots(file: Path, interval_s: float) -> Iterator[Shot]:
    """The picture in a file, or a clip's frames every `interval_s`. Raises SourceUnreadable, also half way through."""
    if not file.exists():
        raise SourceUnreadable(str(file), "there is no such file")
    if file.is_dir():
        raise SourceUnreadable(str(file), "is a folder: name the files in it")
    if file.stat().st_size == 0:
        raise SourceUnreadable(str(file), "the file is empty")
    if is_picture(file):
        yield Shot(file, 0.0, read_picture(file), is_clip=False)
        return
    clock = ManualClock(_EPOCH)
    ring = PacketRing()
    source = FileSource("clip", [file], clock, Sampling(interval_s), ring, start_at=_EPOCH, realtime=False)
    for frame in source.frames():
        yield Shot(file, frame.at_s, frame.image, is_clip=True)
    if source.undecodable:
        raise SourceUnreadable(str(file), f"{source.undecodable} of its pictures did not decode")


def lines(result: ShotResult) -> Iterator[dict[str, Any]]:
    """The JSON objects of one shot: a measurement for each zone and violation, and the alerts it led to."""
    for each in result.measured:
        m = each.measurement
        where = {"file": str(result.shot.file), "at_s": round(result.shot.at_s, 3)}
        what = {"zone": each.zone.id, "violation": each.rule.id, "score": round(m.score, 4)}
        yield {
            **where,
            **what,
            "share": round(m.share, 4),
            "margin": m.margin,
            "reference": m.has_reference,
            "covered_share": round(m.covered_share, 4),
            "soil_share": round(m.soil_share, 4),
            "net_share": round(m.net_share, 4),
            "area_m2": None if m.area_m2 is None else round(m.area_m2, 2),
            "area_m2_sigma": None if m.area_sigma_m2 is None else round(m.area_sigma_m2, 2),
            "occluded": m.occluded,
            "objects": [_told(each) for each in m.objects],
            "detections": [_told(each) for each in m.found],
        }
        for change in each.transitions:
            cleared_s = None if change.cleared_at is None else round((change.cleared_at - _EPOCH).total_seconds(), 3)
            yield {
                "type": "alert",
                "phase": change.phase.value,
                **where,
                **what,
                "episode": str(change.episode_id),
                "began_at_s": round((change.began_at - _EPOCH).total_seconds(), 3),
                "dwell_s": round(change.dwell_s, 3),
                "cleared_at_s": cleared_s,
            }


def _told(found: FoundObject) -> dict[str, Any]:
    return {"label": found.label, "score": round(found.score, 3), "xyxy": [round(side, 4) for side in found.xyxy]}
