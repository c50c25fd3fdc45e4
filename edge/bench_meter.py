"""Counting processor time and memory: by thread clocks, never the wall, so other work on the machine is not counted."""

import contextlib
import os
import resource
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap, Segmenter

_STATM = Path("/proc/self/statm")


class CpuMeter:
    """Seconds of processor time by name, added up over threads."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.counts: defaultdict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what the calling thread does inside."""
        begin = time.thread_time()
        try:
            yield
        finally:
            self.add(name, time.thread_time() - begin)

    def add(self, name: str, seconds: float) -> None:
        """Count something measured elsewhere."""
        with self._lock:
            self.seconds[name] += seconds
            self.counts[name] += 1


class MeteredSegmenter:
    """A segmenter whose time is counted as `segment`."""

    def __init__(self, segmenter: Segmenter, meter: CpuMeter) -> None:
        self._segmenter, self._meter = segmenter, meter

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        with self._meter.of("segment"):
            return self._segmenter.segment(image)


class MeteredDetector:
    """A detector whose time is counted as `detect`."""

    def __init__(self, detector: Detector, meter: CpuMeter) -> None:
        self._detector, self._meter = detector, meter

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        with self._meter.of("detect"):
            return self._detector.detect(image)


class MemoryWatch:
    """Peak of the process's resident memory in bytes while it runs; `now` at any time."""

    def __init__(self, every_s: float = 0.2) -> None:
        self._every_s, self._stop = every_s, threading.Event()
        self.peak = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, resident_bytes())
            if self._stop.wait(self._every_s):
                return


def resident_bytes() -> int:
    """Resident memory now; where the system does not tell, the most there ever was."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
