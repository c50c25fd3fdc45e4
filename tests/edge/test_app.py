"""The whole edge with painted cameras: from frame to outbox, over restarts, full disks and broken neighbours."""

import base64
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from edge.contracts.codec import encode
from edge.contracts.commands import DesiredConfig, Recheck, Watch
from edge.contracts.ids import uuid7
from edge.contracts.messages import (
    AlertCleared,
    AlertRaised,
    AlertUpdated,
    CameraHealth,
    ConfigApplied,
    RecheckAnswered,
)
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState, EvidenceRole
from edge.errors import DiskFull, SourceLost, SourceUnreadable
from edge.evidence_manifest import verify_chain
from edge.housekeeping import check
from edge.pipeline import Look
from tests.fakes.cameras import Image, ScriptedSource, street
from tests.fakes.edges import ZONE, FakeEdge
from tests.fakes.messages import EDGE, START, at

GOODS = (0.3, 0.5, 0.6, 0.8)
Make = Callable[..., FakeEdge]


def shop(at_s: float) -> Image:
    """Goods stand out from second 30 to second 120."""
    return street(goods=GOODS) if 30 <= at_s < 120 else street()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[FakeEdge] = []

    def build(seconds: float = 300, picture: Callable[[float], Image] = shop, **others: ScriptedSource) -> FakeEdge:
        sources = {"cam-1": ScriptedSource("cam-1", START, picture, seconds)} | others
        made.append(FakeEdge(tmp_path / "data", sources))
        return made[-1]

    yield build
    for edge in made:
        edge.worker.close()


def recheck() -> Recheck:
    return Recheck(command_id=uuid7(START), camera_id="cam-1", zone_id="front", violation="outdoor_display")


def permit(camera_id: str = "cam-1") -> Permit:
    return Permit(
        id="p-1",
        camera_id=camera_id,
        zone_id="front",
        polygon=ZONE,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )


def test_goods_put_out_and_taken_in_are_raised_updated_and_cleared_once(make: Make) -> None:
    edge = make()
    edge.step(300)
    raised, updated, cleared = edge.alerts()
    assert isinstance(raised, AlertRaised)
    assert isinstance(updated, AlertUpdated)
    assert isinstance(cleared, AlertCleared)
    assert raised.episode_id == updated.episode_id == cleared.episode_id
    assert (raised.began_at, raised.captured_at) == (at(30), at(50))
    assert cleared.cleared_at == at(120)
    assert raised.versions.model == "painted/1"


def test_nothing_is_told_of_a_clean_street(make: Make) -> None:
    edge = make(picture=lambda at_s: street())
    assert edge.step(300) == 61
    assert edge.outbox() == []


def test_the_evidence_of_a_raising(make: Make) -> None:
    edge = make()
    edge.step(60)
    (raised,) = edge.alerts()
    roles = [(ref.role, ref.captured_at) for ref in raised.evidence]
    pictures = [
        EvidenceRole.WIDE_ORIGINAL, EvidenceRole.WIDE_SHOWN, EvidenceRole.CLOSE_ORIGINAL, EvidenceRole.CLOSE_SHOWN,
    ]  # fmt: skip
    assert roles == [*((role, when) for when in (at(30), at(50)) for role in pictures), (EvidenceRole.MANIFEST, at(50))]
    assert all(edge.worker.files.path(ref.sha256).stat().st_size == ref.size_bytes for ref in raised.evidence)
    thumbnail = base64.b64decode(raised.thumbnail_jpeg_base64 or "")
    assert thumbnail.startswith(b"\xff\xd8")
    assert len(thumbnail) <= 64_000
    assert len(encode(edge.outbox()[0])) < 256 * 1024


def test_the_manifests_are_signed_and_chained_also_over_a_restart(make: Make) -> None:
    edge = make()
    edge.step(60)
    edge.restart()
    edge.step(300)
    manifests = [
        edge.worker.files.path(ref.sha256).read_bytes()
        for alert in edge.alerts()
        for ref in alert.evidence
        if ref.role is EvidenceRole.MANIFEST
    ]
    assert len(manifests) == 3
    assert verify_chain(manifests).number == 3
    assert check(edge.worker.store, edge.worker.files) == []


