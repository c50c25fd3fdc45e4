from pathlib import Path

import pytest

from models.judging.kept import Kept
from models.judging.looking import Undecided
from models.judging.video import WHOLE, clip_rules, figures, watch, whole_ground
from tests.fakes.clips import write_clip
from tests.models.judging.hand import RED, in_hand, street


def test_the_ground_is_covered_once_whole_and_once_in_parts() -> None:
    zones = whole_ground().root["*"]
    assert zones[0].id == WHOLE
    areas = [abs((z.polygon[2][0] - z.polygon[0][0]) * (z.polygon[2][1] - z.polygon[0][1])) for z in zones]
    assert sum(areas[1:]) == pytest.approx(areas[0])


def test_clip_rules_have_short_times() -> None:
    rules = clip_rules(in_hand().rules, 20, 10)
    assert {rule.dwell_s for rule in rules.values()} == {20}


def watched(tmp_path: Path, goods: bool) -> dict:
    image = street()
    if goods:
        image[60:, 120:] = RED
    file = write_clip(tmp_path / "v.mp4", [image] * 60, rate=2, gop=2)
    return watch(file, None, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None)


def test_what_stands_all_the_time_is_an_alert_in_the_ground_and_in_parts_of_it(tmp_path: Path) -> None:
    said = figures([watched(tmp_path, goods=True)], ["outdoor_display", "exposed_muck"])
    display, soil = said["by_violation"]["outdoor_display"], said["by_violation"]["exposed_muck"]
    assert display["alerts"]["count"] == 1
    assert display["alerts_in_parts"] >= 2
    assert display["highest_score"] > 0.5
    assert (soil["alerts"]["count"], soil["alerts_in_parts"]) == (0, 0)
    assert said["seconds"] == pytest.approx(29, abs=1.1)


def test_an_empty_street_has_none(tmp_path: Path) -> None:
    said = figures([watched(tmp_path, goods=False)], ["outdoor_display"])
    assert said["by_violation"]["outdoor_display"]["alerts"]["count"] == 0


def test_a_file_that_is_no_video_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.mp4").write_bytes(b"nothing")
    with pytest.raises(Undecided, match=r"v\.mp4"):
        watch(tmp_path / "v.mp4", None, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None)
