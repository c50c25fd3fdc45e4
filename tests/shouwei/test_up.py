"""`shouwei up` names every mistake before it starts anything."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from shouwei.up import UpInvalid, read, up_app


def test_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    file = tmp_path / "box.yaml"
    file.write_text("server: s.yaml\nedge: /etc/e.yaml\n")
    assert read(file).server == tmp_path / "s.yaml"
    assert read(file).edge == Path("/etc/e.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [("server: s.yaml\n", "edge"), ("server: s\nedge: e\nbroker: x\n", "broker"), ("a: [", "box.yaml"), ("", "server")],
)
def test_mistakes_are_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "box.yaml"
    file.write_text(text)
    with pytest.raises(UpInvalid, match=says):
        read(file)


def test_a_broken_edge_file_stops_it_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "box.yaml").write_text("server: s.yaml\nedge: e.yaml\n")
    (tmp_path / "s.yaml").write_text("data_dir: data\n")
    (tmp_path / "e.yaml").write_text("edge_id: BAD ID\n")
    done = CliRunner().invoke(up_app, ["--config", str(tmp_path / "box.yaml")])
    assert done.exit_code == 1
    assert "e.yaml" in done.output
    assert "edge_id" in done.output
    assert "cameras" in done.output
