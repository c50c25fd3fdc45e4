"""What the engine answers, as it is kept: the table's answer for each item under each list, and what lies over it."""

from typing import Literal

from pydantic import Field

from server.policy.decide import Tried
from server.policy.facts import Facts
from server.policy.lenity import Lenity
from server.policy.matter import Part, PriorRead
from server.policy.rules import Result


class Layer(Part):
    """Something laid over the table's answer, with its own entry beside the trace. Never worse for the party, except
    that legal review may have to come first.
    """

    layer: Literal["crisis", "pledge", "items", "list", "lenity"]
    matched: bool
    why: str
    result: Result | None = None
    needs_legal: bool = False


class ItemAnswer(Part):
    """The table's answer for one item under one list."""

    item_code: str | None
    item_name: str | None
    facts: Facts
    rule: str
    table_result: Result
    result: Result
    trace: list[Tried]
    priors: list[PriorRead]
    lenity: Lenity | None
    layers: list[Layer]
    max_yuan: int | None
    needs_legal: bool
    undecided: list[str] = Field(default_factory=list[str])
    lighter: list[str] = Field(default_factory=list[str])
    notes: list[str] = Field(default_factory=list[str])


class SideAnswer(Part):
    """Every item of the act under one version of the list; `decides` is the index of the one that decides."""

    list_version: str | None
    items: list[ItemAnswer]
    decides: int
    layers: list[Layer]

    @property
    def one(self) -> ItemAnswer:
        """The answer that counts."""
        return self.items[self.decides]


class Answer(Part):
    """The whole answer. `sides`: under the list at the act, and, where it was changed since, the present one."""

    sides: list[SideAnswer]
    chosen: int
    why: str

    @property
    def side(self) -> SideAnswer:
        """The kinder side."""
        return self.sides[self.chosen]


class CrisisMeasure(Part):
    """What a declared crisis means for the case: educate, no fine, not recorded as dishonesty."""

    crisis_id: str
    name: str
    source: str
    fine: Literal["none"] = "none"
    recorded_as_dishonesty: Literal[False] = False


HOLDS: frozenset[Result] = frozenset(
    {
        Result.HOLD_EVIDENCE_REVIEW, Result.PENDING_SUBJECT, Result.HOLD_OBJECTION, Result.AWAIT_CORRECTION,
        Result.HUMAN_REMEDY_CHECK, Result.HOLD_PRIOR, Result.HOLD_DATA,
    }
)  # fmt: skip
"""Results that say: not yet. Nothing may be decided on them."""
