from pathlib import Path

from models.judging import camvid, roadside, video
from models.judging.episode_truth import Act, Clip, Truth
from models.judging.episodes import JudgedClip, figures, true_acts
from models.judging.matching import FoundAlert, match
from models.report import clips, real_sets
from models.report.blocks import Keys, html

ZONE = {"id": "z", "polygon": [[0, 0.4], [1, 0.4], [1, 1]], "violations": ["outdoor_display"]}


def judged(found: bool) -> JudgedClip:
    act = Act.model_validate({"zone": "z", "violation": "outdoor_display", "from_s": 20, "area_m2": 4.0})
    truth = Truth.model_validate({"clip": "a", "file": "a.mp4", "duration_s": 100, "zones": [ZONE], "acts": [act]})
    alerts = [FoundAlert("z", "outdoor_display", 21, 42, None, areas_m2=(5.0,))] if found else []
    clip = Clip(folder=Path("."), video=Path("a.mp4"), truth=truth)
    return JudgedClip(clip, match(true_acts(truth), alerts, 20), True, 3600.0)


def marks(keys: Keys) -> dict[str, bool | None]:
    return {key.label.partition(": ")[2]: key.good for key in keys.keys}


def test_a_found_act_reaches_its_marks_and_a_missed_one_does_not() -> None:
    (_, good, *_) = clips.episode_blocks(figures([judged(found=True)]))
    (_, bad, *_) = clips.episode_blocks(figures([judged(found=False)]))
    assert isinstance(good, Keys)
    assert isinstance(bad, Keys)
    assert all(marks(good).values())
    assert marks(bad)["recall"] is False
    assert marks(bad)["precision"] is None, "no alert, no precision"


def test_every_clip_has_its_line() -> None:
    said = figures([judged(found=True), judged(found=False)])
    table = clips.clip_table(said["by_clip"])
    assert [list(row[2:7]) for row in table.rows] == [["1", "1", "0", "0", "+2"], ["1", "0", "1", "0", "–"]]
    assert table.rows[0][7] == "5.0 / 4.0"


def test_sections_of_nothing_can_be_written() -> None:
    for blocks in (
        [real_sets.roadside_keys(roadside.figures([])), *real_sets.roadside_tables(roadside.figures([]))],
        real_sets.camvid_blocks(camvid.figures([])),
        real_sets.video_blocks(video.figures([], ["outdoor_display"])),
        clips.clean_blocks(figures([judged(found=True)])),
    ):
        assert all(html(block) for block in blocks)
