"""One camera's story, frame by frame."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge.config import CameraConfig, FileSourceConfig, GroundPoint, ZoneConfig
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState, PermitRelation
from edge.episodes.state import EpisodeState
from edge.episodes.tracker import Phase
from edge.errors import GroundInvalid
from edge.pipeline import CameraPipeline, Finding, episode_key
from edge.stream.frame import Frame
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import WHOLE, FakeSegmenter, class_map, covered

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LEFT = [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)]
RIGHT = [(0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0)]
RULES = {"outdoor_display": rule(), "exposed_muck": muck()}
KEY = episode_key("cam", "front", "outdoor_display")
BUSY, EMPTY = covered(0.5), covered(0.0)


def camera(*zones: ZoneConfig, **changes: Any) -> CameraConfig:
    front = ZoneConfig(id="front", polygon=WHOLE, violations=["outdoor_display"])
    source = FileSourceConfig(paths=[Path("a.mp4")])
    return CameraConfig(id="cam", source=source, zones=list(zones) or [front], **changes)


def permit(polygon: list[tuple[float, float]] = WHOLE, **changes: Any) -> Permit:
    fields: dict[str, Any] = {"id": "p1", "camera_id": "cam", "zone_id": "front", "polygon": polygon}
    dates: dict[str, Any] = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    return Permit(**fields | dates | changes)


def frame(seconds: float) -> Frame:
    at = START + timedelta(seconds=seconds)
    return Frame("cam", np.zeros((36, 64, 3), np.uint8), at, seconds, round(seconds), True)


def pipeline(*maps: ClassMap, **changes: Any) -> CameraPipeline:
    parts: dict[str, Any] = {"camera": camera(), "rules": RULES, "permits": [], "states": {}}
    return CameraPipeline(perceiver=Perceiver(FakeSegmenter(*maps)), **parts | changes)


def play(pipe: CameraPipeline, begin: float, end: float, every: float = 5.0) -> list[Finding]:
    steps = round((end - begin) / every)
    return [finding for n in range(steps) for finding in pipe.step(frame(begin + n * every)).findings]


def test_goods_that_stay_are_found_and_cleared_with_all_that_an_alert_needs():
    segmenter = FakeSegmenter(*[BUSY] * 6, EMPTY)
    pipe = CameraPipeline(camera(), RULES, [], Perceiver(segmenter), {})
    raised, cleared = play(pipe, 0, 60)
    assert (raised.phase, cleared.phase) == (Phase.RAISED, Phase.CLEARED)
    assert raised.episode_id == cleared.episode_id
    assert (raised.zone.id, raised.violation, raised.permit) == ("front", "outdoor_display", PermitRelation.NONE)
    assert raised.began_at == START
    assert raised.dwell_s == 20
    assert raised.cleared_at is None
    assert raised.measurement.covered_share == pytest.approx(0.5, abs=0.01)
    assert raised.class_map is BUSY
    assert cleared.cleared_at == START + timedelta(seconds=30)


def test_one_frame_is_segmented_once_for_all_its_zones_and_violations():
    segmenter = FakeSegmenter(class_map("ggss"))
    zones = [ZoneConfig(id=name, polygon=WHOLE, violations=list(RULES)) for name in ("a", "b", "c")]
    look = CameraPipeline(camera(*zones), RULES, [], Perceiver(segmenter), {}).step(frame(0))
    assert segmenter.calls == 1
    assert [(r.zone.id, r.violation) for r in look.readings] == [(z.id, v) for z in zones for v in RULES]
    assert len(look.states) == 6


def test_t3_two_zones_and_two_violations_are_told_apart():
    zones = [
        ZoneConfig(id="left", polygon=LEFT, violations=["outdoor_display", "exposed_muck"]),
        ZoneConfig(id="right", polygon=RIGHT, violations=["outdoor_display", "exposed_muck"]),
    ]
    found = play(pipeline(class_map("ggggssss"), camera=camera(*zones)), 0, 60)
    assert {(f.zone.id, f.violation) for f in found} == {("left", "outdoor_display"), ("right", "exposed_muck")}
    assert len({f.episode_id for f in found}) == 2


@pytest.mark.parametrize("state", [s for s in CameraState if s is not CameraState.OK])
def test_a_picture_that_is_no_good_is_not_measured(state: CameraState):
    segmenter = FakeSegmenter(BUSY)
    pipe = CameraPipeline(camera(), RULES, [], Perceiver(segmenter), {})
    look = pipe.step(frame(0), state)
    assert (look.readings, look.findings, look.states, segmenter.calls) == ([], [], {}, 0)


def test_time_when_the_camera_was_blind_is_not_dwell():
    pipe = pipeline(BUSY)
    assert play(pipe, 0, 15) == []
    for second in range(15, 45, 5):
        pipe.step(frame(second), CameraState.BLACK)
    found = play(pipe, 45, 80)
    assert [f.dwell_s for f in found] == [20]
    assert (found[0].began_at, len(found)) == (START + timedelta(seconds=45), 1)


def test_people_in_front_give_a_reading_but_no_finding():
    pipe = pipeline(class_map("ggpp", "ggpp"))
    look = pipe.step(frame(0))
    assert look.readings[0].measurement.occluded
    assert play(pipe, 5, 100) == []


def test_a_restart_with_the_kept_states_goes_on():
    first = pipeline(BUSY)
    play(first, 0, 15)
    kept = {key: EpisodeState.from_json(state.to_json()) for key, state in first.step(frame(15)).states.items()}
    assert list(kept) == [KEY]
    second = pipeline(BUSY, states=kept)
    found = play(second, 20, 60)
    assert [(f.phase, f.began_at) for f in found] == [(Phase.RAISED, START)]
    third = pipeline(BUSY, states=second.step(frame(60)).states)
    assert play(third, 65, 80) == []


class TestPermits:
    def test_inside_a_live_permit_nothing_is_found(self):
        pipe = pipeline(covered(0.4), permits=[permit()])
        assert pipe.step(frame(0)).readings[0].measurement.permit is PermitRelation.WITHIN
        assert play(pipe, 5, 100) == []

    def test_what_reaches_beyond_it_is_found_as_exceeding_with_the_permit_named(self):
        found = play(pipeline(class_map("g" * 20), permits=[permit(LEFT)]), 0, 30)
        assert [(f.phase, f.permit) for f in found] == [(Phase.RAISED, PermitRelation.EXCEEDED)]
        assert [p.id for p in found[0].permits] == ["p1"]
        assert 0.3 < found[0].measurement.share < 0.5

    @pytest.mark.parametrize(
        "changes",
        [
            {"camera_id": "other"},
            {"zone_id": "other"},
            {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 11, 21)},
            {"hours_from": "18:00", "hours_to": "22:00"},  # it is 10:00 in Shanghai
            {"weekdays": [1, 2, 3, 4, 5, 6]},  # and a Sunday
            {"status": "suspended"},
        ],
    )
    def test_a_permit_for_elsewhere_or_another_time_is_none(self, changes: dict[str, Any]):
        found = play(pipeline(BUSY, permits=[permit(**changes)]), 0, 30)
        assert [f.permit for f in found] == [PermitRelation.NONE]

    def test_when_the_hours_end_the_dwell_begins(self):
        pipe = pipeline(BUSY, permits=[permit(hours_from="08:00", hours_to="10:01")])
        found = play(pipe, 0, 120)
        assert [(f.began_at - START).total_seconds() for f in found] == [60]

    def test_new_permits_hold_from_the_next_frame_on(self):
        pipe = pipeline(BUSY)
        play(pipe, 0, 30)
        pipe.set_permits([permit()])
        found = play(pipe, 30, 60)
        assert [f.phase for f in found] == [Phase.CLEARED]


class TestLook:
    def test_a_recheck_measures_and_changes_no_episode(self):
        pipe = pipeline(BUSY)
        play(pipe, 0, 15)
        before = pipe.step(frame(15)).states
        assert pipe.look("front", "outdoor_display", frame(500)).share == pytest.approx(0.5, abs=0.01)
        after = pipe.step(frame(15)).states
        assert after == before

    def test_an_unknown_zone_or_violation_is_an_error_that_says_so(self):
        with pytest.raises(KeyError, match="no zone 'back'; it has front"):
            pipeline(BUSY).look("back", "outdoor_display", frame(0))
        with pytest.raises(KeyError):
            pipeline(BUSY).look("front", "littering", frame(0))


def test_ground_points_give_square_metres():
    corners = [((0, 0), (0, 0)), ((1, 0), (4, 0)), ((1, 1), (4, 2)), ((0, 1), (0, 2))]
    ground = [GroundPoint(image=image, world_m=world) for image, world in corners]
    measured = pipeline(BUSY, camera=camera(ground=ground)).step(frame(0)).readings[0].measurement
    assert measured.area_m2 == pytest.approx(4.0, rel=0.02)
    with pytest.raises(GroundInvalid):
        pipeline(BUSY, camera=camera(ground=[ground[0]] * 4))


def test_with_a_reference_whatever_hides_the_ground_counts():
    clean, boxed = class_map("...."), class_map("?b..")
    assert pipeline(boxed).step(frame(0)).readings[0].measurement.share == 0
    pipe = pipeline(clean, boxed, reference=np.zeros((36, 64, 3), np.uint8))
    assert pipe.step(frame(0)).readings[0].measurement.share == pytest.approx(0.5, abs=0.01)
