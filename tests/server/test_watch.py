"""The history's own round: one anchor a day, told once; a bad file stops nothing."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from server import anchor
from server.clock import ManualClock
from server.db import Database
from server.notify.tables import Notice
from server.watch import Watch
from tests.server.doors import Doors


def told(database: Database) -> list[Notice]:
    with database.session_scope(write=False) as session:
        return list(session.exec(select(Notice).where(Notice.template == "anchor")))


def test_one_anchor_a_day_told_once_also_after_a_restart(
    database: Database, clock: ManualClock, doors: Doors, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "anchors.jsonl"
    doors.edge()  # writes into the audit log
    for _ in range(3):
        Watch(database, clock, file).round()
    assert len(anchor.read(file)) == len(told(database)) == 1
    clock.advance(timedelta(days=1))
    Watch(database, clock, file).round()
    assert len(anchor.read(file)) == 2
    newest = told(database)[-1]
    assert (newest.to, newest.facts["seq"]) == ("role:legal", anchor.read(file)[-1].audit.number)


def test_a_bad_file_is_logged_and_left_alone(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    file.write_text("not an anchor\n")
    Watch(database, clock, file).round()
    assert file.read_text() == "not an anchor\n"
    assert told(database) == []
