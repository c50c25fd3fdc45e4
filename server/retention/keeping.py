"""The round once a day, after the hour of the settings: a chore of the sweeper."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from server.notify.templates import LOCAL
from server.retention.service import Retention
from server.retention.tables import RetentionRun

LEFT_OVER = timedelta(days=1)


class RetentionChore:
    """Runs a round when none has run this local day; clears exported files that a crash left behind."""

    def __init__(self, retention: Retention, exports: Path) -> None:
        self._retention, self._exports = retention, exports
        self._asked: datetime | None = None

    def __call__(self) -> None:
        """Look at most once a minute."""
        now = self._retention.clock.now()
        local = now.astimezone(LOCAL)
        if local.hour < self._retention.settings.hour:
            return
        if self._asked is not None and self._asked <= now < self._asked + timedelta(minutes=1):
            return
        self._asked = now
        with self._retention.database.session_scope(write=False) as session:
            done = select(RetentionRun.id).where(RetentionRun.day == local.date(), col(RetentionRun.by) == "系统")
            if session.exec(done).first() is not None:
                return
        self._retention.run()
        self._clear(now)

    def _clear(self, now: datetime) -> None:
        for file in self._exports.glob("*.*") if self._exports.is_dir() else ():
            if file.stat().st_mtime < (now - LEFT_OVER).timestamp():
                file.unlink(missing_ok=True)
