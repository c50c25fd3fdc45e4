"""The references of a camera: learned from clean times only, kept, in doubt when the view may have shifted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge import references
from edge.config import CameraConfig, FileSourceConfig, ZoneConfig
from edge.pipeline import CameraPipeline
from edge.references import CameraReferences
from edge.store import EdgeStore
from edge.stream.frame import Frame
from edge.vision.perceive import Perceiver
from edge.vision.reference import Light
from edge.vision.segmenter import ClassMap
from tests.fakes.cameras import ScriptedSource
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import START as EDGE_START
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import WHOLE, FakeSegmenter, class_map

START = datetime(2026, 11, 22, tzinfo=UTC)
RNG = np.random.default_rng(7)
CLEAN = class_map("." * 20, "." * 20)
LITTLE = class_map("g" + "." * 39)
HIDDEN = class_map("....bbbb....", "....bbbb....")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def scene(seed: int = 1, shift: int = 0) -> np.ndarray:
    """A coloured street with edges to be known by, seen `shift` pixels further right."""
    rng = np.random.default_rng(seed)
    image = np.full((180, 400, 3), (90, 120, 150), np.uint8)
    for _ in range(60):
        top, left = rng.integers(0, 160), rng.integers(0, 380)
        image[top : top + 25, left : left + 20] = rng.integers(20, 235, 3)
    return image[:, shift : shift + 320]


def watch(
    maps: dict[int, ClassMap], minutes: int, known: CameraReferences, *, permits: Any = (), picture: Any = None
) -> list[Any]:
    """A look a minute at what stands from that minute on; the measured (share, with a reference)."""
    zone = ZoneConfig(id="front", polygon=WHOLE, violations=["outdoor_display"])
    camera = CameraConfig(id="cam", source=FileSourceConfig(paths=[Path("a.mp4")]), zones=[zone], interval_s=60)
    segmenter = FakeSegmenter(CLEAN)
    pipe = CameraPipeline(camera, {"outdoor_display": rule()}, permits, Perceiver(segmenter), {}, references=known)
    image = scene() if picture is None else picture
    told = []
    for minute in range(minutes):
        segmenter._maps = [maps.get(minute, segmenter._maps[0])]
        known.verify(at(minute), Light.DAY, image)
        measured = pipe.step(Frame("cam", image, at(minute), 60.0 * minute, minute, True)).readings[0].measurement
        told.append((round(measured.share, 2), measured.has_reference))
    return told


def test_half_an_hour_of_clean_ground_is_a_reference_against_which_whatever_hides_it_counts():
    known = CameraReferences()
    told = watch({40: class_map("." * 10 + "b" * 10, "." * 20)}, 42, known)
    assert told[29] == (0, False)
    assert told[31] == (0, True)
    assert told[41] == (0.25, True)


def test_goods_that_stand_since_the_start_never_become_the_reference():
    known = CameraReferences()
    assert watch({0: class_map("..gg")}, 60, known)[-1] == (0.5, False)
    assert known.of("front", Light.DAY) is None


def test_goods_within_a_permit_never_become_the_reference():
    from tests.edge.test_pipeline import permit

    known = CameraReferences()
    whole = permit(WHOLE)
    assert watch({0: class_map("..gg")}, 60, known, permits=[whole])[-1] == (0, False)


def test_goods_that_come_little_by_little_do_not_creep_into_it():
    known = CameraReferences()
    steps = {35 + 40 * n: class_map("g" * (n + 1) + "." * (39 - n)) for n in range(4)}
    told = watch({0: class_map("." * 40)} | steps, 220, known)
    assert told[-1][1]
    assert told[-1][0] >= 0.05


def test_people_are_not_learned_from():
    known = CameraReferences()
    watch({0: class_map("p" + "." * 9)}, 60, known)
    assert known.of("front", Light.DAY) is None


def test_what_always_stands_there_and_looks_a_little_like_goods_is_part_of_it():
    known = CameraReferences()
    told = watch({0: LITTLE, 40: class_map("gg" + "." * 38)}, 42, known)
    assert told[10] == (0.03, False) or told[10] == (0.02, False)
    assert told[35] == (0, True)
    assert told[41][0] == pytest.approx(0.025, abs=0.011)


def test_it_survives_a_restart_in_the_store(tmp_path: Path):
    known = CameraReferences()
    watch({}, 40, known)
    with EdgeStore(tmp_path / "store.db") as store:
        references.keep(store, "cam", known.changed)
        references.keep(store, "cam-2", {"front/day": "of another camera"})
    with EdgeStore(tmp_path / "store.db") as store:
        again = CameraReferences(references.kept(store, "cam"))
    assert watch({}, 2, again)[0] == (0, True)
    views = references.views_of(known.changed)
    assert list(views) == [("front", "day")]


def kept_after(minutes: int) -> dict[str, str]:
    known = CameraReferences()
    watch({}, minutes, known)
    return known.changed


def test_a_view_that_shifted_while_nobody_watched_makes_it_forget():
    again = CameraReferences(kept_after(40))
    for minute in range(3):
        again.verify(at(100 + minute), Light.DAY, scene(shift=60))
    assert again.forgotten
    assert again.of("front", Light.DAY) is None


def test_a_view_in_doubt_is_not_used_until_it_is_found_again():
    again = CameraReferences(kept_after(40))
    assert again.of("front", Light.DAY) is None
    again.verify(at(99), Light.DAY, scene())
    assert again.of("front", Light.DAY) is not None
    again.doubt()
    assert again.of("front", Light.DAY) is None
    again.verify(at(100), Light.DAY, np.full((180, 320, 3), 90, np.uint8))
    assert again.of("front", Light.DAY) is None
    assert not again.is_due(at(100), "front", Light.DAY)
    again.verify(at(101), Light.DAY, scene())
    assert again.of("front", Light.DAY) is not None
    assert not again.forgotten


def test_night_has_a_reference_of_its_own():
    again = CameraReferences(kept_after(40))
    again.verify(at(99), Light.DAY, scene())
    again.verify(at(99), Light.NIGHT, scene() // 5)
    assert again.of("front", Light.NIGHT) is None
    assert again.is_due(at(99), "front", Light.NIGHT)


def test_what_is_given_by_hand_holds_by_day_and_night_and_is_not_learned_over():
    facts = references.by_hand(class_map("...."), scene(), ["front"], START)
    known = CameraReferences(facts)
    known.verify(at(1), Light.NIGHT, scene())
    assert known.of("front", Light.NIGHT) is known.of("front", Light.DAY) is not None
    assert not known.is_due(at(900), "front", Light.NIGHT)
    assert known.of("back", Light.DAY) is None


def test_a_damaged_one_is_learned_anew():
    known = CameraReferences({"front/day": "{", "+picture/day": "!"})
    assert known.of("front", Light.DAY) is None
    known.verify(at(0), Light.DAY, scene())
    assert known.is_due(at(0), "front", Light.DAY)


def test_soil_needs_none():
    zone = ZoneConfig(id="site", polygon=WHOLE, violations=["exposed_muck"])
    camera = CameraConfig(id="cam", source=FileSourceConfig(paths=[Path("a.mp4")]), zones=[zone])
    known = CameraReferences()
    pipe = CameraPipeline(camera, {"exposed_muck": muck()}, [], Perceiver(FakeSegmenter(CLEAN)), {}, references=known)
    known.verify(START, Light.DAY, scene())
    for minute in range(35):
        pipe.step(Frame("cam", scene(), at(minute), 0.0, minute, True))
    assert known.of("site", Light.DAY) is None


def test_a_running_edge_takes_over_what_is_given_by_hand(tmp_path: Path):
    edge = FakeEdge(tmp_path, {"cam-1": ScriptedSource("cam-1", EDGE_START, lambda at_s: scene(), 100)})
    edge.step(10)
    facts = references.by_hand(class_map("...."), scene(), ["front"], START)
    references.replace_by_hand(edge.worker.store, "cam-1", facts, START)
    before = edge.worker.works["cam-1"]._references
    edge.step(20)
    assert edge.worker.works["cam-1"]._references is before
    edge.step(60)
    taken_over = edge.worker.works["cam-1"]._references
    assert taken_over is not before
    assert not taken_over.is_due(at(900), "front", Light.NIGHT)
