"""The state machine of `machine.py`: a few hundred steps quickly, ten thousand in the integration part, and builds
that are broken on purpose, which it must catch.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text

from server.cases import history, timers, workflow
from server.cases.guards import GUARDS
from server.cases.loop import LOOP, Loop
from server.cases.workflow import State, Transition
from tests.server.cases import walkers
from tests.server.cases.machine import CasesMachine
from tests.server.cases.walkers import Cast

S = State
STEPS = 10_000


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Cast, Path]]:
    memory = Path("/dev/shm")
    folder = tmp_path_factory.mktemp("machine")
    scratch = Path(tempfile.mkdtemp(prefix="shouwei-", dir=memory if memory.is_dir() else folder))
    template = folder / "template.db"
    yield template, walkers.found(template), scratch
    shutil.rmtree(scratch, ignore_errors=True)


def drive(
    authority: tuple[Path, Cast, Path], runs: int, steps: int, loop: Loop = LOOP, salt: int = 0
) -> dict[str, int]:
    """`runs` walks of up to `steps` steps; what was done in them, and how often."""
    template, cast, scratch = authority
    taken: dict[str, int] = {}
    own = {"template": template, "cast": cast, "folder": scratch, "loop": loop, "taken": taken, "salt": salt}
    machine: type[CasesMachine] = type("Walk", (CasesMachine,), own)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )  # fmt: skip
    return taken


def test_a_few_hundred_steps(authority: tuple[Path, Cast, Path]) -> None:
    taken = drive(authority, 4, 50)
    assert sum(taken.values()) > 60, (
        "Hypothesis ends a walk when it likes; what it draws differs from release to release"
    )


@pytest.mark.integration
@pytest.mark.timeout(1200)
def test_ten_thousand_steps(authority: tuple[Path, Cast, Path]) -> None:
    taken: Counter[str] = Counter()
    states = ("W0", "W2", "W4", "W6", "W7", "W8", "L1", "L4", "L5", "C1", "L8", "W9", "WX", "V")
    wanted = {f"moved to {state}" for state in states} | {"merged", "split", "repeated", "stale refused", "answered"}
    # The end of the loop is many lucky moves away: walks go on until it was seen too, but not for ever.
    for salt in range(100):
        taken.update(drive(authority, 25, 200, salt=salt))
        if (taken.total() >= STEPS and wanted <= set(taken)) or taken.total() >= 4 * STEPS:
            break
    assert taken.total() >= STEPS
    assert wanted <= set(taken), taken


def without(*moves: tuple[State, State]) -> Loop:
    """No conditions on these moves."""
    return replace(LOOP, guards={pair: them for pair, them in GUARDS.items() if pair not in moves})


def forgets_deadlines(*args: Any) -> None:
    case = args[2]
    if case.state != "W1":
        timers.rearm(*args)


def any_move(frm: State, to: State, roles: Any) -> Transition:
    if (frm, to) not in {(listed.frm, listed.to) for listed in workflow.TRANSITIONS}:
        return Transition(frm, to, min(roles), "not in the table")
    return workflow.check(frm, to, roles)


def anybody(frm: State, to: State, _roles: Any) -> Transition:
    return workflow.check(frm, to, set(workflow.Role))


def cuts_the_chain(*args: Any) -> Any:
    step = history.append(*args)
    if step.kind == "deadline":
        args[0].execute(text("DROP TRIGGER IF EXISTS case_step_no_update"))
        args[0].execute(text("UPDATE case_step SET reason = 'changed' WHERE ordinal = :n"), {"n": step.ordinal})
    return step


# Flaky: it was noticed, and the walk came out otherwise when walked again (ids have chance in them).
BROKEN: dict[str, Loop] = {
    "four eyes closed": replace(LOOP, different=lambda *_: None),
    "a deadline not set again": replace(LOOP, rearm=forgets_deadlines),
    "a move that is not listed": replace(LOOP, listed=any_move),
    "anybody may make a move": replace(LOOP, listed=anybody),
    "a step changed afterwards": replace(LOOP, append=cuts_the_chain),
    "legal clocks not put right": replace(LOOP, refresh=lambda *_: None),
    "voided by one": without((S.W1, S.V), (S.L9, S.V)),
    "suspended without end": without((S.WX, S.W9)),
    "returned without end": without((S.W2, S.W1)),
    "extended without end": without((S.W2, S.WX), (S.W3, S.WX), (S.W4, S.WX), (S.W6, S.WX)),
}


@pytest.mark.integration
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_build_is_noticed(authority: tuple[Path, Cast, Path], name: str) -> None:
    with pytest.raises((AssertionError, Flaky)):
        drive_on(authority, BROKEN[name])


def drive_on(authority: tuple[Path, Cast, Path], loop: Loop) -> None:
    for salt in range(6):
        drive(authority, 10, 200, loop, salt)


def test_a_broken_build_is_noticed_quickly(authority: tuple[Path, Cast, Path]) -> None:
    with pytest.raises((AssertionError, Flaky)):
        drive(authority, 20, 50, BROKEN["a deadline not set again"])
