"""Every page that there is: opens in both languages, on desk and phone, with nothing refused, nothing failed, nothing
serious for those who cannot see or use a mouse, and nothing wider than the window.
"""

import re
from pathlib import Path

import pytest

from tests.e2e import screens
from tests.e2e.browser import People
from tests.e2e.screens import Screen
from tests.e2e.tour import opened

EVERY = screens.every()
ROUTER = Path(__file__).resolve().parents[2] / "server" / "console" / "src" / "app" / "router.tsx"
WAYS = [("zh-CN", "desk"), ("en", "phone")]


def test_every_path_of_the_console_is_among_the_screens() -> None:
    paths = re.findall(r'page\(\s*"(/[^"]*)"', ROUTER.read_text(encoding="utf-8"))
    shown = [screen.path.partition("?")[0].removeprefix("/console") for screen in EVERY]
    missing = [path for path in paths if not any(re.fullmatch(_as_pattern(path), one) for one in shown)]
    assert len(paths) > 15
    assert missing == []


def _as_pattern(path: str) -> str:
    return re.sub(r"\$\w+", "[^/]+", path)


@pytest.mark.parametrize(("lang", "size"), WAYS)
@pytest.mark.parametrize("screen", EVERY, ids=lambda screen: screen.name)
def test_opens_well(people: People, screen: Screen, lang: str, size: str) -> None:
    page = opened(people, screen, lang, size if size in screen.sizes else screen.sizes[0])
    wide, window = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert wide <= window, f"{wide} px wide in a window of {window}"
    people.expects(page, "api/me: 401", "api/party/visits: 401")
    people.clean(page)
