"""What happens without being asked: due timers, permits on their way to the edges. One thread, one round at a time."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread

from sqlmodel import Session

from server.audit import service as audit
from server.auth.person import SYSTEM
from server.auth.reach import EVERYWHERE
from server.calendars import service as calendars
from server.cases import sweep
from server.clock import Clock
from server.db import Database
from server.fleet import desired, service
from server.notify.carrier import Carrier
from server.permits import expiry, rules
from server.permits import service as permits
from server.publication import sweep as publications
from server.steady import Jump, JumpWatch

log = logging.getLogger(__name__)
AT_ONCE = 100


class Sweeper:
    """`sweep_once` is one round; `start` repeats it every `every_s` seconds of wall time until `stop`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        every_s: float,
        on_commands: Callable[[], None],
        carrier: Carrier,
        rounds: Sequence[Callable[[], None]] = (),
        elapsed: Callable[[], float] | None = None,
    ) -> None:
        """`elapsed` counts the time that really went by; with it, nothing falls due while the clock has jumped."""
        self._database, self._clock, self._every_s, self._on_commands = database, clock, every_s, on_commands
        self._carrier, self._rounds = carrier, rounds
        self._watch = None if elapsed is None else JumpWatch(elapsed, self._on_jump)
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._stopping.clear()
        self._thread = Thread(target=self.run, name="sweeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the round in hand."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def run(self) -> None:
        """Sweep until stopped; a failed round is logged and the next one tries again."""
        while not self._stopping.is_set():
            try:
                self.sweep_once()
            except Exception:
                log.exception("a sweep failed; the next one tries again")
            self._stopping.wait(self._every_s)

    def sweep_once(self) -> None:
        """Do what is due now, in one transaction, then wake the sender and carry the notices."""
        now = self._clock.now()
        if self._watch is None or self._watch.is_steady(now):
            self._sweep_what_is_due(now)
        self._on_commands()
        # In transactions of its own: a slow channel must not hold up the cases, nor a case that fails the notices.
        self._carrier.round()
        for other in self._rounds:
            try:
                other()
            except Exception:
                log.exception("%s failed; the next round tries again", type(other).__name__)

    def _sweep_what_is_due(self, now: datetime) -> None:
        while self._sweep_some(now):
            pass
        with self._database.session_scope() as session:
            for edge_id in _edges(session):
                desired.refresh(session, edge_id, permits.for_edge(session, edge_id, now), now)
            expiry.warn(session, rules.load(), now)
            publications.sweep(session, now)
            calendars.warn(session, now)

    def _on_jump(self, jump: Jump) -> None:
        with self._database.session_scope() as session:
            facts = {"by_s": round(jump.by_s, 1), "believed": jump.believed}
            audit.record(session, SYSTEM, "clock.jump", "server", facts, self._clock.now())

    def _sweep_some(self, now: datetime) -> bool:
        with self._database.session_scope() as session:
            return sweep.sweep(session, now, AT_ONCE).timers >= AT_ONCE


def _edges(session: Session) -> list[str]:
    return sorted({edge.id for edge in service.edges(session, EVERYWHERE)} | set(permits.edges_with_permits(session)))
