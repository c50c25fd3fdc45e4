"""Cameras are added, changed and removed by the server's plan while the edge runs; nothing else notices."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from edge import watched
from edge.contracts.commands import DesiredConfig, Recheck
from edge.contracts.ids import uuid7
from edge.contracts.messages import AlertCleared, AlertEnded, AlertRaised, AlertUpdated, ConfigApplied, RecheckAnswered
from edge.contracts.permits import Permit
from edge.contracts.plan import CameraPlan, EdgePlan, EffectiveConfig, ZonePlan
from edge.contracts.taxonomy import CameraState, EndReason
from edge.errors import DiskFull
from edge.planned import Plan
from edge.server_http import ServerUnreachable
from tests.edge.test_app import permit, shop
from tests.fakes.cameras import Image, ScriptedSource, street
from tests.fakes.edges import ZONE, FakeEdge
from tests.fakes.messages import EDGE, START, at

SECRET = "s3cret"
NEW = f"rtsp://viewer:{SECRET}@10.0.0.2:554/one"
Make = Callable[..., FakeEdge]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[FakeEdge] = []

    def build(*names: str, picture: Callable[[float], Image] = shop, seconds: float = 300) -> FakeEdge:
        sources = {name: ScriptedSource(name, START, picture, seconds) for name in names or ("cam-1", "cam-2")}
        made.append(FakeEdge(tmp_path / "data", sources, file_cameras=[n for n in sources if n != "cam-new"]))
        return made[-1]

    yield build
    for edge in made:
        edge.worker.close()


def zone(zone_id: str = "front", **more: Any) -> ZonePlan:
    return ZonePlan(**({"id": zone_id, "polygon": ZONE, "violations": ["outdoor_display"]} | more))


def plan_of(*cameras: CameraPlan, version: int = 1) -> Plan:
    return Plan(version, EdgePlan(version=version, cameras=list(cameras)).model_dump_json().encode())


def wish(plan: Plan | None, version: int = 1, *permits: Permit) -> DesiredConfig:
    if plan is None:
        return DesiredConfig(version=version, permits=list(permits))
    return DesiredConfig(version=version, permits=list(permits), plan_version=plan.version, plan_sha256=plan.sha256)


def send(edge: FakeEdge, plan: Plan | None, version: int = 1, *permits: Permit) -> ConfigApplied:
    """As the server would: the wish by MQTT, the plan by HTTP. The edge's answer."""
    if plan is not None:
        edge.http.bodies[f"/api/edges/{EDGE}/plan/{plan.version}"] = plan.content
    edge.worker.obey(wish(plan, version, *permits))
    edge.worker.errands.run_once()
    return [e.message for e in edge.outbox() if isinstance(e.message, ConfigApplied)][-1]


def told(edge: FakeEdge) -> EffectiveConfig:
    path, content = edge.http.got[-1]
    assert path == f"/api/edges/{EDGE}/effective"
    return EffectiveConfig.model_validate_json(content)


def endings(edge: FakeEdge) -> list[AlertEnded]:
    return [e.message for e in edge.outbox() if isinstance(e.message, AlertEnded)]


