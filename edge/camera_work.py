"""One camera from frame to outbox: judge the picture, measure, keep evidence, commit. Only then it happened."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from edge import __version__, claims
from edge.clock import Clock
from edge.config import CameraConfig
from edge.contracts.codec import Envelope
from edge.contracts.commands import Recheck
from edge.contracts.ids import uuid7
from edge.contracts.messages import CameraHealth, Message, Versions
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState
from edge.contracts.violations import ViolationRule
from edge.episodes.state import EpisodeState
from edge.errors import DiskFull, EdgeError
from edge.evidence import Captured, EvidenceRecorder
from edge.evidence_manifest import ChainEnd
from edge.pipeline import CameraPipeline, Look, Phase, episode_key
from edge.store import EdgeStore
from edge.stream.frame import Frame, Image
from edge.stream.ring import PacketRing
from edge.vision.segmenter import Segmenter

log = logging.getLogger(__name__)
STATES_EVERY = timedelta(seconds=30)
"""How much of a dwell a crash may cost: episode states are kept this often, and with every message."""
RECHECK_PATIENCE = timedelta(seconds=60)
MAX_RECHECKS = 100


class Judge(Protocol):
    """Says what a camera's picture is good for."""

    def see(self, at: datetime, image: Image) -> CameraState:
        """The camera's state with this picture."""
        ...


@dataclass
class Desk:
    """What all cameras of an edge share. `lock` is held while evidence and its rows are written: the chain is one."""

    edge_id: str
    store: EdgeStore
    clock: Clock
    segmenter: Segmenter
    rules: Mapping[str, ViolationRule]
    config_digest: str
    model: str
    model_sha256: str
    on_commit: Callable[[], None] = lambda: None
    clock_offset_s: Callable[[], float | None] = lambda: None
    end: ChainEnd = field(default_factory=ChainEnd)
    lock: threading.Lock = field(default_factory=threading.Lock)
    full: bool = False

    def envelope(self, message: Message) -> Envelope:
        """The message with its once-made id."""
        now = self.clock.now()
        return Envelope(uuid7(now), self.edge_id, now, message)

    def versions(self, violation: str, permits: Sequence[Permit]) -> Versions:
        """What made a claim."""
        return Versions(
            edge=__version__,
            model=self.model,
            model_sha256=self.model_sha256,
            config=self.config_digest,
            violation=self.rules[violation].version,
            permits=claims.permit_names(tuple(permits)),
        )

    def commit(self, messages: list[Message], states: Mapping[str, EpisodeState], end: ChainEnd) -> None:
        """Keep everything in one transaction. Raises DiskFull."""
        facts = {"chain_number": str(end.number), "chain_sha256": end.sha256} if end != self.end else {}
        kept = {key: state.to_json() for key, state in states.items()}
        self.store.commit([self.envelope(message) for message in messages], kept, facts)
        has_evidence, self.end = end != self.end, end
        if self.full and has_evidence:
            self.full = False
            log.warning("there is space again; everything is kept as before")
        if messages:
            self.on_commit()


def chain_end(store: EdgeStore) -> ChainEnd:
    """The end of the manifest chain as it was last committed."""
    number, sha256 = store.fact("chain_number"), store.fact("chain_sha256")
    return ChainEnd(int(number), sha256) if number and sha256 else ChainEnd()


