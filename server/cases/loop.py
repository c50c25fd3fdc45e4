"""What every move goes through, as one value: the table, the conditions, the effects, the deadline.

There is one, `LOOP`. It is handed in so that a test can hand in a broken one and see that it is noticed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import Role
from server.cases import clocks, history, parts, timers, workflow
from server.cases.calendar import Calendar
from server.cases.effects import EFFECTS, Effect
from server.cases.guards import GUARDS, Guard
from server.cases.tables import Case, CaseStep
from server.cases.workflow import State, Transition


@dataclass(frozen=True)
class Loop:
    """`listed` refuses what the table does not list, `different` who has had another part, `rearm` sets the deadline,
    `refresh` the legal clocks, `append` writes the history.
    """

    listed: Callable[[State, State, Collection[Role]], Transition] = workflow.check
    different: Callable[[Session, Case, Transition, Person], None] = parts.different_people
    guards: Mapping[tuple[State, State], tuple[Guard, ...]] = field(default_factory=lambda: GUARDS)
    effects: Mapping[tuple[State, State], tuple[Effect, ...]] = field(default_factory=lambda: EFFECTS)
    rearm: Callable[[Session, Calendar, Case, datetime, datetime | None], None] = timers.rearm
    refresh: Callable[[Session, Calendar, Case, datetime], None] = clocks.refresh
    append: Callable[..., CaseStep] = history.append


LOOP = Loop()
