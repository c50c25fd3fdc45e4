"""`shouwei demo --once`: the whole demonstration without waiting for wall time, then its report.

One clock for all parts moves with the clips. After each step everything is delivered and committed before the
clock moves on, so the outcome does not depend on how fast the machine is.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from edge.clock import ManualClock
from edge.stepping import Stepper
from shouwei.demo.director import Tell
from shouwei.demo.opening import Opened, opened
from shouwei.demo.report import make_report
from shouwei.demo.stage import CLIPS, duration_s, played_clips

START = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Shanghai, after the Ecological and Environmental Code came into force."""
STEP_S = 2.0
AFTER_STEP = timedelta(minutes=30)
AFTER_AT_MOST = timedelta(days=4)
DELIVER_WITHIN_S = 60.0

Progress = Callable[[float, float], None]


class NotDelivered(Exception):
    """The edge's messages were not acked in time."""


def run_once(folder: Path, tell: Tell, progress: Progress, clips: Path = CLIPS) -> dict[str, Any]:
    """Play every clip to its end, then let the deadlines pass until every case is closed; the report.

    `progress` gets (seconds played, seconds in all). Raises TruthError, NotReady, NotDelivered, ApiFault.
    """
    played = played_clips(clips)
    total_s = duration_s(played)
    clock = ManualClock(START)
    with opened(folder, played, START, clock, tell, live=False) as demo:
        stepper = Stepper(demo.edge, clock)
        at_s = 0.0
        while at_s < total_s:
            at_s = min(at_s + STEP_S, total_s)
            stepper.step_until(START + timedelta(seconds=at_s))
            _settle(demo, clock)
            progress(at_s, total_s)
        tell(f"the clips are over at {total_s:.0f} s; now the deadlines pass")
        _let_deadlines_pass(demo, clock, tell)
        return make_report(demo.api, demo.cast["SEAT"].token, demo.director, played, START)


def _settle(demo: Opened, clock: ManualClock) -> None:
    """Deliver and commit all that is waiting, do what is due, let the people act."""
    if not demo.edge.drain(DELIVER_WITHIN_S):
        raise NotDelivered(f"{demo.edge.waiting()} messages were not acked within {DELIVER_WITHIN_S:.0f} s")
    demo.server.sweeper.sweep_once()
    demo.director.act(clock.now())


def _let_deadlines_pass(demo: Opened, clock: ManualClock, tell: Tell) -> None:
    """Move on until every case is closed. A case that stays open after days is told, and the report shows it."""
    end = clock.now() + AFTER_AT_MOST
    while demo.director.cases(open_only=True) and clock.now() < end:
        clock.advance(AFTER_STEP.total_seconds())
        demo.server.sweeper.sweep_once()
        while demo.director.act(clock.now()):
            clock.advance(5)
    still_open = demo.director.cases(open_only=True)
    if still_open:
        tell(f"still open after {AFTER_AT_MOST.days} days: {', '.join(c['number'] for c in still_open)}")
