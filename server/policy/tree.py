"""The table as a tree: branch on an input only where a rule reads it. Answers many facts quickly; pure.

Sound because a rule is a deterministic function of the inputs it names, and a decision with its trace depends on no
input that no tried rule reads: so each leaf has one answer.
"""

import enum
from collections.abc import Callable, Mapping
from typing import Any, cast

from server.policy.decide import Decision, decide
from server.policy.facts import Facts
from server.policy.rules import RULES

Inputs = Mapping[str, Any]
VALUES: dict[str, tuple[Any, ...]] = {
    name: (False, True) if field.annotation is bool else tuple(cast(type[enum.Enum], field.annotation))
    for name, field in Facts.model_fields.items()
}
"""Every input with its values, in the order of the reference."""


class Tree:
    """Built once from the rules, leaf by leaf as they are first reached."""

    def __init__(self) -> None:
        self._allowed = [(name, frozenset(values), values[0].__class__ is bool) for name, values in VALUES.items()]
        self._root: dict[Any, Any] = {}
        self._order = _order_read()

    def answer(self, told: Inputs, text: Callable[[Decision], str]) -> str | None:
        """The decision as `text` writes it; none when `told` is not exactly the inputs with allowed values."""
        if len(told) != len(self._allowed):
            return None
        for name, allowed, is_bool in self._allowed:
            value = told.get(name)
            if value.__class__ is not (bool if is_bool else str) or value not in allowed:
                return None
        node = self._root
        for name in self._order:
            value = told[name]
            below = node.get(value)
            if below is None:
                return self._grow(told, text)
            if below.__class__ is str:
                return below
            node = below
        return self._grow(told, text)

    def _grow(self, told: Inputs, text: Callable[[Decision], str]) -> str:
        decision = decide(Facts.model_validate(told, strict=False))
        read = {name for rule in RULES[: len(decision.trace)] for name in rule.reads}
        last = max((self._order.index(name) for name in read), default=0)
        node = self._root
        for name in self._order[:last]:
            node = node.setdefault(told[name], {})
        node[told[self._order[last]]] = text(decision)
        return node[told[self._order[last]]]


def _order_read() -> list[str]:
    """Inputs in the order in which the rules first read them, then those that none reads."""
    read = list(dict.fromkeys(name for rule in RULES for name in rule.reads))
    return read + [name for name in VALUES if name not in read]


TREE = Tree()