class CameraWork:
    """Frames one at a time (`see`), news of the stream (`lost`) and wishes of the server from any thread."""

    def __init__(
        self,
        camera: CameraConfig,
        desk: Desk,
        recorder: EvidenceRecorder,
        judge: Judge,
        ring: PacketRing,
        permits: Sequence[Permit],
        states: Mapping[str, EpisodeState],
        reference: Image | None = None,
    ) -> None:
        self.camera, self.state = camera, CameraState.OK
        self._desk, self._recorder, self._judge, self._ring = desk, recorder, judge, ring
        self._permits, self._reference = list(permits), reference
        self._states = {key: state for key, state in states.items() if key.startswith(f"{camera.id}/")}
        self._pipeline = self._new_pipeline()
        self._kept_at: datetime | None = None
        self._wanted: dict[object, tuple[Recheck, datetime]] = {}
        self._lock = threading.Lock()
        self._untold: CameraHealth | None = None

    def _new_pipeline(self) -> CameraPipeline:
        desk = self._desk
        return CameraPipeline(
            self.camera, desk.rules, self._permits, desk.segmenter, self._states, reference=self._reference
        )

    def set_permits(self, permits: Sequence[Permit]) -> None:
        """These permits hold from the next frame on."""
        with self._lock:
            self._permits = list(permits)
            self._pipeline.set_permits(permits)

    def ask(self, command: Recheck) -> None:
        """Answer with the next good frame; when none comes, say so. Asking twice is asking once."""
        with self._lock:
            if len(self._wanted) < MAX_RECHECKS:
                self._wanted.setdefault(command.command_id, (command, self._desk.clock.now()))

    def lost(self, trouble: EdgeError | None) -> None:
        """The stream is lost, or (None) it is back: then the next picture tells how it is."""
        if trouble is not None:
            with self._lock:
                self._note(CameraState.LOST, self._desk.clock.now(), str(trouble))
                self._tell([], {})

    def tend(self) -> None:
        """Now and then, also when no frames come: tell what could not be told, answer those who waited too long."""
        now = self._desk.clock.now()
        with self._lock:
            late = [command for command, since in self._wanted.values() if now - since > RECHECK_PATIENCE]
            state = CameraState.LOST if self.state is CameraState.OK else self.state
            answers: list[Message] = [claims.no_answer(command, now, state) for command in late]
            if answers or self._untold:
                self._tell(answers, {})
                for command in late:
                    self._wanted.pop(command.command_id, None)

    def see(self, frame: Frame) -> Look:
        """Take one frame. What it told is committed when the call returns, or will be told again by a later one."""
        with self._lock:
            state = self._judge.see(frame.captured_at, frame.image)
            if state is not self.state:
                self._note(state, frame.captured_at, "")
            look = self._pipeline.step(frame, state)
            try:
                self._keep(look)
            except DiskFull as full:
                self._untell(look)
                self._alarm(full)
            else:
                self._states |= look.states
            return look

    def _keep(self, look: Look) -> None:
        self._recorder.watch(look)
        at = look.frame.captured_at
        due = self._kept_at is None or abs(at - self._kept_at) >= STATES_EVERY
        if not (look.findings or self._wanted or self._untold or (due and look.states)):
            return
        with self._desk.lock:
            end, messages = self._desk.end, list[Message]()
            for finding in look.findings:
                versions, offset = self._desk.versions(finding.violation, finding.permits), self._desk.clock_offset_s()
                captured = self._recorder.capture(look, finding, self._ring, versions, end, offset)
                messages.append(claims.alert(self.camera.id, finding, at, versions, captured, offset))
                end = captured.end
            answered = list(self._wanted)
            for command, _ in self._wanted.values():
                message, end = self._answer(command, look, end)
                messages.append(message)
            if self._untold:
                messages.append(self._untold)
            self._desk.commit(messages, look.states, end)
        self._kept_at, self._untold = at, None
        for command_id in answered:
            self._wanted.pop(command_id, None)
        self._recorder.committed(look)
        for finding in look.findings:
            log.info("%s %s %s in %s", self.camera.id, finding.phase.value, finding.violation, finding.zone.id)

    def _answer(self, command: Recheck, look: Look, end: ChainEnd) -> tuple[Message, ChainEnd]:
        frame, at = look.frame, look.frame.captured_at
        if self.state is not CameraState.OK:
            return claims.no_answer(command, at, self.state), end
        try:
            zone = self.camera.zone(command.zone_id)
            measurement = self._pipeline.look(command.zone_id, command.violation, frame)
        except KeyError as unknown:
            log.warning("recheck of an unknown place: %s", unknown)
            return claims.no_answer(command, at, CameraState.LOST), end
        about = {
            "phase": "recheck",
            "command": str(command.command_id),
            "camera": self.camera.id,
            "zone": zone.id,
            "violation": command.violation,
            "captured_at": at.isoformat(),
        }
        captured: Captured = self._recorder.capture_look(
            frame,
            self._desk.segmenter.segment(frame.image),
            zone.polygon,
            measurement.objects,
            about,
            self._desk.versions(command.violation, []),
            end,
            self._desk.clock_offset_s(),
        )
        rule = self._desk.rules[command.violation]
        return claims.answer(command, at, measurement, rule, captured), captured.end

    def _note(self, state: CameraState, at: datetime, detail: str) -> None:
        if state is not self.state:
            log.warning("camera %s: %s%s", self.camera.id, state.value, f": {detail}" if detail else "")
            self.state = state
            self._untold = CameraHealth(camera_id=self.camera.id, state=state, since=at, detail=detail[:400])

    def _tell(self, messages: list[Message], states: Mapping[str, EpisodeState]) -> None:
        told = [*messages, *([self._untold] if self._untold else [])]
        with self._desk.lock:
            try:
                self._desk.commit(told, states, self._desk.end)
                self._untold = None
            except DiskFull as full:
                self._alarm(full)

    def _untell(self, look: Look) -> None:
        """The frame was seen, but nothing of it could be told: it is told by a later frame, when there is space."""
        self._recorder.abandon(self._desk.store.is_held)
        before, after = self._states, dict(look.states)
        for finding in look.findings:
            key = episode_key(self.camera.id, finding.zone.id, finding.violation)
            if finding.phase is Phase.RAISED:
                after[key] = replace(after[key], episode_id=None, told_at=None)
            elif finding.phase is Phase.UPDATED:
                after[key] = replace(after[key], told_at=before[key].told_at)
            else:
                after[key] = before[key]
        self._states = before | after
        self._pipeline = self._new_pipeline()

    def _alarm(self, full: DiskFull) -> None:
        if not self._desk.full:
            self._desk.full = True
            log.error("nothing new can be kept: %s", full)
