"""How this edge fares, told every minute: what each camera gives, what a picture costs, what is left of the machine."""

import os
import resource
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from edge.clock import Clock
from edge.contracts.messages import CameraLoad, EdgeLoad
from edge.desk import Desk

FIRST_AFTER_S, EVERY_S = 15.0, 60.0
MAX_PASSES = 2000
"""Passes remembered for the percentile; no edge does more in a minute."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the operating system says: seconds of CPU used so far, resident memory, cores that may be used."""

    cpu_s: Callable[[], float]
    memory_bytes: Callable[[], int]
    cores: Callable[[], int]


def this_machine() -> Machine:
    """The real one."""
    return Machine(lambda: sum(os.times()[:2]), _resident, lambda: len(os.sched_getaffinity(0)))


class LoadMeter:
    """`passed` after each picture, from any thread; `due` now and then; `report` begins a new window."""

    def __init__(
        self, clock: Clock, desk: Desk, disk_free_bytes: Callable[[], int], machine: Machine | None = None
    ) -> None:
        self._clock, self._desk, self._disk_free_bytes = clock, desk, disk_free_bytes
        self._machine = machine or this_machine()
        self._lock = threading.Lock()
        self._passes: deque[float] = deque(maxlen=MAX_PASSES)
        self._judged: dict[str, int] = {}
        self._last: dict[str, datetime] = {}
        self._begun, self._cpu_s = clock.monotonic(), self._machine.cpu_s()
        self._due_s = self._begun + FIRST_AFTER_S

    def passed(self, camera_id: str, captured_at: datetime, seconds: float) -> None:
        """A picture went from frame to outbox in that time."""
        with self._lock:
            self._passes.append(seconds)
            self._judged[camera_id] = self._judged.get(camera_id, 0) + 1
            self._last[camera_id] = captured_at

    @property
    def due(self) -> bool:
        """Whether it is time for a report."""
        return self._clock.monotonic() >= self._due_s

    def report(self, cameras: Collection[str], plan_version: int | None) -> EdgeLoad:
        """Since the last one, of these cameras."""
        now, at = self._clock.monotonic(), self._clock.now()
        cpu_s, counts = self._machine.cpu_s(), self._desk.store.counts()
        with self._lock:
            passes, judged = sorted(self._passes), self._judged
            self._passes.clear()
            self._judged = {}
            self._last = {name: when for name, when in self._last.items() if name in cameras}
            last = dict(self._last)
        window_s = max(now - self._begun, 0.001)
        used = (cpu_s - self._cpu_s) / window_s / self._machine.cores()
        self._begun, self._cpu_s, self._due_s = now, cpu_s, now + EVERY_S
        weights = self._desk.models.weights.values()
        return EdgeLoad(
            at=at,
            window_s=round(window_s, 3),
            cameras=[
                CameraLoad(
                    camera_id=name,
                    judged_per_s=round(judged.get(name, 0) / window_s, 4),
                    last_frame_age_s=round(max(0.0, (at - last[name]).total_seconds()), 1) if name in last else None,
                )
                for name in sorted(cameras)[:1000]
            ],
            pass_p95_ms=round(1000 * passes[min(len(passes) - 1, int(0.95 * len(passes)))], 1) if passes else None,
            cpu_share=round(max(0.0, used), 4),
            cores=self._machine.cores(),
            memory_bytes=self._machine.memory_bytes(),
            disk_free_bytes=self._disk_free_bytes(),
            waiting_alerts=counts.alerts,
            waiting_telemetry=counts.telemetry,
            dropped_telemetry=counts.dropped,
            models=sorted({f"{one.reference}@{one.sha256}" for one in weights})[:20],
            config=self._desk.config_digest,
            plan_version=plan_version,
        )


def timer() -> float:
    """Seconds for measuring a pass: wall time of this machine, whatever clock the edge was given."""
    return time.perf_counter()


def _resident() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
