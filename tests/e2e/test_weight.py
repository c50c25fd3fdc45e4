"""What a page costs before it can be used: under 300 kB of script, gzipped, maps and charts not among it."""

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from server.web import build

ROUTER = build.SOURCES / "src" / "app" / "router.tsx"
LIMIT = 300_000
OFFICER_LIMIT, PARTY_LIMIT = 200_000, 130_000


@pytest.fixture(scope="module")
def built(screens: None) -> Path:
    return Path(os.environ.get("SHOUWEI_CONSOLE", build.BUILT))


@pytest.fixture(scope="module")
def chunks(built: Path) -> dict[str, Any]:
    return json.loads((built / "manifest.json").read_text(encoding="utf-8"))


def weight(built: Path, chunks: dict[str, Any], *keys: str) -> int:
    """Bytes (gzip) of the scripts that these chunks load at once; what they import later is not counted."""
    waiting, seen = list(keys), set[str]()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += chunks[key].get("imports", [])
    files = {chunks[key]["file"] for key in seen}
    return sum(len(gzip.compress((built / file).read_bytes(), 9)) for file in files if file.endswith(".js"))


def test_every_page_of_the_console(built: Path, chunks: dict[str, Any]) -> None:
    routed = set(re.findall(r'import\("\.\./(pages/[^"]+)"\)', ROUTER.read_text(encoding="utf-8")))
    pages = [f"src/{path}.tsx" for path in sorted(routed)]
    weights = {key: weight(built, chunks, "index.html", key) for key in pages}
    assert len(pages) > 15
    print({key.split("/")[2]: round(size / 1000) for key, size in sorted(weights.items(), key=lambda one: -one[1])})
    assert {key: size for key, size in weights.items() if size > LIMIT} == {}


def test_the_officers_and_the_partys_pages(built: Path, chunks: dict[str, Any]) -> None:
    assert weight(built, chunks, "officer.html") < OFFICER_LIMIT
    assert weight(built, chunks, "party.html") < PARTY_LIMIT


def test_maps_and_charts_come_later(built: Path, chunks: dict[str, Any]) -> None:
    heavy = [key for key in chunks if "maplibre" in key or "echarts" in key]
    assert heavy
    for key in ("index.html", "officer.html", "party.html"):
        at_once = weight(built, chunks, key)
        assert at_once < weight(built, chunks, key, *heavy) - 100_000
