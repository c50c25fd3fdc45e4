"""The pages to take pictures of: each room lists its own in a module here, under the name SCREENS."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.e2e.city import LivedIn


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it. `path` may hold `{case:KEY}` and `{subject:KEY}`, ids by the place's key.

    `prepare` brings the opened page into the state to be shown. `ready`: a CSS selector of what must then be there.
    `first`: a selector to wait for before `prepare`. `sizes`: desk 1280x800, phone 390x844, wall 1920x1080.
    """

    name: str
    role: str
    path: str
    ready: str
    prepare: "Callable[[Page, LivedIn], None] | None" = None
    sizes: tuple[str, ...] = ("desk", "phone")
    first: str = ""


def every() -> list[Screen]:
    """All screens, by name."""
    rooms = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return sorted((screen for room in rooms for screen in room.SCREENS), key=lambda screen: screen.name)
