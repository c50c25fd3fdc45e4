"""Every answer of the table as a partition: walk the rules, branch on an input only when a rule reads it.

Sound because a rule is a deterministic function of the inputs it reads: an input that no rule read on the way to an
answer cannot change that answer. So each leaf stands for all combinations of its unread inputs, and the leaves
together cover all 13,271,040 combinations exactly once.
"""

import enum
from collections.abc import Iterator
from math import prod
from typing import Any, cast

from server.policy.decide import rule_for
from server.policy.facts import Facts

VALUES: dict[str, list[Any]] = {
    name: [False, True] if field.annotation is bool else list(cast(type[enum.Enum], field.annotation))
    for name, field in Facts.model_fields.items()
}
COMBINATIONS = prod(len(values) for values in VALUES.values())


class _Unassigned(Exception):
    pass


class _Partial:
    def __init__(self, known: dict[str, Any]) -> None:
        self.__dict__["known"] = known

    def __getattr__(self, name: str) -> Any:
        if name not in self.known:
            raise _Unassigned(name)
        return self.known[name]


def leaves(known: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """(inputs read with their values, rule) of every path through the real table."""
    known = known or {}
    try:
        yield known, rule_for(cast(Facts, _Partial(known))).code
    except _Unassigned as needed:
        name = needed.args[0]
        for value in VALUES[name]:
            yield from leaves({**known, name: value})


def weight(known: dict[str, Any]) -> int:
    """How many of the combinations a leaf stands for."""
    return prod(len(values) for name, values in VALUES.items() if name not in known)
