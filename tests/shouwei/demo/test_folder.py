"""The demonstration empties its own folder and nobody else's."""

from pathlib import Path

import pytest

from shouwei.demo.cli import FolderTaken, emptied


def test_an_older_demonstration_goes_and_clips_of_peoples_own_stay(tmp_path: Path) -> None:
    for name in ("edge.yaml", "server/server.db", "clips/mine.mp4"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    emptied(tmp_path)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["clips", "clips/mine.mp4"]
    emptied(tmp_path)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(FolderTaken, match="holds other things"):
        emptied(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
