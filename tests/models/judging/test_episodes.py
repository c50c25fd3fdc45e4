import json
from pathlib import Path
from typing import Any

import pytest

from models.judging.episode_truth import Act, Clip, Truth, read_clip
from models.judging.episodes import JudgedClip, figures, health_right, judge_clip, spread, true_acts
from models.judging.kept import Kept
from models.judging.matching import FoundAlert, match
from tests.fakes.clips import write_clip
from tests.models.judging.hand import RED, in_hand, street

RULES = Path(__file__).parents[3] / "configs" / "violations"
ZONE = {"id": "z", "polygon": [[0, 0.4], [1, 0.4], [1, 1], [0, 1]], "violations": ["outdoor_display"]}


def truth(**changes: Any) -> Truth:
    return Truth.model_validate({"clip": "a", "file": "a.mp4", "duration_s": 100, "zones": [ZONE]} | changes)


def act(**changes: Any) -> Act:
    return Act.model_validate({"zone": "z", "violation": "outdoor_display", "from_s": 20} | changes)


def test_ends_that_the_truth_leaves_open_are_the_clips() -> None:
    (one,) = true_acts(truth(acts=[act()]))
    assert (one.begin_s, one.full_s, one.end_s) == (20, 20, 100)
    (two,) = true_acts(truth(acts=[act(begin_s=10, to_s=50, end_s=58)]))
    assert (two.begin_s, two.full_s, two.end_s) == (10, 20, 58)
    (bundled,) = true_acts(truth(acts=[act(to_s=50)]))
    assert bundled.end_s == 50


def test_the_last_of_it_may_stay_though_some_is_taken_in() -> None:
    (one,) = true_acts(truth(acts=[act(begin_s=10, to_s=50, end_s=None)]))
    assert one.end_s == 100


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ([], False),
        ([{"state": "moved", "at_s": 33.0}], True),
        ([{"state": "moved", "at_s": 60.0}], False),
        ([{"state": "moved", "at_s": 33.0}, {"state": "black", "at_s": 40.0}], False),
        ([{"state": "ok", "at_s": 0.0}, {"state": "moved", "at_s": 33.0}, {"state": "lost", "at_s": 100.0}], True),
    ],
)
def test_health_must_come_out_as_it_was(told: list[dict[str, Any]], right: bool) -> None:
    assert health_right(truth(health=[{"state": "moved", "from_s": 31}]), told) is right


def judged(alerts: list[FoundAlert], light: str, acts: list[Act]) -> JudgedClip:
    said = truth(acts=acts, episode={"light": light})
    clip = Clip(folder=Path("."), video=Path("a.mp4"), truth=said)
    return JudgedClip(clip, match(true_acts(said), alerts, said.dwell_s), True, 1800.0)


def test_figures_are_by_violation_and_by_condition() -> None:
    good = FoundAlert("z", "outdoor_display", 21, 45, None, areas_m2=(6.0,))
    false = FoundAlert("z", "outdoor_display", 30, 50, 60)
    said = figures(
        [judged([good], "day", [act(area_m2=5.0)]), judged([false], "night", []), judged([], "night", [act()])]
    )
    display = said["by_violation"]["outdoor_display"]
    assert (display["found"], display["missed"], display["false"]) == (1, 1, 1)
    assert display["false_per_hour"]["value"] == pytest.approx(1 / 1.5, abs=1e-3)
    assert display["delay_s"]["median"] == 5
    assert display["area_error"]["median"] == pytest.approx(0.2)
    assert display["by_condition"]["day"]["recall"]["value"] == 1.0
    assert display["by_condition"]["night"]["precision"]["value"] == 0.0
    assert display["by_kind"]["bundled"]["clips"] == 3
    assert said["hours"] == 1.5


def test_spread_of_nothing() -> None:
    assert spread([]) == {"count": 0, "median": None, "p90": None}
    assert spread([1, 2, 9])["median"] == 2


def test_a_clip_goes_through_a_whole_edge(tmp_path: Path) -> None:
    """Goods come at 10 s and stay: the edge's own messages tell when it was raised and how large the ground is."""
    empty, full = street(), street()
    full[100:150, 80:240] = RED
    frames = [empty if n < 20 else full for n in range(100)]
    write_clip(tmp_path / "a.mp4", frames, rate=2, gop=2)
    corners = [([0.1, 0.5], [0.0, 0.0]), ([0.9, 0.5], [8.0, 0.0]), ([0.9, 0.9], [8.0, 4.0]), ([0.1, 0.9], [0.0, 4.0])]
    points = [{"image": image, "world_m": world} for image, world in corners]
    told = {
        "clip": "a", "file": "a.mp4", "duration_s": 50, "zones": [ZONE], "ground": {"points": points},
        "acts": [{"zone": "z", "violation": "outdoor_display", "from_s": 10, "area_m2": 13.9}],
    }  # fmt: skip
    (tmp_path / "truth.json").write_text(json.dumps(told), encoding="utf-8")
    kept, seen = Kept(tmp_path / "kept", ""), list[str]()
    one = judge_clip(read_clip(tmp_path / "truth.json"), in_hand(), kept, 1.0, RULES, seen.append)
    ((_, alert),) = one.matched.found
    assert one.matched.false == []
    assert alert.began_s == pytest.approx(10, abs=1.1)
    assert alert.raised_s == pytest.approx(30, abs=1.6)
    assert alert.cleared_s is None
    assert alert.areas_m2
    again = judge_clip(read_clip(tmp_path / "truth.json"), in_hand(), kept, 1.0, RULES, seen.append)
    assert again.matched == one.matched
    assert kept.found == 1
