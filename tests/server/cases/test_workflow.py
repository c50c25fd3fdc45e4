"""The state table: what it must hold for no case to get stuck."""

import pytest

from server.auth.roles import Role
from server.cases.deadlines import Calendar
from server.cases.rulebook import load
from server.cases.workflow import (
    ENDS,
    NAMES,
    TRANSITIONS,
    NotYourTransition,
    State,
    TransitionNotListed,
    check,
    exits,
    is_open,
)
from server.config import CONFIGS

S = State


def shipped_calendar() -> Calendar:
    return load(CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml")[2][0]


def reachable(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        for transition in exits(todo.pop()):
            if transition.to not in seen:
                seen.add(transition.to)
                todo.append(transition.to)
    return seen


def test_31_states_and_67_transitions_no_pair_twice() -> None:
    assert len(State) == 31
    assert len(TRANSITIONS) == 67
    assert len({(t.frm, t.to) for t in TRANSITIONS}) == 67


def test_every_state_is_named_and_reachable_from_a_new_alert() -> None:
    assert set(NAMES) == set(State)
    assert reachable(S.A0) == set(State)


@pytest.mark.parametrize("state", [s for s in State if is_open(s)])
def test_every_open_state_has_an_exit_a_timer_and_a_way_to_the_end(state: State) -> None:
    assert exits(state)
    assert state.value in shipped_calendar().timers
    assert reachable(state) & ENDS


def test_a_closed_state_has_no_timer() -> None:
    assert not {s.value for s in ENDS} & set(shipped_calendar().timers)


@pytest.mark.parametrize("frm", list(State))
def test_unlisted_pairs_are_refused_for_everybody(frm: State) -> None:
    listed = {t.to for t in exits(frm)}
    for to in set(State) - listed:
        with pytest.raises(TransitionNotListed) as refused:
            check(frm, to, set(Role))
        assert set(refused.value.facts["allowed"]) == {s.value for s in listed}


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.frm}-{t.to}")
def test_only_the_named_role_makes_a_move(transition) -> None:
    assert check(transition.frm, transition.to, {transition.who}) is transition
    with pytest.raises(NotYourTransition):
        check(transition.frm, transition.to, set(Role) - {transition.who})


def test_only_machines_make_the_machines_moves() -> None:
    machines = {(t.frm.value, t.to.value) for t in TRANSITIONS if t.who in (Role.AI, Role.SYS)}
    assert machines == {("A0", "A1"), ("A0", "A2"), ("W0", "A2"), ("W0", "W1"), ("W6", "L1"), ("W9", "W1")}


def test_no_machine_decides() -> None:
    """Exemption, penalty, transfer and void are people's."""
    ends = {S.C1, S.C2, S.C3, S.C4, S.C5, S.C6, S.C7, S.C8, S.V, S.L5}
    assert not [t for t in TRANSITIONS if t.to in ends and t.who in (Role.AI, Role.SYS)]
