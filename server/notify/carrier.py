"""Carries what is queued: one thread for each channel that may make us wait, none of them inside a transaction."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from threading import Event, Thread

from server.clock import Clock
from server.db import Database
from server.notify import outbox
from server.notify.channels import DeliveryFailed, DeliveryRefused, Notifier
from server.notify.outbox import Claimed, Outcome, WayIn
from server.notify.routing import NotifySettings

log = logging.getLogger(__name__)
AT_ONCE = 20
LEASE_MARGIN_S = 30.0
POLL_S = 2.0
ROUTED_AT_ONCE = 200


class Carrier:
    """`round` routes and carries what goes at once; `start` gives every other channel a thread of its own.

    Without `start` (tests, one-off commands) `round` carries by every channel itself.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: NotifySettings,
        channels: Mapping[str, Notifier],
        way_in: WayIn | None = None,
    ) -> None:
        self._database, self._clock, self._settings, self._channels = database, clock, settings, channels
        self._way_in = way_in
        self._stopping, self._threads = Event(), dict[str, Thread]()
        self._wake = {name: Event() for name in channels}

    def round(self) -> int:
        """Route what is new, carry by every channel that has no thread; how many letters went."""
        while self._route() == ROUTED_AT_ONCE:
            pass
        went = 0
        for name in self._channels:
            if name in self._threads:
                self._wake[name].set()
            else:
                went += self.carry(name)
        return went

    def carry(self, name: str) -> int:
        """Claim, speak, record until nothing is due or the channel is down; how many letters went."""
        channel, went = self._channels[name], 0
        lease_s = LEASE_MARGIN_S + AT_ONCE * self._settings.channels[name].timeout_s
        while not self._stopping.is_set():
            now, began = self._clock.now(), time.monotonic()
            with self._database.session_scope() as session:
                lease = timedelta(seconds=lease_s)
                claimed = outbox.claim(session, self._settings, name, now, lease, AT_ONCE, self._way_in)
            if not claimed:
                break
            for position, one in enumerate(claimed):
                outcome, is_down = speak(channel, one)
                self._record(one, outcome)
                went += bool(outcome.receipt)
                # What is left of a batch that took too long belongs to whoever claims it next.
                if is_down or self._stopping.is_set() or time.monotonic() - began > lease_s - LEASE_MARGIN_S:
                    self._give_back(claimed[position + 1 :], is_down)
                    return went
        return went

    def start(self) -> None:
        """A thread for each channel that is not local."""
        self._stopping.clear()
        for name, channel in self._channels.items():
            if not channel.is_local and name not in self._threads:
                self._threads[name] = Thread(target=self._run, args=(name,), name=f"notify-{name}", daemon=True)
                self._threads[name].start()

    def stop(self, within_s: float = 5) -> None:
        """Let each finish the letter in hand; one that hangs is left behind, its lease brings the letter back."""
        self._stopping.set()
        for wake in self._wake.values():
            wake.set()
        until = time.monotonic() + within_s
        for thread in self._threads.values():
            thread.join(timeout=max(0.0, until - time.monotonic()))
        self._threads.clear()

    def _run(self, name: str) -> None:
        while not self._stopping.is_set():
            try:
                self.carry(name)
            except Exception:
                log.exception("channel %s: a round failed; the next one tries again", name)
            self._wake[name].wait(POLL_S)
            self._wake[name].clear()

    def _route(self) -> int:
        with self._database.session_scope() as session:
            return outbox.route(session, self._settings, self._clock.now(), ROUTED_AT_ONCE)

    def _record(self, one: Claimed, outcome: Outcome) -> None:
        with self._database.session_scope() as session:
            outbox.record(session, self._settings, one, outcome, self._clock.now())

    def _give_back(self, rest: list[Claimed], is_down: bool) -> None:
        if rest:
            after = timedelta(seconds=self._settings.retries.base_s if is_down else 0)
            with self._database.session_scope() as session:
                outbox.give_back(session, rest, self._clock.now(), after)


def speak(channel: Notifier, claimed: Claimed) -> tuple[Outcome, bool]:
    """What became of one try, and whether the whole channel is down. A channel that breaks is a failure like others."""
    try:
        return Outcome(receipt=channel.deliver(claimed.letter) or "no receipt"), False
    except DeliveryFailed as failed:
        return Outcome(error=str(failed), after_s=failed.after_s), failed.is_down
    except DeliveryRefused as refused:
        return Outcome(error=str(refused), refused=True), False
    except Exception as error:  # noqa: BLE001 - whatever breaks there must not end the thread
        # Without the message: it may hold an address with its key.
        log.error("a channel broke: %s", type(error).__name__)
        return Outcome(error=f"the channel broke ({type(error).__name__})"), False
