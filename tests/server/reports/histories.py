"""Random small histories of cases that obey the state table, and the case rows that go with them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server.cases.tables import Case
from server.cases.workflow import State, exits, is_open
from server.reports.figures import Decided, Step

S = State
START = datetime(2026, 1, 1, tzinfo=UTC)
OUTCOMES = ("exempt_t1", "exempt_t2", "no_penalty")
FORWARD = {
    S.A1: S.W1, S.W1: S.W2, S.W2: S.W3, S.W3: S.W4, S.W4: S.W6, S.W6: S.W7, S.W7: S.W8, S.W8: S.L1, S.L1: S.L4,
    S.L4: S.L5, S.L5: S.C1,
}  # fmt: skip
"""The ordinary way, taken three times out of four, so that histories get somewhere."""


@dataclass
class History:
    """A case, its steps, the decision and facts stored last."""

    case: Case
    steps: list[Step]
    decided: Decided | None = None
    facts: dict[str, Any] | None = None
    team: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def history(rng: random.Random, number: int, longest: int = 60) -> History:
    """One case that wanders through the table for a while, fewer than `longest` steps."""
    at = START + timedelta(hours=rng.randrange(24 * 120))
    case = Case(
        id=UUID(int=number + 1), number=str(number), state="A1", district=rng.choice(["a", "b"]), edge_id="e",
        camera_id=rng.choice(["c1", "c2"]), zone_id="z", violation="v", violation_version=1,
        item_code=rng.choice(["CG-01", "CG-03"]), permit="none", subject_id=UUID(int=rng.randrange(3)),
        opened_at=at, began_at=at, last_seen_at=at, handler_id=UUID(int=900 + rng.randrange(3)),
    )  # fmt: skip
    steps = [Step(at, S.A0, S.A1)]
    decided: Decided | None = None
    state = S.A1
    for _ in range(rng.randrange(1, longest)):
        at += timedelta(minutes=rng.randrange(1, 2000))
        if is_open(state) and rng.random() < 0.15:
            steps.append(Step(at, state, state, "deadline", share=rng.choice([0.7, 1.0, 1.5])))
            continue
        if rng.random() < 0.1:
            steps.append(Step(at, state, state, "note"))
            continue
        ways = exits(state)
        if not ways:
            break
        to = FORWARD[state] if state in FORWARD and rng.random() < 0.75 else rng.choice(ways).to
        outcome = rng.choice(OUTCOMES) if (state, to) == (S.L4, S.L5) else ""
        steps.append(Step(at, state, to, outcome=outcome))
        if outcome or (state, to) in {(S.L1, S.C3), (S.L4, S.C3), (S.L9, S.C3)}:
            decided = Decided(outcome or "penalty_track", rng.random() < 0.3, at)
        state = to
    case.state = state.value
    case.extensions = rng.choice([0, 0, 0, 1])
    case.due_at = at + timedelta(hours=rng.randrange(200)) if is_open(state) else None
    if any(step.to in (S.W6, S.W7) for step in steps) and rng.random() < 0.7:
        case.order_due_at, case.corrected_at = at, at + timedelta(hours=rng.randrange(-5, 5))
        case.verified_at = rng.choice([at, None])
    facts = {"first": rng.choice(["YES", "NO"]), "harm": rng.choice(["NONE", "MINOR"])} if decided else None
    return History(case, steps, decided, facts, team=rng.choice(["x", "y"]))


def histories(seed: int, count: int, longest: int = 60) -> Sequence[History]:
    rng = random.Random(seed)
    return [history(rng, number, longest) for number in range(count)]
