"""The outbox forgets nothing before it may, in order, whatever happens to the process."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from edge.contracts.codec import Envelope, encode
from edge.errors import DiskFull
from edge.store import EdgeStore
from edge.store_schema import StoreDamaged
from tests.fakes.messages import alert, at, health

A, B = "a" * 64, "b" * 64


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EdgeStore]:
    with EdgeStore(tmp_path / "store.db", telemetry_cap=3) as store:
        yield store


def ready(store: EdgeStore, limit: int = 100) -> list[object]:
    return [row.id for row in store.waiting([], limit)]


def test_what_was_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    envelope = alert(1)
    with EdgeStore(tmp_path / "store.db") as first:
        first.commit([envelope], {"cam-1/front": '{"phase":"raised"}'}, {"chain": "x"})
    with EdgeStore(tmp_path / "store.db") as again:
        assert [(row.id, row.payload) for row in again.waiting([], 9)] == [(envelope.id, encode(envelope))]
        assert again.states() == {"cam-1/front": '{"phase":"raised"}'}
        assert again.fact("chain") == "x"


def test_the_file_is_opened_for_power_cuts(store: EdgeStore) -> None:
    with sqlite3.connect(store.path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
    other.close()


def test_messages_and_states_are_one_transaction(store: EdgeStore) -> None:
    envelope = alert()
    store.commit([envelope])
    with pytest.raises(sqlite3.IntegrityError):
        store.commit([alert(5), envelope], {"key": "new"})
    assert ready(store) == [envelope.id]
    assert store.states() == {}


def test_only_forget_and_reject_remove_a_message(store: EdgeStore) -> None:
    sent, refused, kept = alert(1), alert(2), alert(3)
    store.commit([sent, refused, kept])
    assert store.forget([sent.id, alert(9).id]) == 1
    assert store.reject({refused.id: "unknown violation"}, at(9)) == 1
    assert ready(store) == [kept.id]
    assert store.counts().rejected == 1


def test_alerts_go_before_telemetry_and_each_in_order(store: EdgeStore) -> None:
    messages = [health(1), alert(2), health(3), alert(4)]
    store.commit(messages)
    assert ready(store) == [messages[i].id for i in (1, 3, 0, 2)]
    assert ready(store, 1) == [messages[1].id]


def test_excluded_messages_are_not_given_again(store: EdgeStore) -> None:
    first, second = alert(1), alert(2)
    store.commit([first, second])
    assert [row.id for row in store.waiting([first.id], 1)] == [second.id]


def test_the_cap_drops_the_oldest_telemetry_counts_it_and_leaves_alerts(store: EdgeStore) -> None:
    reports, alerts = [health(i) for i in range(5)], [alert(i) for i in range(9)]
    store.commit([*reports, *alerts])
    counts = store.counts()
    assert (counts.alerts, counts.telemetry, counts.dropped) == (9, 3, 2)
    assert ready(store)[9:] == [report.id for report in reports[2:]]


def test_a_message_waits_for_its_files_and_is_not_overtaken(store: EdgeStore) -> None:
    first, second, report = alert(1, A, B), alert(2), health(3)
    store.commit([first, second, report])
    assert ready(store) == [report.id]
    pending = store.next_upload()
    assert pending is not None
    assert pending.message_id == first.id
    assert sorted(sha256 for sha256, _, _ in pending.files) == [A, B]
    store.uploaded([A], at(4))
    assert ready(store) == [report.id]
    store.uploaded([A, B], at(5))
    assert ready(store) == [first.id, second.id, report.id]
    assert store.next_upload() is None


def test_a_file_that_two_messages_name_is_sent_once(store: EdgeStore) -> None:
    store.commit([alert(1, A)])
    store.uploaded([A], at(2))
    later = alert(3, A)
    store.commit([later])
    assert later.id in ready(store)


def test_a_file_that_the_server_refuses_holds_nothing_up_and_is_kept(store: EdgeStore) -> None:
    envelope = alert(1, A)
    store.commit([envelope])
    store.refused(A, "413 too large")
    assert ready(store) == [envelope.id]
    store.forget([envelope.id])
    assert store.releasable(at(1e9)) == []
    assert store.held() == {A}


def test_t10_a_file_is_released_only_when_uploaded_acked_and_old(store: EdgeStore) -> None:
    envelope = alert(1, A)
    store.commit([envelope])
    assert store.releasable(at(1e9)) == []  # the server has not got it
    store.uploaded([A], at(2))
    assert store.releasable(at(1e9)) == []  # its message is not acked
    store.released([A])
    assert store.held() == {A}
    store.forget([envelope.id])
    assert store.releasable(at(0)) == []  # too young
    assert store.releasable(at(1e9)) == [A]
    store.released([A])
    assert store.held() == set()


def test_a_full_disk_is_said_and_changes_nothing(store: EdgeStore) -> None:
    kept = alert(1)
    store.commit([kept], {"key": "old"})
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match=r"store\.db"):
        store.commit([alert(i, *(f"{i:02x}{j:062x}" for j in range(15))) for i in range(40)], {"key": "new"})
    assert ready(store) == [kept.id]
    assert store.states() == {"key": "old"}
    store._db.execute("PRAGMA max_page_count = 1000000")
    store.commit([alert(2)], {"key": "new"})
    assert store.states() == {"key": "new"}


def test_the_boot_counter_grows_over_restarts(tmp_path: Path) -> None:
    for expected in (1, 2, 3):
        with EdgeStore(tmp_path / "store.db") as store:
            assert store.next_boot() == expected


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"not a database" * 500)
    with pytest.raises(StoreDamaged, match=r"store\.db"):
        EdgeStore(tmp_path / "store.db")


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.db") as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StoreDamaged, match="newer"):
        EdgeStore(tmp_path / "store.db")


def test_nobody_else_may_read_it(store: EdgeStore) -> None:
    assert store.path.stat().st_mode & 0o077 == 0


class OutboxMachine(RuleBasedStateMachine):
    """Against a plain list: commits, acks and crashes in any order."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "store.db"
        self.store = EdgeStore(self.path)
        self.model: list[Envelope] = []
        self.count = 0

    @rule(n=st.integers(1, 4))
    def commit(self, n: int) -> None:
        fresh = [alert(self.count + i) for i in range(n)]
        self.count += n
        self.store.commit(fresh)
        self.model += fresh

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def forget(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.model))
        assert self.store.forget([gone.id, gone.id]) == 1
        self.model.remove(gone)

    @rule()
    def crash(self) -> None:
        self.store._db.close()
        self.store = EdgeStore(self.path)

    @invariant()
    def same_as_the_list(self) -> None:
        assert [row.payload for row in self.store.waiting([], 1000)] == [encode(e) for e in self.model]

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
