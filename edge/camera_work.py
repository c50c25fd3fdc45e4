"""One camera from frame to outbox: judge the picture, measure, keep evidence, commit. Only then it happened."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from edge import claims, references
from edge.blur import blurred
from edge.clean_views import CleanView
from edge.config import CameraConfig
from edge.contracts.commands import Recheck
from edge.contracts.messages import CameraHealth, Message
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState
from edge.desk import Desk
from edge.episodes.state import EpisodeState
from edge.errors import DiskFull, EdgeError
from edge.evidence import Captured, EvidenceRecorder
from edge.evidence_manifest import ChainEnd
from edge.health import HealthChange
from edge.judging import Judge
from edge.pipeline import CameraPipeline, Finding, Look, Phase, episode_key
from edge.references import CameraReferences
from edge.stream.frame import Frame, Image
from edge.stream.ring import PacketRing
from edge.vision.reference import light_of

log = logging.getLogger(__name__)
STATES_EVERY = timedelta(seconds=30)
"""How much of a dwell a crash may cost: episode states are kept this often, and with every message."""
RECHECK_PATIENCE = timedelta(seconds=60)
MAX_RECHECKS = 100
MAX_UNTOLD = 50
GIVEN = "given"
"""Stands for a zone and a light: the reference picture that the configuration names."""
CLOSER_S = 10.0
"""How long to look more often when a change of the camera is in the air."""


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
        look_closer: Callable[[float], None] = lambda seconds: None,
        on_look: Callable[[Look], None] = lambda look: None,
        not_before: datetime | None = None,
    ) -> None:
        """`on_look` gets every frame that was judged, after it was kept, with what the models saw (`Look.seen`; None
        for a picture that is no good). It runs in the judging thread: it may note the look down, not work on it.
        Pictures captured before `not_before` came from another stream under the same name and are passed over."""
        told = desk.told_state(camera.id)
        self.camera, self.state, self._is_new = camera, told or CameraState.OK, told is None
        self._desk, self._recorder, self._judge, self._ring = desk, recorder, judge, ring
        self._look_closer, self._on_look, self._trouble = look_closer, on_look, ""
        self._permits, self._reference = list(permits), reference
        self._reload_references()
        self._states = {key: state for key, state in states.items() if key.startswith(f"{camera.id}/")}
        self._pipeline = self._new_pipeline()
        self._kept_at: datetime | None = None
        self._wanted: dict[object, tuple[Recheck, datetime]] = {}
        self._lock = threading.RLock()
        self._not_before, self._is_closed = not_before, False
        self._untold: list[CameraHealth] = []
        self._short_of_space = False

    def _new_pipeline(self) -> CameraPipeline:
        desk = self._desk
        return CameraPipeline(
            self.camera, desk.rules, self._permits, desk.models.perceiver, self._states, self._reference,
            self._references,
        )  # fmt: skip

    @contextmanager
    def paused(self) -> Iterator[Mapping[str, EpisodeState]]:
        """Sees nothing meanwhile; gives the states of its episodes as they are."""
        with self._lock:
            yield self._states

    def change(self, camera: CameraConfig, reference: Image | None, ended: Iterable[str]) -> None:
        """Watch by `camera` from the next frame on, through the same stream; the episodes of these keys are over."""
        with self._lock:
            gone = set(ended)
            self._states = {key: state for key, state in self._states.items() if key not in gone}
            self.camera, self._reference = camera, reference
            self._reload_references()
            self._pipeline = self._new_pipeline()

    def close(self) -> list[Message]:
        """See nothing any more; what is still to be told: answers to those who asked."""
        with self._lock:
            self._is_closed = True
            now = self._desk.clock.now()
            answers: list[Message] = [
                claims.no_answer(command, now, CameraState.LOST) for command, _ in self._wanted.values()
            ]
            self._wanted = {}
            return answers

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
        """The stream is lost, or (None) it is back. It is told when it lasts, and when there are pictures again."""
        with self._lock:
            self._trouble = "" if trouble is None else str(trouble)

    def tend(self) -> None:
        """Now and then, also when no frames come: tell what could not be told, answer those who waited too long."""
        now = self._desk.clock.now()
        with self._lock:
            if self._is_closed:
                return
            if self._trouble:
                self._note(self._judge.miss(now), self._trouble)
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
            if self._is_closed or (self._not_before is not None and frame.captured_at < self._not_before):
                return Look(frame, [], [], {})
            self._trouble = ""
            self._judged(frame)
            if self._judge.fit:
                self._references.verify(frame.captured_at, light_of(frame.image), frame.image)
            look = self._pipeline.step(frame) if self._judge.fit else Look(frame, [], [], {})
            try:
                self._keep(look)
            except DiskFull as full:
                self._untell(look)
                self._alarm(full)
            except BaseException:
                self._untell(look)
                raise
            else:
                self._states |= look.states
                self._keep_references(look)
        try:
            self._on_look(look)
        except Exception:
            log.exception("camera %s: somebody who looked on stumbled", self.camera.id)
        return look

    def look_closer(self, seconds: float) -> None:
        """Judge pictures more often for a while (about one a second, as far as the stream gives them)."""
        self._look_closer(seconds)

    def _reload_references(self) -> None:
        store = self._desk.store
        self._stamp = references.stamp(store, self.camera.id)
        self._references = CameraReferences(references.kept(store, self.camera.id))
        self._stamp_due_s = self._desk.clock.monotonic() + references.RELOAD_S

    def _clean_view(self, look: Look, finding: Finding) -> CleanView | None:
        """What the zone looked like when it was clean, as people may see it; None while no reference of it is used."""
        views, camera, frame = self._desk.clean_views, self.camera, look.frame
        if views is None:
            return None
        if self._reference is not None and camera.reference is not None:
            known = views.of(camera.id, GIVEN, GIVEN)
            if known is None:
                seen = self._desk.models.perceiver.see(self._reference)
                at = datetime.fromtimestamp(camera.reference.stat().st_mtime, UTC)
                views.keep(camera.id, GIVEN, GIVEN, blurred(self._reference, seen.scene, seen.found), at)
            return known or views.of(camera.id, GIVEN, GIVEN)
        light = light_of(frame.image)
        if self._references.of(finding.zone.id, light) is None:
            return None
        by_hand = views.of(camera.id, references.BY_HAND, references.BY_HAND)
        return by_hand or views.of(camera.id, finding.zone.id, light.value)

    def _keep_clean_views(self, look: Look, names: Iterable[str]) -> None:
        views, frame, seen = self._desk.clean_views, look.frame, look.seen
        for zone_id, _, light in (name.partition("/") for name in names):
            if views is None or seen is None or zone_id == references.PICTURE:
                continue
            if views.is_due(self.camera.id, zone_id, light, frame.captured_at):
                shown = blurred(frame.image, seen.scene, seen.found)
                views.keep(self.camera.id, zone_id, light, shown, frame.captured_at)

    def _keep_references(self, look: Look) -> None:
        """What was learned may be lost: it is learned again. What somebody replaced by hand goes before it."""
        known = self._references
        if known.changed or known.forgotten or self._desk.clock.monotonic() >= self._stamp_due_s:
            self._stamp_due_s = self._desk.clock.monotonic() + references.RELOAD_S
            if references.stamp(self._desk.store, self.camera.id) != self._stamp:
                log.info("camera %s: the clean view of its zones was replaced by hand", self.camera.id)
                self._reload_references()
                self._pipeline = self._new_pipeline()
                return
        if known.changed or known.forgotten:
            if known.forgotten:
                log.warning(
                    "camera %s: its view has shifted: the clean view of its zones is learned anew", self.camera.id
                )
            try:
                references.keep(self._desk.store, self.camera.id, known.changed, instead=known.forgotten)
            except DiskFull:
                return
            if known.forgotten and self._desk.clean_views is not None:
                self._desk.clean_views.forget(self.camera.id)
            self._keep_clean_views(look, known.changed)
            known.changed, known.forgotten = {}, False

    def _judged(self, frame: Frame) -> None:
        change = self._judge.see(frame.captured_at, frame.image)
        if change is None and self._judge.fit and (self._is_new or self.state is not CameraState.OK):
            # It was never told of, or told to be unwell before this start, and is well.
            change = HealthChange(CameraState.OK, frame.captured_at, frame.captured_at, "")
        self._note(change)
        if self._judge.suspects:
            self._look_closer(CLOSER_S)

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
                clean = self._clean_view(look, finding) if finding.phase is Phase.RAISED else None
                captured = self._recorder.capture(look, finding, self._ring, versions, end, offset, clean)
                messages.append(claims.alert(self.camera.id, finding, at, versions, captured, offset))
                end = captured.end
            # A picture that is no good but may be so for a moment only is no answer: the next one may be.
            can_answer = self._judge.fit or self.state is not CameraState.OK
            answered = list(self._wanted) if can_answer else []
            for command, _ in (self._wanted[command_id] for command_id in answered):
                message, end = self._answer(command, look, end)
                messages.append(message)
            if self._short_of_space and end != self._desk.end:
                messages.append(self._health(at, "there is space again"))
            self._desk.commit([*messages, *self._untold], look.states, end)
        self._short_of_space = self._short_of_space and not look.findings
        self._kept_at, self._untold = at, []
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
            self._desk.models.perceiver.scene.segment(frame.image),
            zone.polygon,
            measurement.objects,
            about,
            self._desk.versions(command.violation, []),
            end,
            self._desk.clock_offset_s(),
        )
        rule = self._desk.rules[command.violation]
        return claims.answer(command, at, measurement, rule, captured), captured.end

    def _note(self, change: HealthChange | None, trouble: str = "") -> None:
        if change is not None and (self._is_new or change.state is not self.state):
            detail = ": ".join(part for part in (change.detail, trouble) if part)
            level = logging.INFO if self._is_new and change.state is CameraState.OK else logging.WARNING
            log.log(level, "camera %s: %s%s", self.camera.id, change.state.value, f": {detail}" if detail else "")
            if change.state is CameraState.MOVED:
                self._references.doubt()
            self.state, self._is_new = change.state, False
            self._untold = [*self._untold, self._health(change.since, detail)][-MAX_UNTOLD:]

    def _health(self, at: datetime, detail: str) -> CameraHealth:
        return CameraHealth(camera_id=self.camera.id, state=self.state, since=at, detail=detail[:400])

    def _tell(self, messages: list[Message], states: Mapping[str, EpisodeState]) -> None:
        with self._desk.lock:
            try:
                self._desk.commit([*messages, *self._untold], states, self._desk.end)
                self._untold = []
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
        if not self._short_of_space:
            # A line of text may find room where pictures do not; if not, it is told later.
            self._short_of_space = True
            self._untold.append(self._health(self._desk.clock.now(), f"{full.code}: {full}"))
