"""Evidence that takes longer than an alert may wait: the blurred copy of its clip, told in a message of its own.

One thread at the lowest priority, one clip at a time and only a few waiting: judging and delivering go before it. What
is not made before the edge stops is not made; the alert and its sealed clip do not depend on it.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edge.clip_shown import MEDIA_TYPE, ClipNotShown, shown_clip
from edge.contracts.messages import AlertRaised, EvidenceAdded, EvidenceRef, Versions
from edge.contracts.taxonomy import EvidenceRole
from edge.desk import Desk
from edge.errors import DiskFull
from edge.evidence_files import EvidenceFiles
from edge.evidence_key import DeviceKey
from edge.evidence_manifest import ChainEnd, manifest
from edge.vision.perceive import Perceiver

log = logging.getLogger(__name__)
MAX_WAITING = 8
NICENESS = 15


@dataclass(frozen=True, slots=True)
class _Job:
    episode_id: UUID
    camera_id: str
    zone_id: str
    violation: str
    clip: EvidenceRef
    captured_at: datetime
    versions: Versions


class LateEvidence:
    """`raised` notes an alert down, `run` works on them in a thread of its own."""

    def __init__(self, desk: Desk, files: EvidenceFiles, key: DeviceKey, perceiver: Perceiver) -> None:
        self._desk, self._files, self._key, self._perceiver = desk, files, key, perceiver
        self._jobs: queue.Queue[_Job] = queue.Queue(MAX_WAITING)

    @property
    def waiting(self) -> int:
        """How many clips are not made yet."""
        return self._jobs.unfinished_tasks

    def raised(self, alert: AlertRaised) -> None:
        """An alert was committed. Any thread may call it."""
        clip = next((ref for ref in alert.evidence if ref.role is EvidenceRole.CLIP), None)
        if clip is None:
            return
        job = _Job(
            alert.episode_id, alert.camera_id, alert.zone_id, alert.violation, clip, alert.captured_at, alert.versions
        )
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            log.warning("camera %s: no blurred copy of a clip is made: %d wait already", alert.camera_id, MAX_WAITING)

    def run(self, stop: threading.Event) -> None:
        """Make clips until `stop` is set."""
        _step_back()
        while not stop.is_set():
            self.run_once(0.5, stop.is_set)

    def run_once(self, timeout_s: float, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Make the next one; False when there was none for `timeout_s`."""
        try:
            job = self._jobs.get(timeout=timeout_s)
        except queue.Empty:
            return False
        try:
            self._make(job, is_over)
        except (ClipNotShown, DiskFull) as error:
            log.warning("camera %s: no blurred copy of a clip: %s", job.camera_id, error)
        except Exception:
            log.exception("camera %s: no blurred copy of a clip", job.camera_id)
        finally:
            self._jobs.task_done()
        return True

    def _make(self, job: _Job, is_over: Callable[[], bool]) -> None:
        shown = shown_clip(self._files.path(job.clip.sha256), self._perceiver, is_over)
        kept: list[str] = []
        with self._desk.lock:
            try:
                ref = self._put(EvidenceRole.CLIP_SHOWN, MEDIA_TYPE, shown.content, job.clip.captured_at, kept)
                end = self._desk.end
                sealed = manifest(
                    end,
                    self._key,
                    edge_id=self._desk.edge_id,
                    about=_about(job),
                    files=[ref],
                    versions=job.versions,
                    clock_offset_s=self._desk.clock_offset_s(),
                )
                refs = [ref, self._put(EvidenceRole.MANIFEST, "application/json", sealed, job.captured_at, kept)]
                added = EvidenceAdded(
                    episode_id=job.episode_id,
                    camera_id=job.camera_id,
                    zone_id=job.zone_id,
                    violation=job.violation,
                    captured_at=job.captured_at,
                    evidence=refs,
                )
                self._desk.commit([added], {}, ChainEnd(end.number + 1, refs[-1].sha256))
            except BaseException:
                for sha256 in kept:
                    if not self._desk.store.is_held(sha256):
                        self._files.delete(sha256)
                raise

    def _put(self, role: EvidenceRole, media_type: str, content: bytes, at: datetime, kept: list[str]) -> EvidenceRef:
        sha256 = self._files.put(content)
        kept.append(sha256)
        return EvidenceRef(sha256=sha256, media_type=media_type, role=role, size_bytes=len(content), captured_at=at)


def _about(job: _Job) -> dict[str, str]:
    return {
        "phase": "clip_shown",
        "episode": str(job.episode_id),
        "clip": job.clip.sha256,
        "camera": job.camera_id,
        "zone": job.zone_id,
        "violation": job.violation,
        "captured_at": job.captured_at.isoformat(),
    }


def _step_back() -> None:
    """On Linux each thread has a niceness of its own; elsewhere it stays as it is."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    except (OSError, AttributeError):
        log.debug("the priority of a thread cannot be lowered here")