def test_a_restart_in_the_middle_neither_repeats_nor_forgets(make: Make) -> None:
    edge = make()
    for second in range(10, 300, 10):
        edge.step(second)
        edge.restart()
    assert [type(a) for a in edge.alerts()] == [AlertRaised, AlertUpdated, AlertCleared]
    assert len({a.episode_id for a in edge.alerts()}) == 1


def test_a_picture_that_is_no_good_is_told_once_and_not_measured(make: Make) -> None:
    edge = make()
    edge.step(20)
    edge.judge.state = CameraState.MOVED
    edge.step(120)
    edge.judge.state = CameraState.OK
    edge.step(300)
    assert [(h.state, h.since) for h in edge.healths()] == [(CameraState.MOVED, at(25)), (CameraState.OK, at(125))]
    assert edge.alerts() == []


def test_a_camera_that_is_well_after_a_restart_is_told_to_be_well(make: Make) -> None:
    edge = make()
    edge.judge.state = CameraState.MOVED
    edge.step(20)
    edge.judge.state = CameraState.OK
    edge.restart()
    edge.step(60)
    assert [(h.state, h.since) for h in edge.healths()] == [(CameraState.MOVED, at(0)), (CameraState.OK, at(30))]


def test_t16_one_bad_camera_never_harms_another(make: Make) -> None:
    def broken(at_s: float) -> Image:
        raise ValueError("no picture")

    dying = ScriptedSource("cam-2", START, shop, 300)
    dying.trouble_at = {40.0: SourceLost("cam-2", "gone"), 45.0: SourceUnreadable("cam-2", "cut short")}
    edge = make(**{"cam-2": dying, "cam-3": ScriptedSource("cam-3", START, broken, 300)})
    edge.step(300)
    assert [type(a) for a in edge.alerts() if a.camera_id == "cam-1"] == [AlertRaised, AlertUpdated, AlertCleared]
    assert [h.state for h in edge.healths() if h.camera_id == "cam-2"][:2] == [CameraState.LOST, CameraState.OK]


def test_live_threads_see_the_same_and_end_with_the_clips(make: Make) -> None:
    edge = make(picture=lambda at_s: street(), **{"cam-2": ScriptedSource("cam-2", START, shop, 300)})
    edge.broker.server = None
    stop = threading.Event()
    runner = threading.Thread(target=edge.worker.run, args=(stop, 2))
    runner.start()
    runner.join(30)
    assert not runner.is_alive()


def test_a_stop_ends_a_live_run(make: Make) -> None:
    edge = make(seconds=1e9)
    stop = threading.Event()
    runner = threading.Thread(target=edge.worker.run, args=(stop,))
    runner.start()
    stop.set()
    runner.join(20)
    assert not runner.is_alive()
    assert edge.sources["cam-1"].closed


def test_a_recheck_is_answered_with_the_next_frame(make: Make) -> None:
    edge = make()
    edge.step(80)
    wanted = recheck()
    edge.worker.obey(wanted)
    edge.worker.obey(wanted)
    edge.step(150)
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, RecheckAnswered)]
    assert (answer.command_id, answer.captured_at, answer.still_there) == (wanted.command_id, at(85), True)
    assert answer.measurement is not None
    assert EvidenceRole.MANIFEST in [ref.role for ref in answer.evidence]


def test_a_recheck_of_a_lost_camera_is_answered_too(make: Make) -> None:
    edge = make(seconds=10)
    edge.step(20)
    edge.worker.obey(recheck())
    edge.step(100)
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, RecheckAnswered)]
    assert (answer.state, answer.measurement, answer.still_there) == (CameraState.LOST, None, None)


def test_permits_are_taken_over_told_and_kept(make: Make) -> None:
    edge = make()
    edge.worker.obey(DesiredConfig(version=3, permits=[permit()]))
    edge.restart()
    edge.step(300)
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, ConfigApplied)]
    assert (answer.version, answer.accepted, answer.problems) == (3, True, [])
    assert edge.alerts() == []


def test_permits_of_a_camera_that_is_not_there_are_refused_with_the_reason(make: Make) -> None:
    edge = make()
    edge.worker.obey(DesiredConfig(version=3, permits=[permit("cam-9")]))
    edge.step(60)
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, ConfigApplied)]
    assert not answer.accepted
    assert "cam-9" in answer.problems[0]
    assert len(edge.alerts()) == 1


