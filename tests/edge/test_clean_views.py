"""The clean view of a zone rides beside its alert, blurred, so that people can flip between then and now."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from edge.clean_views import EVERY, CleanViews
from edge.contracts.messages import AlertRaised
from edge.contracts.taxonomy import EvidenceRole
from edge.evidence_pictures import from_jpeg
from tests.fakes.cameras import Image, ScriptedSource, street
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import START, at

GOODS = (0.3, 0.5, 0.6, 0.8)
Make = Callable[..., FakeEdge]


def by_day(image: Image) -> Image:
    """Painted grey would pass for night."""
    return np.clip(image.astype(int) + np.array((30, 0, -30)), 0, 255).astype(np.uint8)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[FakeEdge] = []

    def build(picture: Callable[[float], Image], seconds: float) -> FakeEdge:
        made.append(FakeEdge(tmp_path / "data", {"cam-1": ScriptedSource("cam-1", START, picture, seconds, 10.0)}))
        return made[-1]

    yield build
    for edge in made:
        edge.worker.close()


def test_a_view_is_kept_and_taken_anew_after_some_hours(tmp_path: Path) -> None:
    views = CleanViews(tmp_path / "views")
    assert views.of("cam-1", "front", "day") is None
    assert views.is_due("cam-1", "front", "day", at(0))
    views.keep("cam-1", "front", "day", np.full((1440, 2560, 3), 90, np.uint8), at(0))
    kept = views.of("cam-1", "front", "day")
    assert kept is not None
    assert (kept.at, from_jpeg(kept.content).shape) == (at(0), (720, 1280, 3))
    assert not views.is_due("cam-1", "front", "day", at(0) + EVERY - timedelta(seconds=1))
    assert views.is_due("cam-1", "front", "day", at(0) + EVERY)
    assert views.of("cam-1", "front", "night") is views.of("cam-2", "front", "day") is None
    views.forget("cam-1")
    assert views.of("cam-1", "front", "day") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_disk_that_takes_nothing_harms_nobody(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    CleanViews(tmp_path / "views").keep("cam-1", "front", "day", np.zeros((8, 8, 3), np.uint8), at(0))


def test_the_learned_clean_view_rides_beside_the_raising(make: Make) -> None:
    clean_s = 40 * 60.0
    edge = make(lambda s: by_day(street(goods=GOODS) if s >= clean_s else street()), clean_s + 60)
    edge.step(clean_s + 60)
    raised = next(alert for alert in edge.alerts() if isinstance(alert, AlertRaised))
    (clean,) = [ref for ref in raised.evidence if ref.role is EvidenceRole.REFERENCE_SHOWN]
    assert clean.captured_at < raised.began_at
    image = from_jpeg(edge.worker.files.path(clean.sha256).read_bytes())
    left, top, right, bottom = GOODS
    patch = image[int(top * 96) + 4 : int(bottom * 96) - 4, int(left * 160) + 4 : int(right * 160) - 4]
    assert patch[..., 2].mean() < 150, "no red goods stand there"
    views = edge.worker.desk.clean_views
    assert views is not None
    plain = views.of("cam-1", "front", "day")
    assert plain is not None
    assert (image != from_jpeg(plain.content)).any(), "the zone is drawn in"


def test_without_a_reference_there_is_none(make: Make) -> None:
    edge = make(lambda s: street(goods=GOODS), 200)
    edge.step(200)
    raised = edge.alerts()[0]
    assert not [ref for ref in raised.evidence if ref.role is EvidenceRole.REFERENCE_SHOWN]