def test_a_camera_is_added_while_the_others_go_on(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    before = edge.worker.works["cam-1"]
    edge.step(40)
    answer = send(edge, plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")])))
    assert (answer.accepted, answer.plan_version, answer.problems) == (True, 1, [])
    assert edge.worker.works["cam-1"] is before
    assert [c.id for c in edge.worker.config.cameras] == ["cam-1", "cam-new"]
    edge.step(140)
    raised = [alert for alert in edge.alerts() if isinstance(alert, AlertRaised)]
    assert {(r.camera_id, r.zone_id, r.versions.config == edge.worker.config.digest()) for r in raised} == {
        ("cam-1", "front", True),
        ("cam-new", "shop", True),
    }
    assert {tuple(r.zone_polygon or ()) for r in raised} == {tuple(ZONE)}


def test_what_runs_is_told_whole_and_without_secrets(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    send(edge, plan_of(CameraPlan(id="cam-new", name="东街口", address=NEW, zones=[zone("shop")], interval_s=3)))
    config = told(edge)
    assert config.plan_version == 1
    assert config.config == edge.worker.config.digest()
    assert config.violations == ["outdoor_display"]
    first, second = config.cameras
    assert (first.id, first.origin, first.kind, first.address) == ("cam-1", "file", "file", "painted.mp4")
    assert (second.id, second.origin, second.kind, second.name) == ("cam-new", "plan", "rtsp", "东街口")
    assert second.address == "rtsp://***@10.0.0.2:554/one"
    assert (second.interval_s, second.zones[0].polygon) == (3, ZONE)
    assert SECRET.encode() not in edge.http.got[-1][1]


def test_nothing_that_leaves_or_is_logged_holds_the_password(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    edge = make("cam-1", "cam-new")
    bad = CameraPlan(id="cam-x", address=f"rtsp://viewer:{SECRET}@8.8.8.8/1", zones=[zone(violations=["none_such"])])
    send(edge, plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")])))
    send(edge, plan_of(bad, version=2), 2)
    rows = [e.message.model_dump_json() for e in edge.outbox()]
    assert SECRET not in "".join(
        [*rows, caplog.text, repr(edge.worker.config), repr(bad), str(edge.worker.orders._plan)]
    )
    assert edge.worker.config.digest() == edge.worker.config.model_copy().digest()
    assert (edge.folder / "store.db").stat().st_mode & 0o077 == 0, "the kept plan holds the password"


def test_it_is_kept_over_a_restart(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    plan = plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")]))
    send(edge, plan, 1, permit())
    digest = edge.worker.config.digest()
    edge.restart()
    assert [c.id for c in edge.worker.config.cameras] == ["cam-1", "cam-new"]
    assert edge.worker.config.digest() == digest
    source = edge.worker.config.camera("cam-new").source
    assert source.kind == "rtsp"
    assert source.credentials().password == SECRET  # type: ignore[union-attr]
    before = len(edge.outbox())
    edge.worker.obey(wish(plan, 1, permit()))
    assert len(edge.outbox()) == before, "the retained wish is old news"


def test_a_plan_camera_replaces_that_of_the_file_and_comes_back_when_the_plan_goes(make: Make) -> None:
    edge = make("cam-1")
    send(edge, plan_of(CameraPlan(id="cam-1", zones=[zone("front"), zone("side")])))
    camera = edge.worker.config.camera("cam-1")
    assert ([z.id for z in camera.zones], camera.source.kind) == (["front", "side"], "file")
    assert told(edge).cameras[0].origin == "plan"
    assert send(edge, None, 2).accepted
    assert [z.id for z in edge.worker.config.camera("cam-1").zones] == ["front"]
    assert told(edge).cameras[0].origin == "file"
    edge.restart()
    assert edge.worker.orders.running.version is None


def test_the_episode_of_an_unchanged_zone_goes_on(make: Make) -> None:
    edge = make("cam-1")
    edge.step(60)
    send(edge, plan_of(CameraPlan(id="cam-1", interval_s=2, zones=[zone("front", name="门前"), zone("side")])))
    edge.sources["cam-1"].closed = False
    edge.step(300)
    mine = [alert for alert in edge.alerts() if alert.zone_id == "front"]
    assert [type(alert) for alert in mine] == [AlertRaised, AlertUpdated, AlertCleared]
    assert len({alert.episode_id for alert in mine}) == 1
    assert endings(edge) == []


@pytest.mark.parametrize(
    ("cameras", "reason"),
    [
        ([CameraPlan(id="cam-1", zones=[zone("side")])], EndReason.ZONE_REMOVED),
        ([CameraPlan(id="cam-1", zones=[zone(polygon=[(0, 0.4), (0.8, 0.4), (0.8, 0.9)])])], EndReason.ZONE_CHANGED),
        ([CameraPlan(id="cam-1", zones=[zone(violations=["exposed_muck"])])], EndReason.VIOLATION_REMOVED),
        ([CameraPlan(id="cam-1", address=NEW, zones=[zone()])], EndReason.CAMERA_CHANGED),
    ],
)
def test_an_episode_that_is_watched_no_more_ends_without_a_verdict(
    make: Make, cameras: list[CameraPlan], reason: EndReason
) -> None:
    edge = make("cam-1", picture=lambda at_s: street(goods=(0.3, 0.5, 0.6, 0.8)))
    edge.worker.orders._base.rules["exposed_muck"] = edge.worker.config.rules["outdoor_display"]
    edge.step(60)
    (raised,) = edge.alerts()
    edge.sources["cam-1"] = ScriptedSource("cam-1", at(60), lambda s: street(goods=(0.3, 0.5, 0.6, 0.8)), 200)
    assert send(edge, plan_of(*cameras)).accepted
    (ended,) = endings(edge)
    assert (ended.episode_id, ended.reason, ended.ended_at, ended.seen_at) == (
        raised.episode_id,
        reason,
        at(60),
        at(60),
    )
    edge.step(200)
    assert not any(isinstance(alert, AlertCleared) for alert in edge.alerts())
    assert raised.episode_id not in {alert.episode_id for alert in edge.alerts()[1:]}


def test_a_camera_that_is_taken_out_tells_what_it_owes_and_sees_no_more(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    send(edge, plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")])))
    edge.step(60)
    command = Recheck(command_id=uuid7(START), camera_id="cam-new", zone_id="shop", violation="outdoor_display")
    edge.worker.obey(command)
    assert send(edge, plan_of(version=2), 2).accepted
    assert [(e.camera_id, e.reason) for e in endings(edge)] == [("cam-new", EndReason.CAMERA_REMOVED)]
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, RecheckAnswered)]
    assert (answer.command_id, answer.state) == (command.command_id, CameraState.LOST)
    assert edge.sources["cam-new"].closed
    before = len(edge.alerts())
    edge.step(300)
    assert {alert.camera_id for alert in edge.alerts()[before:]} == {"cam-1"}


def test_another_password_is_the_same_view(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    send(edge, plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")])))
    work, old = edge.worker.works["cam-new"], edge.sources["cam-new"]
    edge.step(60)
    edge.sources["cam-new"] = ScriptedSource("cam-new", START, shop, 300, _next_s=65)
    other = NEW.replace(SECRET, "another")
    assert send(edge, plan_of(CameraPlan(id="cam-new", address=other, zones=[zone("shop")]), version=2), 2).accepted
    assert old.closed
    assert edge.worker.works["cam-new"] is work
    edge.step(300)
    mine = [alert for alert in edge.alerts() if alert.camera_id == "cam-new"]
    assert [type(alert) for alert in mine] == [AlertRaised, AlertUpdated, AlertCleared]


def test_a_zone_taken_out_of_the_file_ends_at_the_next_start(make: Make) -> None:
    edge = make("cam-1", "cam-2")
    edge.step(60)
    edge.file_cameras = ["cam-1"]
    edge.restart()
    assert [(e.camera_id, e.reason) for e in endings(edge)] == [("cam-2", EndReason.CAMERA_REMOVED)]
    edge.restart()
    assert len(endings(edge)) == 1


def test_a_plan_with_mistakes_is_refused_whole_and_every_one_is_told(make: Make) -> None:
    edge = make("cam-1", "cam-new")
    digest = edge.worker.config.digest()
    twisted = [(0.1, 0.1), (0.2, 0.2), (0.3, 0.3), (0.9, 0.9)]
    ground = [{"image": point, "world_m": point} for point in twisted]
    answer = send(
        edge,
        plan_of(
            CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")]),
            CameraPlan(id="cam-9", zones=[zone(), zone()]),
            CameraPlan(id="cam-5", address="rtsp://8.8.8.8/1", zones=[zone(violations=["litter"])]),
            CameraPlan(id="cam-6", address="http://10.0.0.1/x", zones=[zone()]),
            CameraPlan(id="cam-7", address="/etc/passwd", zones=[zone()]),
            CameraPlan(id="cam-8", address="rtsp://10.0.0.1:22/x", zones=[zone()]),
            CameraPlan(id="cam-10", address="rtsp://10.0.0.1/a?password=x", zones=[zone()]),
        ),
        1,
        permit(),
    )
    assert not answer.accepted
    text = "\n".join(answer.problems)
    for field, why in (
        ("cameras[1].address", "own file has no camera"),
        ("cameras[1].zones[1].id", "an id of its own"),
        ("cameras[2].zones[0].violations[0]", "one of outdoor_display"),
        ("cameras[2].address", "8.8.8.8 is in no network"),
        ("cameras[3].address", "should be rtsp://"),
        ("cameras[4].address", "plays no files"),
        ("cameras[5].address", "port 22 is not one"),
        ("cameras[6].address", "rtsp://user:password@host/path"),
    ):
        assert any(f"plan 1: {field}" in line and why in line for line in answer.problems), (field, text)
    assert edge.worker.config.digest() == digest
    alone = plan_of(CameraPlan(id="cam-1", zones=[zone()], ground=ground), version=2)  # type: ignore[arg-type]
    assert "ground" in send(edge, alone, 2).problems[0]
    edge.restart()
    assert [c.id for c in edge.worker.config.cameras] == ["cam-1"]


def test_permits_hold_although_the_plan_beside_them_is_refused(make: Make) -> None:
    edge = make("cam-1")
    bad = plan_of(CameraPlan(id="cam-1", zones=[zone(violations=["litter"])]))
    answer = send(edge, bad, 1, permit())
    assert (answer.accepted, answer.plan_accepted) == (False, False)
    edge.step(60)
    assert edge.alerts() == [], "the goods stand within the permit"
    edge.restart()
    assert [p.id for p in edge.worker.works["cam-1"]._permits] == ["p-1"]


def test_a_plan_holds_although_the_permits_beside_it_are_refused(make: Make) -> None:
    edge = make("cam-1")
    plan = plan_of(CameraPlan(id="cam-1", zones=[zone("side")]))
    answer = send(edge, plan, 1, permit())
    assert (answer.accepted, answer.plan_accepted) == (False, True)
    assert answer.problems == ["permit p-1: camera cam-1 has no zone 'front'; it has side"]
    assert [z.id for z in edge.worker.config.camera("cam-1").zones] == ["side"]


def test_until_the_plan_is_there_its_permits_hold_already_and_it_is_asked_for_again(make: Make) -> None:
    edge = make("cam-1")
    plan = plan_of(CameraPlan(id="cam-1", zones=[zone(), zone("side")]))
    edge.http.bodies[f"/api/edges/{EDGE}/plan/1"] = plan.content
    edge.http.answers = [503]
    edge.worker.obey(wish(plan, 1, permit()))
    with pytest.raises(ServerUnreachable):
        edge.worker.errands.run_once()
    assert edge.worker.works["cam-1"]._permits
    assert edge.outbox() == []
    edge.worker.errands.run_once()
    assert edge.worker.orders.running.version == 1
    assert edge.outbox()[-1].message == ConfigApplied(version=1, plan_version=1, plan_accepted=True, accepted=True)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"{}", "hash to"), (None, "404")],
)
def test_a_plan_that_is_not_the_announced_one_or_not_there(make: Make, content: bytes | None, why: str) -> None:
    edge = make("cam-1")
    if content is not None:
        edge.http.bodies[f"/api/edges/{EDGE}/plan/1"] = content
    edge.worker.obey(wish(plan_of(CameraPlan(id="cam-1", zones=[zone("side")]))))
    edge.worker.errands.run_once()
    (answer,) = [e.message for e in edge.outbox() if isinstance(e.message, ConfigApplied)]
    assert not answer.accepted
    assert why in answer.problems[0]


@pytest.mark.parametrize("content", [b"", b"[]", b"nope", b'{"version": 2}', b'{"version": 1, "cameras": [7]}'])
def test_what_is_no_plan_is_refused(make: Make, content: bytes) -> None:
    edge = make("cam-1")
    assert not send(edge, Plan(1, content)).accepted


def test_an_edge_that_takes_no_plans_says_so_and_does_not_ask(make: Make) -> None:
    edge = make("cam-1")
    base = edge.worker.orders._base
    edge.worker.orders._base = base.model_copy(update={"plans": base.plans.model_copy(update={"accept": False})})
    answer = send(edge, plan_of(CameraPlan(id="cam-1", zones=[zone("side")])))
    assert answer.problems == ["this edge takes no plans (plans.accept in its own file)"]


def test_an_older_wish_changes_nothing(make: Make) -> None:
    edge = make("cam-1")
    send(edge, plan_of(CameraPlan(id="cam-1", zones=[zone("side")])), 5)
    answer = send(edge, None, 4)
    assert not answer.accepted
    assert "older" in answer.problems[0]
    assert edge.worker.orders.running.version == 1


def test_on_a_full_disk_nothing_has_changed(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = make("cam-1", "cam-new")
    plan = plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")]))
    edge.http.bodies[f"/api/edges/{EDGE}/plan/1"] = plan.content
    edge.worker.obey(wish(plan))

    def full(*_: object, **__: object) -> None:
        raise DiskFull(edge.folder, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(edge.worker.store, "commit", full)
        with pytest.raises(DiskFull):
            edge.worker.errands.run_once()
    assert list(edge.worker.works) == ["cam-1"]
    edge.worker.errands.run_once()
    assert list(edge.worker.works) == ["cam-1", "cam-new"]


def test_an_edge_without_cameras_waits_for_its_plan(make: Make) -> None:
    edge = make("cam-new")
    assert edge.worker.config.cameras == []
    send(edge, plan_of(CameraPlan(id="cam-new", address=NEW, zones=[zone("shop")])))
    edge.step(100)
    assert [alert.camera_id for alert in edge.alerts()] == ["cam-new"]
    assert edge.worker.publisher.identity.cameras == ["cam-new"]


def test_a_kept_plan_that_cannot_be_read_is_left_and_asked_for_again(make: Make) -> None:
    edge = make("cam-1")
    plan = plan_of(CameraPlan(id="cam-1", zones=[zone("side")]))
    send(edge, plan)
    edge.worker.store.commit([], facts={"plan": "{"})
    edge.restart()
    assert [z.id for z in edge.worker.config.camera("cam-1").zones] == ["front"]
    assert send(edge, plan).accepted
    assert [z.id for z in edge.worker.config.camera("cam-1").zones] == ["side"]


def test_what_was_watched_is_read_back() -> None:
    what = {"cam-1/front/outdoor_display": ("a", "b")}
    assert watched.from_text(watched.to_text(what)) == what
    assert watched.from_text(None) == watched.from_text("{") == watched.from_text('{"a": 1}') == {}
    assert json.loads(Plan(1, b"{}").to_text()) == {"version": 1, "content": "{}"}