def test_the_same_permits_again_are_not_told_again(make: Make) -> None:
    edge = make()
    for _ in range(3):
        edge.worker.obey(DesiredConfig(version=1))
    assert len(edge.outbox()) == 1


def test_a_full_disk_loses_nothing_and_ends_by_itself(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    edge = make(picture=lambda at_s: street(goods=GOODS) if 30 <= at_s < 400 else street(), seconds=500)
    edge.step(40)
    put, files = edge.worker.files.put, edge.worker.files

    def full(content: bytes) -> str:
        if len(content) > 3000:
            raise DiskFull(files.root, "no space")
        return put(content)

    files.put = full  # type: ignore[method-assign]
    edge.step(100)
    assert edge.alerts() == []
    assert edge.worker.desk.full
    assert caplog.text.count("nothing new can be kept") == 1
    files.put = put  # type: ignore[method-assign]
    edge.step(500)
    kinds = [type(a) for a in edge.alerts()]
    assert kinds[0] is AlertRaised
    assert kinds[-1] is AlertCleared
    assert kinds.count(AlertRaised) == kinds.count(AlertCleared) == 1
    assert edge.alerts()[0].began_at == at(30)
    assert not edge.worker.desk.full
    assert [h.detail.split(":")[0] for h in edge.healths()] == ["edge.disk_full", "there is space again"]
    assert check(edge.worker.store, files) == []


def test_t10_a_full_disk_deletes_no_evidence_that_the_server_lacks(make: Make) -> None:
    edge = make()
    edge.step(60)
    held = edge.worker.store.held()
    edge.worker.desk.full = True
    edge.step(100)
    edge.worker.housekeeping.sweep()
    assert held <= edge.worker.store.held()
    assert check(edge.worker.store, edge.worker.files) == []


def test_evidence_goes_to_the_topic_of_this_edge_after_its_files(make: Make) -> None:
    edge = make()
    edge.step(60)
    assert edge.deliver() == []
    edge.worker.store.uploaded(edge.worker.store.held(), START)
    (raised,) = edge.deliver()
    assert raised.source == EDGE
    assert edge.worker.waiting() == 0


def test_a_finding_whose_evidence_fails_is_told_by_a_later_frame(make: Make) -> None:
    edge = make()
    edge.step(45)
    put = edge.worker.files.put

    def broken(content: bytes) -> str:
        raise ValueError("anything at all")

    edge.worker.files.put = broken  # type: ignore[method-assign]
    edge.step(60)
    assert edge.alerts() == []
    edge.worker.files.put = put  # type: ignore[method-assign]
    edge.step(65)
    (raised,) = edge.alerts()
    assert isinstance(raised, AlertRaised)
    assert (raised.began_at, raised.captured_at) == (at(30), at(65))


def test_a_new_camera_is_told_to_be_well_once(tmp_path: Path) -> None:
    edge = FakeEdge(
        tmp_path / "data", {"cam-1": ScriptedSource("cam-1", START, lambda at_s: street(), 300)}, known=False
    )
    edge.step(60)
    edge.restart()
    edge.step(120)
    told = [e.message for e in edge.outbox() if isinstance(e.message, CameraHealth)]
    edge.worker.close()
    assert [m.state for m in told] == [CameraState.OK]


def test_those_who_look_on_get_every_judged_frame_with_what_was_seen_and_harm_nobody(make: Make) -> None:
    edge = make()
    seen: list[bool] = []

    def look_on(look: Look) -> None:
        seen.append(look.seen is not None)
        raise RuntimeError("stumbled")

    edge.worker.onlookers.append(look_on)
    edge.step(20)
    edge.judge.state = CameraState.BLACK
    edge.step(30)
    assert seen == [True, True, True, True, True, False, False]


def test_people_who_watch_are_handed_on(make: Make) -> None:
    edge = make()
    got: list[Watch] = []
    edge.worker.on_watch.append(got.append)
    command = Watch(command_id=uuid7(START), camera_id="cam-1", until=at(60))
    edge.worker.obey(command)
    assert got == [command]
