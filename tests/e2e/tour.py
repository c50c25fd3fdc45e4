"""`python -m tests.e2e.tour docs/screens [NAME…]`: a picture of every page, in both languages, on desk and phone.

The pictures are WebP at quality 62, named NAME-LANGUAGE-SIZE.webp, and the index README.md lists them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import Page, expect

from server.web import build
from tests.e2e import screens
from tests.e2e.browser import SIZES, People, chromium
from tests.e2e.city import LivedIn, live
from tests.e2e.screens import Screen

LANGUAGES = {"zh-CN": "zh", "en": "en"}
QUALITY = 62
SETTLE_MS = 600


def opened(people: People, screen: Screen, lang: str, size: str, theme: str = "light") -> Page:
    """The page as the screen describes it, ready to be looked at."""
    city = people.city
    path = screen.path
    for kind, ids in (("case", city.cases), ("subject", city.subjects)):
        for key, value in ids.items():
            path = path.replace(f"{{{kind}:{key}}}", value)
    context = people.context(screen.role, lang, size, color_scheme=theme)
    page = people.open(context, path)
    if screen.first:
        page.locator(screen.first).first.wait_for()
    if screen.prepare is not None:
        screen.prepare(page, city)
    expect(page.locator(screen.ready).first).to_be_visible(timeout=20_000)
    return page


def take(people: People, screen: Screen, lang: str, size: str, folder: Path, theme: str = "light") -> Path:
    """One picture, written into `folder`; where it lies."""
    page = opened(people, screen, lang, size, theme)
    page.wait_for_timeout(SETTLE_MS)
    shot = cv2.imdecode(np.frombuffer(page.screenshot(animations="disabled"), np.uint8), cv2.IMREAD_COLOR)
    page.context.close()
    assert shot is not None
    width, height = SIZES[size]
    small = cv2.resize(shot, (width, height), interpolation=cv2.INTER_AREA)
    dark = "-dark" if theme == "dark" else ""
    file = folder / f"{screen.name}-{LANGUAGES[lang]}-{size}{dark}.webp"
    cv2.imwrite(str(file), small, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    return file


def index(folder: Path, every: list[Screen]) -> None:
    """The page that lists the pictures."""
    made = "Made by `python -m tests.e2e.tour docs/screens` on the small made-up city of the tests."
    lines = ["# Every page", "", made, ""]
    for screen in every:
        lines += [f"## {screen.name}", "", f"`{screen.path}`, seen by {screen.role or 'anybody'}", ""]
        names = [f"{screen.name}-{lang}-{size}" for size in screen.sizes for lang in LANGUAGES.values()]
        lines += [" ".join(f'<img src="{name}.webp" alt="{name}" height="300">' for name in names), ""]
    (folder / "README.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these screens")
    parser.add_argument("--dark", action="store_true", help="in the dark theme")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="only this language")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if "SHOUWEI_CONSOLE" not in os.environ and build.is_stale():
        build.build()
    every = screens.every()
    wanted = [screen for screen in every if not options.names or screen.name in options.names]
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        kept = live(Path(work) / "past")
        with LivedIn(kept, Path(work) / "running") as city, chromium() as browser:
            for screen in wanted:
                for size in screen.sizes:
                    for lang in [options.lang] if options.lang else LANGUAGES:
                        people = People(browser, city)
                        try:
                            print(take(people, screen, lang, size, options.folder, "dark" if options.dark else "light"))
                        except Exception as error:  # one page that fails must not hide the others
                            failed.append(f"{screen.name} {lang} {size}: {str(error).splitlines()[0]}")
                        finally:
                            people.close()
    if not options.names and not options.dark:
        index(options.folder, every)
    print("\n".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
