"""Wall time follows the machine's clock, but a duration never does."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.clock import ManualClock, SystemClock

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Machine:
    """A machine whose wall clock can be set and whose monotonic clock cannot."""

    def __init__(self) -> None:
        self.wall, self.mono = NOON, 100.0

    def pass_(self, seconds: float, wall_error: float = 0.0) -> None:
        self.mono += seconds
        self.wall += timedelta(seconds=seconds + wall_error)

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.wall, monotonic=lambda: self.mono)


def test_agrees_with_the_machine_when_nothing_jumps() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.pass_(10)
    assert clock.now() == NOON + timedelta(seconds=10)
    assert clock.steps == 0


def test_a_small_correction_backwards_is_taken_over_slowly() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.pass_(1, wall_error=-1)
    first = clock.now()
    assert first == NOON + timedelta(seconds=0.95)
    for _ in range(100):
        machine.pass_(1)
        clock.now()
    assert clock.now() == machine.wall
    assert clock.steps == 0


@pytest.mark.parametrize("jump_s", [-3600.0, 3600.0, 55 * 365 * 86400.0])
def test_a_step_is_taken_over_at_once_and_counted(jump_s: float, caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.pass_(1, wall_error=jump_s)
    assert clock.now() == machine.wall
    assert clock.steps == 1
    assert "stepped by" in caplog.text
    assert clock.monotonic() == 101.0


@given(st.lists(st.tuples(st.floats(0.01, 60), st.floats(-0.9, 0.9)), max_size=40))
def test_never_runs_backwards_without_a_step(moves: list[tuple[float, float]]) -> None:
    machine = Machine()
    clock = machine.clock()
    last = clock.now()
    for seconds, error in moves:
        machine.pass_(seconds, error)
        now, steps = clock.now(), clock.steps
        assert now >= last or steps > 0
        last = now


def test_manual_time_passes_only_when_somebody_waits() -> None:
    clock = ManualClock(NOON)
    assert not clock.wait(threading.Event(), 2.5)
    assert (clock.now(), clock.monotonic()) == (NOON + timedelta(seconds=2.5), 2.5)


def test_a_manual_clock_does_not_pass_for_one_that_is_stopped() -> None:
    clock, stop = ManualClock(NOON), threading.Event()
    stop.set()
    assert clock.wait(stop, 2.5)
    assert clock.monotonic() == 0


def test_a_manual_clock_refuses_naive_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 3, 1))  # noqa: DTZ001 - naive is the point
