"""The judge must be able to say no: every way in which a clip can come out wrong is named."""

import pytest

from edge.contracts.taxonomy import CameraState, PermitRelation
from shouwei.demo.judge import FoundAlert, FoundHealth, judge
from shouwei.demo.truth import Truth

DWELL, LEAVE = 20.0, 10.0


def truth(**changes: object) -> Truth:
    corner = [(0.1, 0.5), (0.9, 0.5), (0.9, 0.9), (0.1, 0.9)]
    fields: dict[str, object] = {
        "clip": "c",
        "version": 1,
        "file": "c.mp4",
        "duration_s": 120,
        "ground": {"points": [{"image": p, "world_m": p} for p in corner]},
        "zones": [{"id": "z", "polygon": corner, "violations": ["outdoor_display"]}],
        "acts": [{"zone": "z", "violation": "outdoor_display", "from_s": 30, "to_s": 90}],
    }
    return Truth.model_validate({**fields, **changes})


def alert(**changes: object) -> FoundAlert:
    fields: dict[str, object] = {
        "id": "a",
        "zone": "z",
        "violation": "outdoor_display",
        "permit": PermitRelation.NONE,
        "raised_s": 51.0,
        "cleared_s": 101.0,
    }
    return FoundAlert(**{**fields, **changes})  # type: ignore[arg-type]


def test_right_when_raised_and_cleared_in_time() -> None:
    assert judge(truth(), [alert()], [], DWELL, LEAVE).right


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([], "missed"),
        ([alert(raised_s=29.0)], "missed"),  # before it was there
        ([alert(raised_s=70.0)], "missed"),  # too late
        ([alert(zone="y")], "missed"),
        ([alert(permit=PermitRelation.EXCEEDED)], "missed"),
        ([alert(violation="exposed_muck")], "false"),
        ([alert(), alert(raised_s=52.0)], "false"),  # the same act twice
        ([alert(cleared_s=None)], "never cleared"),
        ([alert(cleared_s=60.0)], "cleared at 60 s"),
        ([alert(cleared_s=118.0)], "cleared at 118 s"),
    ],
)
def test_every_way_to_be_wrong_is_named(found: list[FoundAlert], says: str) -> None:
    verdict = judge(truth(), found, [], DWELL, LEAVE)
    assert not verdict.right
    assert any(says in problem for problem in verdict.problems)


def test_an_act_that_outlasts_the_clip_must_not_be_cleared() -> None:
    stays = truth(acts=[{"zone": "z", "violation": "outdoor_display", "from_s": 30}])
    assert judge(stays, [alert(cleared_s=None)], [], DWELL, LEAVE).right
    assert not judge(stays, [alert(cleared_s=80.0)], [], DWELL, LEAVE).right


def test_a_clean_clip_with_any_alert_is_wrong() -> None:
    assert judge(truth(acts=[]), [], [], DWELL, LEAVE).right
    assert judge(truth(acts=[]), [alert()], [], DWELL, LEAVE).problems[0].startswith("false")


@pytest.mark.parametrize(
    ("health", "right"),
    [
        ([FoundHealth(CameraState.MOVED, 33.0)], True),
        ([FoundHealth(CameraState.MOVED, 33.0), FoundHealth(CameraState.OK, 55.0)], True),
        ([], False),
        ([FoundHealth(CameraState.MOVED, 45.0)], False),
        ([FoundHealth(CameraState.BLURRED, 33.0)], False),
        ([FoundHealth(CameraState.MOVED, 33.0), FoundHealth(CameraState.BLACK, 50.0)], False),
    ],
)
def test_the_cameras_health_is_judged_too(health: list[FoundHealth], right: bool) -> None:
    turned = truth(acts=[], health=[{"state": "moved", "from_s": 30}])
    assert judge(turned, [], health, DWELL, LEAVE).right is right
