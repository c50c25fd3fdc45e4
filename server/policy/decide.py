"""The decision table applied: rules in order, the first that holds answers; every rule tried is in the trace."""

from dataclasses import dataclass

from typing_extensions import TypedDict

from server.policy.facts import Facts
from server.policy.rules import RULES, Result, Rule


class Tried(TypedDict):
    """One rule tried: whether it held, and the inputs it looked at."""

    rule: str
    matched: bool
    why: str


@dataclass(frozen=True)
class Decision:
    """The engine's recommendation. Never a decision of the authority."""

    rule: str
    result: Result
    trace: tuple[Tried, ...]


def rule_for(facts: Facts) -> Rule:
    """The one rule that answers `facts`. The last rule holds always, so there is exactly one."""
    return next(rule for rule in RULES if rule.holds(facts))


def decide(facts: Facts) -> Decision:
    """`rule_for` with the trace, in the order tried, the answering rule last."""
    answer = rule_for(facts)
    tried = RULES[: RULES.index(answer) + 1]
    return Decision(answer.code, answer.result, tuple(_tried(rule, facts, rule is answer) for rule in tried))


def _tried(rule: Rule, facts: Facts, matched: bool) -> Tried:
    seen = ", ".join(f"{name}={_shown(getattr(facts, name))}" for name in rule.reads)
    return {"rule": rule.code, "matched": matched, "why": f"{rule.asks}? {seen}" if seen else rule.asks}


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
