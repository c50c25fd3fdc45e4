"""The queues of the desk as data: whose each is, and which cases wait in it. Pure.

A case waits where the state table (`server.cases.workflow`) has a move for that role. In L1 the stored recommendation
says whose move it is: penalty and "no violation" are the leader's, crime and bars the head's, the rest the officer's.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.auth.roles import Role
from server.cases.workflow import State

R, S = Role, State
FOR_THE_LEADER = ("R02", "R14", "R15", "R16", "R22")
"""Rules on which a leader closes out of L1 (rules (b))."""
FOR_THE_HEAD = ("R05", "R08", "R09", "R10")
"""Rules on which a head closes out of L1."""


class Queue(StrEnum):
    """The key of a queue, as it stands in the address bar."""

    DISPATCH = "dispatch"
    CHECK = "check"
    LEGAL = "legal"
    DELEGATED = "delegated"
    CLOSE = "close"
    UNKNOWN = "unknown"
    APPROVE = "approve"
    END = "end"
    OBJECTED = "objected"
    SET_ASIDE = "set_aside"
    EXAMINE = "examine"
    HEAR = "hear"
    SERVE = "serve"
    REDO = "redo"
    REQUESTS = "requests"
    VOID = "void"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Waiting:
    """Which cases wait: in these states (empty: any open one); `rules` those whose newest stored recommendation has
    one of these rules, `not_rules` has none of them; `own` those that the person handles.
    """

    role: Role
    states: frozenset[State]
    rules: tuple[str, ...] = ()
    not_rules: tuple[str, ...] = ()
    own: bool = False


def _in(role: Role, *states: State, rules: tuple[str, ...] = (), not_rules: tuple[str, ...] = (), own: bool = False):  # type: ignore[no-untyped-def]
    return Waiting(role, frozenset(states), rules, not_rules, own)


QUEUES: dict[Queue, Waiting] = {
    Queue.DISPATCH: _in(R.DISPATCH, S.W1),
    Queue.CHECK: _in(R.VERIFY, S.W7, S.W8),
    Queue.LEGAL: _in(R.LEGAL, S.L3),
    Queue.APPROVE: _in(R.HEAD, S.L4),
    Queue.END: _in(R.HEAD, S.L1, rules=FOR_THE_HEAD),
    Queue.OBJECTED: _in(R.HEAD, S.L8),
    Queue.SET_ASIDE: _in(R.HEAD, S.L9),
    Queue.DELEGATED: _in(R.LEADER, S.L4),
    Queue.CLOSE: _in(R.LEADER, S.L1, rules=FOR_THE_LEADER),
    Queue.UNKNOWN: _in(R.LEADER, S.W5),
    Queue.EXAMINE: _in(R.OFFICER, S.L1, not_rules=FOR_THE_LEADER + FOR_THE_HEAD, own=True),
    Queue.HEAR: _in(R.OFFICER, S.L2, own=True),
    Queue.SERVE: _in(R.OFFICER, S.L5, own=True),
    Queue.REDO: _in(R.OFFICER, S.L9, own=True),
    Queue.REQUESTS: _in(R.SUPERV, S.WX),
    Queue.VOID: _in(R.SUPERV, S.W1),
    Queue.SUSPENDED: _in(R.SUPERV, S.W9),
    Queue.OVERDUE: _in(R.SUPERV),
}
"""By role, the most pressing first. `delegated` and `void` have one condition more (see the repository)."""


def of(roles: frozenset[Role]) -> list[Queue]:
    """The queues of somebody with these roles, in the order of the table."""
    return [queue for queue, waiting in QUEUES.items() if waiting.role in roles]
