"""The small city that pages are opened on: lived through once, kept as a folder, started anew for each test module."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.e2e.clock import ShiftedClock
from tests.e2e.past import Past
from tests.stories.city import NAMES, City, Somebody

PEOPLE = NAMES | {
    "superv": "值班长 何静",
    "seat2": "坐席 许宁",
    "auditor": "司法监督 方正",
    "grid": "网格员 田野",
}
AGO = timedelta(days=10) - timedelta(minutes=42)
"""The past takes nine days, 23 hours and ten minutes: what it left is some minutes old."""


@dataclass(frozen=True)
class Kept:
    """A city that was lived in and shut down: its folder, its people, its cases and subjects by the place's key."""

    folder: Path
    people: dict[str, Somebody]
    cases: dict[str, str]
    subjects: dict[str, str]


def live(folder: Path) -> Kept:
    """Live through the past in a new folder. Takes some seconds."""
    clock = ShiftedClock(-AGO)
    with City(folder, clock.now(), names=PEOPLE, clock=clock, public_url=None) as city:
        past = Past(city)
        past.live()
        return Kept(folder, dict(city.people), past.cases, past.subjects)


class LivedIn(City):
    """A copy of a kept city, running now. `cases` and `subjects` are ids by the place's key."""

    def __init__(self, kept: Kept, folder: Path) -> None:
        shutil.copytree(kept.folder, folder, dirs_exist_ok=True)
        clock = ShiftedClock(timedelta(0))
        super().__init__(folder, clock.now(), names=PEOPLE, clock=clock, public_url=None)
        self.people, self.cases, self.subjects = dict(kept.people), dict(kept.cases), dict(kept.subjects)

    def login_code(self, who: str) -> str:
        """A one-time code with which somebody opens the pages."""
        return self.post(who, "/api/me/login-links")["url"].partition("#login=")[2]
