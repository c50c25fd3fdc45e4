import json
from pathlib import Path
from typing import Any

import pytest

from models.judging.episode_truth import EPISODE_LEAVE_S, LEAVE_S, clips_in, read_clip
from models.judging.looking import Undecided

BUNDLED = Path(__file__).parents[3] / "datasets" / "clips"


def document(**changes: Any) -> dict[str, Any]:
    zone = {"id": "z", "polygon": [[0, 0], [1, 0], [1, 1]], "violations": ["outdoor_display"]}
    return {"clip": "a", "file": "a.mp4", "duration_s": 60, "zones": [zone], "acts": []} | changes


def written(folder: Path, **changes: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "truth.json").write_text(json.dumps(document(**changes)), encoding="utf-8")
    (folder / "a.mp4").write_bytes(b"video")
    return folder / "truth.json"


def test_the_bundled_clips_are_read() -> None:
    clips = clips_in([BUNDLED])
    assert {clip.truth.clip for clip in clips} >= {"street_goods", "site_muck", "street_clean"}
    assert all(clip.truth.leave == LEAVE_S and clip.truth.conditions == ["as bundled"] for clip in clips)


def test_an_episode_tells_its_conditions_and_is_given_time_to_pause(tmp_path: Path) -> None:
    told = {"kind": "pram", "light": "night", "effects": ["headlights", "headlights"]}
    truth = read_clip(written(tmp_path, episode=told)).truth
    assert truth.conditions == ["night", "headlights"]
    assert truth.leave == EPISODE_LEAVE_S
    assert read_clip(written(tmp_path, episode=told, leave_s=5)).truth.leave == 5


def test_a_folder_is_a_clip_or_has_clips(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "two")
    assert len(clips_in([tmp_path])) == 2
    assert len(clips_in([tmp_path / "one"])) == 1


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Undecided, match=r"truth\.json"):
        clips_in([tmp_path / "empty"])
    with pytest.raises(Undecided, match="duration_s"):
        read_clip(written(tmp_path, duration_s=0))
    file = written(tmp_path)
    (tmp_path / "a.mp4").unlink()
    with pytest.raises(Undecided, match=r"a\.mp4: missing"):
        read_clip(file)
