"""The wheel carries the built screens: installed elsewhere, without sources and without Node, the server shows them."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from server.web import build

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import sys
from pathlib import Path
import server
from fastapi.testclient import TestClient
from server.app import create_app
from server.config import ServerSettings
from server.db import Database

data = Path(sys.argv[1])
data.mkdir()
settings = ServerSettings(data_dir=data)
database = Database(settings.url)
database.create_all()
client = TestClient(create_app(settings, database=database))
print(server.__file__)
page = client.get("/console/review")
print(page.status_code)
print(page.text)
for path in sys.stdin.read().split():
    print(path, client.get(path).status_code)
database.close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if build.is_stale():
        build.build()
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.integration
def test_it_carries_what_is_built_and_not_what_it_was_built_from(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    for page in ("index", "officer", "party"):
        assert f"server/web/console/{page}.html" in names
    assert sum(name.startswith("server/web/console/assets/") for name in names) > 30
    assert [name for name in names if name.startswith("server/console/") or "node_modules" in name] == []
    assert "configs/calendar.yaml" in names


@pytest.mark.integration
def test_installed_elsewhere_it_serves_the_screens(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)
        page = packed.read("server/web/console/index.html").decode()
    needed = re.findall(r"""(?:src|href)=["'](/console/assets/[^"']+)""", page)
    assert needed
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "data")],
        cwd=place, input="\n".join(needed), text=True, capture_output=True, check=True, timeout=100,
    )  # fmt: skip
    where, status, *rest = done.stdout.splitlines()
    assert Path(where).is_relative_to(place), "not the packages of this checkout"
    assert status == "200"
    assert [line for line in rest if line.startswith("/console/assets/")] == [f"{path} 200" for path in needed]
