"""A clock that jumps makes nothing fall due; a process that slept is only late."""

from datetime import UTC, datetime, timedelta

from server.steady import Jump, JumpWatch

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class Machine:
    """A wall clock and a boot clock that can be moved apart."""

    def __init__(self) -> None:
        self.wall, self.boot = NOW, 1000.0
        self.told: list[Jump] = []
        self.watch = JumpWatch(lambda: self.boot, self.told.append)

    def later(self, seconds: float, jump_s: float = 0) -> bool:
        self.boot += seconds
        self.wall += timedelta(seconds=seconds + jump_s)
        return self.watch.is_steady(self.wall)


def test_time_that_goes_by_evenly_is_trusted_and_so_are_small_corrections() -> None:
    machine = Machine()
    assert all(machine.later(5, jump) for jump in (0, 0.3, -20, 60, -90))
    assert machine.told == []


def test_a_suspended_process_is_late_not_wrong() -> None:
    machine = Machine()
    machine.later(5)
    assert machine.later(86_400), "both clocks went on"


def test_a_jump_ahead_is_not_believed_at_once_and_a_mistake_put_right_leaves_nothing() -> None:
    machine = Machine()
    machine.later(5)
    assert not machine.later(5, 86_400)
    assert not machine.later(60)
    assert machine.later(5, -86_400)
    assert [(jump.by_s, jump.believed) for jump in machine.told] == [(86_400, False)]


def test_a_jump_back_too() -> None:
    machine = Machine()
    machine.later(5)
    assert not machine.later(5, -3600)


def test_a_changed_clock_that_stays_is_believed() -> None:
    machine = Machine()
    machine.later(5)
    assert not machine.later(5, 3600)
    assert not machine.later(299)
    assert machine.later(2)
    assert machine.later(5)
    assert [jump.believed for jump in machine.told] == [False, True]
