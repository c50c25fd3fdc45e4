"""A manifest says where pictures came from and counts them."""

from __future__ import annotations

import json
from pathlib import Path

from datasets.scenes.families import FIRST_HELD_OUT_SEED
from datasets.scenes.manifest import commit_of, summarise, write_manifest


def picture(seed: int, name: str, kind: str = "site") -> dict[str, object]:
    plan = {"wet": 0.5, "layout": "yard"} if kind == "site" else {"wet": 0.0}
    return {
        "seed": seed,
        "kind": kind,
        "layout": {"plan": plan},
        "conditions": {"name": name},
        "boxes": [{"label": "net"}],
    }


def test_counts_by_condition_side_and_layout() -> None:
    got = summarise([picture(1, "day"), picture(1, "night"), picture(FIRST_HELD_OUT_SEED, "day", "street")])
    assert got["by_condition"] == {"day": 2, "night": 1}
    assert got["by_side"] == {"held_out": 1, "train": 2}
    assert got["by_layout"] == {"site/yard": 2, "street": 1}
    assert got["wet"] == 2
    assert got["boxes"] == {"net": 3}


def test_a_manifest_names_generator_and_seeds(tmp_path: Path) -> None:
    for k, seed in enumerate((7, 9)):
        (tmp_path / f"{k:05d}.json").write_text(json.dumps(picture(seed, "rain")))
        done = {"seed": seed, "kind": "site", "pictures": [k], "seconds": 4.0}
        (tmp_path / f"scene_{seed:06d}.done").write_text(json.dumps(done))
    out = tmp_path / "m" / "a.json"
    write_manifest(tmp_path, out, "abc123")
    doc = json.loads(out.read_text())
    assert doc["generator"] == "abc123"
    assert doc["seeds"] == [7, 9]
    assert doc["seconds_per_picture"] == 4.0
    assert doc["layouts"][0]["layout"]["plan"]["wet"] == 0.5


def test_the_commit_of_a_snapshot_of_a_checkout_and_of_neither(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == "unknown"
    git = tmp_path / ".git" / "refs" / "heads"
    git.mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "main").write_text("f00d\n")
    assert commit_of(tmp_path) == "f00d"
    (tmp_path / "COMMIT").write_text("beef\n")
    assert commit_of(tmp_path) == "beef"
