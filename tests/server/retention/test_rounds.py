"""What is due is listed, waits, and goes with a tombstone; what is open, held or used elsewhere stays; crashes heal."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from server.alerts.tables import AlertReport, AlertThumbnail
from server.auth.person import SYSTEM
from server.cases.tables import Case, CaseStep
from server.checks import files
from server.documents.tables import Pledge
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.notify.tables import Notice
from server.retention import holds
from server.retention.keeping import RetentionChore
from server.retention.service import Retention, gone
from server.retention.settings import RetentionSettings
from server.retention.tables import DueFile, RetentionRun, Tombstone
from tests.server.retention.conftest import Archive

WEEK = timedelta(days=8)


def names(archive: Archive, table: Any = DueFile) -> set[str]:
    with archive.database.session_scope(write=False) as session:
        return set(session.exec(select(table.sha256)))


def both_rounds(archive: Archive) -> RetentionRun:
    """List, wait, delete."""
    archive.retention.run()
    archive.clock.advance(WEEK)
    return archive.retention.run()


def test_listed_first_then_gone_with_a_tombstone_and_the_rows_stay(archive: Archive) -> None:
    case_id, name = archive.matter("A3", 100, "old")
    alert_id = archive.alert(case_id, 100)
    report = archive.thumbnail(alert_id)
    first = archive.retention.run()
    assert (first.due, first.listed, first.deleted) == (1, 1, 0)
    assert archive.store.has(name)
    archive.clock.advance(timedelta(days=6))
    assert archive.retention.run().deleted == 0, "people have a week to look"
    archive.clock.advance(timedelta(days=2))
    second = archive.retention.run()
    assert (second.deleted, second.deleted_bytes) == (1, 3)
    assert not archive.store.has(name)
    with archive.database.session_scope(write=False) as session:
        stones = {stone.what: stone for stone in session.exec(select(Tombstone))}
        assert stones.keys() == {"file", "thumbnail"}
        assert (stones["file"].sha256, stones["file"].rule, stones["file"].days) == (name, "false_alarm", 90)
        assert f"case:{case_id}" in stones["file"].matters
        assert session.get(AlertThumbnail, report) is None
        assert session.get(AlertReport, report) is not None, "the report stays, without its picture"
        assert session.exec(select(EvidenceLink.sha256)).all() == [name], "the hash stays"
        assert gone(session) == {name}
        told = session.exec(select(Notice).where(Notice.template == "retention_listed")).one()
        assert told.to == "role:legal"


@pytest.mark.parametrize(
    ("state", "days", "rule"),
    [
        ("A3", 91, "false_alarm"), ("A2", 91, "suppressed"), ("C1", 1827, "exemption"), ("C3", 3654, "penalty"),
        ("C2", 1827, "case"), ("V", 1827, "case"),
    ],
)  # fmt: skip
def test_each_class_has_its_term(archive: Archive, state: str, days: int, rule: str) -> None:
    _, over = archive.matter(state, days, "over")
    archive.matter(state, days - 2, "under")
    archive.retention.run()
    assert names(archive) == {over}
    with archive.database.session_scope(write=False) as session:
        assert session.exec(select(DueFile.rule)).one() == rule


def test_put_right_after_the_reminder_is_a_class_of_its_own(archive: Archive) -> None:
    case_id, name = archive.matter("A2", 181, "a")
    archive.step(case_id, 1, "W0", "A2")
    other, _ = archive.matter("A2", 120, "b")
    archive.step(other, 1, "W0", "A2")
    archive.retention.run()
    assert names(archive) == {name}


def test_an_open_case_keeps_everything_however_old(archive: Archive) -> None:
    for state in ("A1", "W6", "L8", "W9"):
        archive.matter(state, None, state)
    assert both_rounds(archive).due == 0


def test_a_file_used_by_another_matter_stays_until_that_is_over_too(archive: Archive) -> None:
    _, name = archive.matter("A3", 100, "shared")
    later = archive.case("C1", 100)
    archive.file("shared", 100, archive.alert(later, 100))
    assert both_rounds(archive).due == 0
    assert archive.store.has(name)


def test_a_case_split_off_or_merged_keeps_what_it_shares(archive: Archive) -> None:
    parent, split = archive.matter("A3", 100, "split")
    archive.case("W6", None, sibling_of=parent)
    child, merged = archive.matter("A3", 100, "merged", merged_into=archive.case("L1", None))
    assert both_rounds(archive).due == 0
    assert archive.store.has(split)
    assert archive.store.has(merged)
    assert child


def test_a_photo_in_a_step_or_a_pledge_counts_as_used(archive: Archive) -> None:
    step, pledge = archive.file("photo", 4000), archive.file("pledge", 4000)
    case_id = archive.case("W6", None)
    archive.step(case_id, 1, "W4", "W6", photos=[step])
    with archive.database.session_scope() as session:
        session.add(
            Pledge(id=uuid4(), case_id=case_id, subject_id=archive.shop, text="x", signed_at=archive.clock.now(),
                   signed_by="x", photos=[pledge], recorded_by=uuid4(), recorded_at=archive.clock.now())
        )  # fmt: skip
    loose = archive.file("loose", 31)
    archive.file("new", 29)
    archive.retention.run()
    assert names(archive) == {loose}, "only what nothing refers to"


@pytest.mark.parametrize("kind", ["case", "subject", "evidence"])
def test_a_hold_keeps_it_even_after_listing_and_a_release_lets_it_go(archive: Archive, kind: Any) -> None:
    case_id, name = archive.matter("A3", 100, "held")
    archive.retention.run()
    target = {"case": str(case_id), "subject": str(archive.shop), "evidence": name}[kind]
    with archive.database.session_scope() as session:
        hold = holds.place(session, SYSTEM, kind, target, "诉讼中", archive.clock.now()).id
    archive.clock.advance(WEEK)
    assert archive.retention.run().deleted == 0
    assert archive.store.has(name)
    assert names(archive) == set(), "it left the list"
    with archive.database.session_scope() as session:
        holds.release(session, SYSTEM, hold, "诉讼终结", archive.clock.now())
    assert both_rounds(archive).deleted == 1


def test_a_hold_placed_between_listing_and_deleting_of_one_round_wins(archive: Archive) -> None:
    case_id, name = archive.matter("A3", 100, "held")

    class Held(Retention):
        def _delete_ripe(self, now: Any, run_id: UUID) -> list[int]:
            with archive.database.session_scope() as session:
                holds.place(session, SYSTEM, "case", str(case_id), "诉讼中", now)
            return super()._delete_ripe(now, run_id)

    archive.retention.run()
    archive.clock.advance(WEEK)
    held = Held(archive.database, archive.store, archive.settings, archive.clock)
    assert held.run().deleted == 0
    assert archive.store.has(name)


def test_as_shipped_nothing_is_ever_deleted(archive: Archive, shipped: RetentionSettings) -> None:
    _, name = archive.matter("A3", 100, "old")
    archive.settings = shipped
    assert both_rounds(archive).deleted == 0
    archive.settings = shipped.model_copy(update={"mode": "delete"})
    assert archive.retention.run().deleted == 0, "no term is verified"
    assert archive.store.has(name)


class Killed(BaseException):
    """The power went."""


def test_killed_before_the_commit_nothing_has_happened(archive: Archive) -> None:
    _, name = archive.matter("A3", 100, "old")

    class Dies(Retention):
        def _bury(self, session: Any, one: Any, run_id: UUID, now: Any) -> None:
            super()._bury(session, one, run_id, now)
            raise Killed

    archive.retention.run()
    archive.clock.advance(WEEK)
    with pytest.raises(Killed):
        Dies(archive.database, archive.store, archive.settings, archive.clock).run()
    assert archive.store.has(name)
    assert names(archive, Tombstone) == set()
    assert archive.retention.run().deleted == 1


def test_killed_between_the_commit_and_the_file_the_next_round_takes_it_away(archive: Archive) -> None:
    _, name = archive.matter("A3", 100, "old")
    archive.retention.run()
    archive.clock.advance(WEEK)
    remove, archive.store.remove = archive.store.remove, _dies  # type: ignore[method-assign]
    with pytest.raises(Killed):
        archive.retention.run()
    archive.store.remove = remove  # type: ignore[method-assign]
    assert archive.store.has(name)
    assert names(archive, Tombstone) == {name}
    assert names(archive, EvidenceFile) == set()
    assert archive.retention.run().recovered == 1
    assert not archive.store.has(name)
    assert archive.retention.run().recovered == 0


def test_a_file_that_came_back_is_not_taken_for_a_leftover(archive: Archive) -> None:
    case_id, name = archive.matter("A3", 100, "old")
    both_rounds(archive)
    archive.file("old", 0, archive.alert(case_id, 0))
    assert archive.retention.run().recovered == 0
    assert archive.store.has(name)
    with archive.database.session_scope(write=False) as session:
        assert gone(session) == set()


def test_tombstones_and_rounds_are_never_changed(archive: Archive) -> None:
    archive.matter("A3", 100, "old")
    both_rounds(archive)
    for table in (Tombstone, RetentionRun):
        with pytest.raises(DBAPIError, match="append-only"), archive.database.session_scope() as session:
            session.delete(session.exec(select(table)).first())


def test_the_chore_runs_once_a_local_day_after_its_hour(archive: Archive, tmp_path: Any) -> None:
    chore = RetentionChore(archive.retention, tmp_path)
    archive.clock.set(archive.clock.now().replace(hour=18, minute=30))  # 02:30 local
    chore()
    assert rounds(archive) == 0
    for hours in (1, 1, 20, 2, 1):
        archive.clock.advance(timedelta(hours=hours))
        chore()
    assert rounds(archive) == 2


def rounds(archive: Archive) -> int:
    with archive.database.session_scope(write=False) as session:
        return len(session.exec(select(RetentionRun)).all())


def _dies(_name: str) -> bool:
    raise Killed


def test_history_is_untouched_by_a_deletion(archive: Archive) -> None:
    case_id, name = archive.matter("C2", 2000, "old")
    archive.step(case_id, 1, "W4", "W7", photos=[name])
    before = list(_history(archive))
    assert both_rounds(archive).deleted == 1
    assert list(_history(archive)) == before


def _history(archive: Archive) -> Iterator[Any]:
    with archive.database.session_scope(write=False) as session:
        yield from (row.model_dump() for row in session.exec(select(CaseStep).order_by(col(CaseStep.id))))
        yield from (row.model_dump() for row in session.exec(select(Case).order_by(col(Case.id))))


def test_the_check_knows_that_it_was_lawful(archive: Archive) -> None:
    archive.matter("A3", 100, "old")
    _, stolen = archive.matter("A3", 10, "stolen")
    both_rounds(archive)
    archive.store.path(stolen).unlink()
    with archive.database.session_scope(write=False) as session:
        found = {f.name: f.problems for f in files.all_of(session, archive.store, lambda _done, _all: None)}
    assert found["evidence_links"] == [f"{stolen} is referred to by a report and not here"]
