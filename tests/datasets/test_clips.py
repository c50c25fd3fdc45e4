"""The bundled clips agree with their truth files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from datasets.scenes import validate

CLIPS = Path(__file__).parents[2] / "datasets" / "clips"
NAMES = ("street_goods", "street_permit", "site_muck", "street_clean", "street_turned")


@pytest.fixture(params=NAMES)
def folder(request: pytest.FixtureRequest) -> Path:
    return CLIPS / str(request.param)


def truth_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def test_clip_is_sound(folder: Path) -> None:
    pytest.importorskip("av")
    assert validate.check_clip(folder) == []


def test_truth_names_the_file_and_its_hash(folder: Path) -> None:
    truth = truth_of(folder)
    assert truth["clip"] == folder.name
    assert hashlib.sha256((folder / truth["file"]).read_bytes()).hexdigest() == truth["sha256"]


def test_all_clips_together_are_under_40_mb() -> None:
    assert sum((CLIPS / n / f"{n}.mp4").stat().st_size for n in NAMES) < 40e6


def test_nothing_happens_on_the_clean_streets() -> None:
    for name in ("street_clean", "street_turned"):
        assert truth_of(CLIPS / name)["acts"] == []


def test_only_the_turned_camera_has_a_health_fact() -> None:
    assert {n for n in NAMES if truth_of(CLIPS / n)["health"]} == {"street_turned"}


def test_states_show_the_acts(folder: Path) -> None:
    """While an act lasts the measured share is clearly above what it is when the zone is in order."""
    truth = truth_of(folder)
    share = {"outdoor_display": "covered_share", "exposed_muck": "soil_share"}
    for act in truth["acts"]:
        name = share[act["violation"]]
        during = [s[name] for s in truth["states"] if s["from_s"] == act["from_s"]]
        least = min(s[name] for s in truth["states"])
        assert during
        assert during[0] > least + 0.05
