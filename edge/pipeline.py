"""One camera's story: a frame comes in, every zone is measured for every violation, what lasts becomes a finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edge.config import CameraConfig, ZoneConfig
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState, PermitRelation
from edge.contracts.violations import ViolationRule
from edge.episodes.state import EpisodeState
from edge.episodes.tracker import EpisodeTracker, Phase, Transition
from edge.reading import reading_of
from edge.references import CameraReferences
from edge.stream.frame import Frame, Image
from edge.vision.measure import Measurement, measure
from edge.vision.perceive import Perceiver, Seen, models_of
from edge.vision.reference import Light, light_of
from edge.vision.segmenter import ClassMap

FREE_BELOW = 0.05
"""Share of the zone behind people and vehicles below which it is unoccupied."""


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """What one look at one zone gave for one violation."""

    zone: ZoneConfig
    violation: str
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class Finding:
    """An episode was raised, goes on, or is cleared. `dwell_s` is how long it was seen; `permits` lived then."""

    phase: Phase
    episode_id: UUID
    zone: ZoneConfig
    violation: str
    permit: PermitRelation
    began_at: datetime
    cleared_at: datetime | None
    dwell_s: float
    measurement: Measurement
    class_map: ClassMap
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """All that one frame told. `states` are the episode states after it, to be kept together with the findings.

    `seen` is what the models said of the picture; None when it was no good and nobody looked.
    """

    frame: Frame
    readings: list[ZoneReading]
    findings: list[Finding]
    states: dict[str, EpisodeState]
    seen: Seen | None = None


def episode_key(camera_id: str, zone_id: str, violation: str) -> str:
    """Under which key the state of one zone and violation is kept."""
    return f"{camera_id}/{zone_id}/{violation}"


class CameraPipeline:
    """Not for sharing between threads. `step` for every scheduled frame, in the order of their time."""

    def __init__(
        self,
        camera: CameraConfig,
        rules: Mapping[str, ViolationRule],
        permits: Sequence[Permit],
        perceiver: Perceiver,
        states: Mapping[str, EpisodeState],
        reference: Image | None = None,
        references: CameraReferences | None = None,
    ) -> None:
        """`rules` are those that can be measured; a zone's other violations are passed over. `reference` is a picture
        of the clean scene, held against instead of the learned `references`. Raises GroundInvalid when the ground
        points fit no plane."""
        self.camera, self._rules, self._perceiver = camera, rules, perceiver
        self._ground = camera.ground_plane()
        self._reference = None if reference is None else perceiver.scene.segment(reference)
        self._references = references or CameraReferences()
        self.set_permits(permits)
        gap_s = max(15.0, 3 * camera.interval_s)
        self._trackers = {
            (zone.id, name): EpisodeTracker(
                rules[name], states.get(episode_key(camera.id, zone.id, name)), max_gap_s=gap_s
            )
            for zone in camera.zones
            for name in self._measurable(zone)
        }
        self._models = models_of([rules[name] for _, name in self._trackers])

    def set_permits(self, permits: Sequence[Permit]) -> None:
        """From the next frame on these permits hold; those of other cameras are left out."""
        self._permits = [permit for permit in permits if permit.camera_id == self.camera.id]

    def step(self, frame: Frame, state: CameraState = CameraState.OK) -> Look:
        """Measure every zone of the frame. A picture that is no good (`state`) is not measured and changes nothing."""
        if state is not CameraState.OK:
            return Look(frame, [], [], {})
        seen, light = self._perceiver.see(frame.image, self._models), light_of(frame.image)
        look = Look(frame, [], [], {}, seen)
        for zone in self.camera.zones:
            for violation in self._measurable(zone):
                measurement = self._measure(seen, zone, violation, frame.captured_at, light)
                look.readings.append(ZoneReading(zone, violation, measurement))
                tracker = self._trackers[zone.id, violation]
                for change in tracker.step(frame.captured_at, reading_of(measurement)):
                    look.findings.append(self._finding(change, zone, violation, measurement, seen.scene))
                look.states[episode_key(self.camera.id, zone.id, violation)] = tracker.state
            self._learn(frame, seen, zone, light)
        return look

    def _learn(self, frame: Frame, seen: Seen, zone: ZoneConfig, light: Light) -> None:
        """Learn a clean zone: no act in the air, nobody in it, and nothing to be seen on it by this picture alone."""
        at = frame.captured_at
        names = [name for name in self._measurable(zone) if self._rules[name].measure.covering]
        if self._reference is not None or not names or not self._references.is_due(at, zone.id, light):
            return
        if any(self._trackers[zone.id, name].state.began_at is not None for name in names):
            return
        for name in names:
            alone = measure(seen, zone.polygon, self._rules[name])
            if alone.occluded_share > FREE_BELOW or alone.share > self._rules[name].exit:
                return
        self._references.learn(at, zone.id, light, seen.scene, frame.image)

    def look(self, zone_id: str, violation: str, frame: Frame) -> Measurement:
        """One measurement that somebody asked for; no episode changes. Raises KeyError for an unknown zone or rule."""
        zone, models = self.camera.zone(zone_id), models_of([self._rules[violation]])
        seen, light = self._perceiver.see(frame.image, models), light_of(frame.image)
        return self._measure(seen, zone, violation, frame.captured_at, light)

    def _measurable(self, zone: ZoneConfig) -> list[str]:
        return [name for name in zone.violations if name in self._rules]

    def _measure(self, seen: Seen, zone: ZoneConfig, violation: str, at: datetime, light: Light) -> Measurement:
        permits = [permit.polygon for permit in self._live(zone.id, at)]
        clean = self._reference or self._references.of(zone.id, light)
        rule = self._rules[violation]
        return measure(seen, zone.polygon, rule, permits=permits, ground=self._ground, reference=clean)

    def _live(self, zone_id: str, at: datetime) -> tuple[Permit, ...]:
        return tuple(permit for permit in self._permits if permit.zone_id == zone_id and permit.is_live(at))

    def _finding(
        self, change: Transition, zone: ZoneConfig, violation: str, measurement: Measurement, classes: ClassMap
    ) -> Finding:
        return Finding(
            change.phase, change.episode_id, zone, violation, measurement.permit, change.began_at, change.cleared_at,
            change.dwell_s, measurement, classes, self._live(zone.id, change.at),
        )  # fmt: skip
