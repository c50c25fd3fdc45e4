"""Only what the server has for certain is ever deleted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from edge.clock import ManualClock
from edge.evidence_files import EvidenceFiles
from edge.housekeeping import Housekeeping, Retention, check
from edge.store import EdgeStore
from tests.fakes.messages import START, alert

DAY = 86_400


class Bench:
    def __init__(self, folder: Path) -> None:
        self.store, self.files = EdgeStore(folder / "store.db"), EvidenceFiles(folder / "evidence")
        self.clock = ManualClock(START)

    def keep(self, content: bytes, *, uploaded: bool, acked: bool) -> str:
        sha256 = self.files.put(content)
        envelope = alert(0, sha256)
        self.store.commit([envelope])
        if uploaded:
            self.store.uploaded([sha256], START)
        if acked:
            self.store.forget([envelope.id])
        return sha256

    def sweep(self, *, short_of_space: bool = False) -> int:
        free = 10**18 if short_of_space else 0
        retention = Retention(keep=timedelta(days=7), min_free_bytes=free)
        return Housekeeping(self.store, self.files, self.clock, retention).sweep()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.store.close()


def test_old_files_that_the_server_has_go_and_younger_ones_stay(bench: Bench) -> None:
    old = bench.keep(b"old", uploaded=True, acked=True)
    bench.clock.advance(6 * DAY)
    assert bench.sweep() == 0
    bench.clock.advance(2 * DAY)
    assert bench.sweep() == 1
    assert not bench.files.path(old).exists()
    assert check(bench.store, bench.files) == []


@pytest.mark.parametrize(("uploaded", "acked"), [(False, False), (True, False), (False, True)])
def test_t10_held_evidence_stays_however_short_the_space(bench: Bench, uploaded: bool, acked: bool) -> None:
    held = bench.keep(b"held", uploaded=uploaded, acked=acked)
    bench.clock.advance(1000 * DAY)
    assert bench.sweep(short_of_space=True) == 0
    assert bench.files.path(held).read_bytes() == b"held"


def test_when_space_is_short_acked_files_go_early(bench: Bench) -> None:
    bench.keep(b"acked", uploaded=True, acked=True)
    bench.clock.advance(60)
    assert bench.sweep(short_of_space=True) == 1


def test_a_file_that_a_new_message_needs_again_stays(bench: Bench) -> None:
    sha256 = bench.keep(b"same", uploaded=True, acked=True)
    bench.store.commit([alert(5, sha256)])
    bench.clock.advance(1000 * DAY)
    assert bench.sweep(short_of_space=True) == 0
    assert bench.files.path(sha256).exists()


def test_it_sweeps_now_and_then_and_at_once_when_the_disk_is_full(bench: Bench) -> None:
    subject = Housekeeping(bench.store, bench.files, bench.clock, Retention(timedelta(days=7), 0))
    subject.tend(disk_is_full=False)
    bench.keep(b"x", uploaded=True, acked=True)
    bench.clock.advance(8 * DAY)
    subject.tend(disk_is_full=False)
    assert bench.store.held() == set()
    bench.keep(b"y", uploaded=True, acked=True)
    subject.tend(disk_is_full=False)
    assert len(bench.store.held()) == 1
    subject.tend(disk_is_full=True)
    assert bench.store.held() == set()
