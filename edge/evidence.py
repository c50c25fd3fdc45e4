"""Evidence of an episode: the first, the best and the latest moment in pictures, a clip, and a signed manifest.

Every file is on the disk when `capture` returns, so that the row which names it may be committed.
"""

import base64
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from edge.clean_views import CleanView
from edge.contracts.geometry import Point
from edge.contracts.messages import EvidenceRef, Versions
from edge.contracts.taxonomy import EvidenceRole
from edge.evidence_files import EvidenceFiles
from edge.evidence_key import DeviceKey
from edge.evidence_manifest import ChainEnd, manifest
from edge.evidence_pictures import ORIGINAL_QUALITY, SHOWN_QUALITY, Pictures, drawn, from_jpeg, jpeg, pictures
from edge.pipeline import Finding, Look, Phase, episode_key
from edge.stream.errors import ClipUnavailable
from edge.stream.frame import Frame
from edge.stream.ring import PacketRing
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap

log = logging.getLogger(__name__)
BETTER_BY = 0.02
"""How much higher a score must be for a picture to become the best one."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What was kept for one message, the thumbnail that rides in it, and the new end of the manifest chain."""

    refs: list[EvidenceRef]
    thumbnail_base64: str
    end: ChainEnd


@dataclass(frozen=True, slots=True)
class _Moment:
    content: bytes
    captured_at: datetime
    score: float


@dataclass(slots=True)
class _Candidate:
    began_at: datetime
    first: _Moment
    best: _Moment


class EvidenceRecorder:
    """For one thread. `clip_s` seconds before a raising or clearing are cut as a clip."""

    def __init__(
        self, files: EvidenceFiles, key: DeviceKey, perceiver: Perceiver, edge_id: str, clip_s: float = 10.0
    ) -> None:
        self._files, self._key, self._perceiver = files, key, perceiver
        self._edge_id, self._clip_s = edge_id, clip_s
        self._candidates: dict[str, _Candidate] = {}
        self._fresh: list[str] = []

    def watch(self, look: Look) -> None:
        """Remember the first and the best picture of what may become an episode. Call it for every look."""
        encoded: bytes | None = None
        for reading in look.readings:
            key = episode_key(look.frame.camera_id, reading.zone.id, reading.violation)
            state = look.states.get(key)
            if state is None or state.began_at is None or state.episode_id is not None:
                if state is None or state.began_at is None:
                    self._candidates.pop(key, None)
                continue
            known = self._candidates.get(key)
            is_new = known is None or known.began_at != state.began_at
            seen = reading.measurement
            if seen.occluded or (known is not None and not is_new and seen.score < known.best.score + BETTER_BY):
                continue
            encoded = encoded or jpeg(look.frame.image, ORIGINAL_QUALITY)
            moment = _Moment(encoded, look.frame.captured_at, seen.score)
            if known is None or is_new:
                self._candidates[key] = _Candidate(state.began_at, moment, moment)
            else:
                known.best = moment

    def capture(
        self,
        look: Look,
        finding: Finding,
        ring: PacketRing,
        versions: Versions,
        end: ChainEnd,
        clock_offset_s: float | None = None,
        clean: CleanView | None = None,
    ) -> Captured:
        """Keep the evidence of one finding, with the `clean` view of its zone beside it.

        Raises DiskFull; files kept until then are swept up at the next start.
        """
        frame, zone = look.frame, finding.zone.polygon
        # Looked for again: a finding keeps what stands in its zone, and everybody in the picture has to be blurred.
        passing = self._perceiver.find(frame.image)
        latest = pictures(frame.image, finding.class_map, zone, finding.measurement.objects, passing)
        refs: list[EvidenceRef] = []
        candidate = self._candidates.get(episode_key(frame.camera_id, finding.zone.id, finding.violation))
        if finding.phase is Phase.RAISED and candidate is not None:
            for moment in {m.captured_at: m for m in (candidate.first, candidate.best)}.values():
                if moment.captured_at != frame.captured_at:
                    refs += self._keep(self._again(moment, zone), moment.captured_at)
        refs += self._keep(latest, frame.captured_at)
        if clean is not None:
            refs += [self._clean(clean, zone)]
        if finding.phase is not Phase.UPDATED:
            refs += self._clip(ring, frame.captured_at)
        about = {
            "phase": finding.phase.value,
            "episode": str(finding.episode_id),
            "camera": frame.camera_id,
            "zone": finding.zone.id,
            "violation": finding.violation,
            "captured_at": frame.captured_at.isoformat(),
        }
        return self._sealed(refs, latest.thumbnail, about, versions, end, frame.captured_at, clock_offset_s)

    def capture_look(
        self,
        frame: Frame,
        classes: ClassMap,
        zone: list[Point],
        objects: list[FoundObject],
        about: Mapping[str, str],
        versions: Versions,
        end: ChainEnd,
        clock_offset_s: float | None = None,
    ) -> Captured:
        """Keep the pictures of one look that the server asked for. Raises DiskFull."""
        latest = pictures(frame.image, classes, zone, objects, self._perceiver.find(frame.image))
        refs = self._keep(latest, frame.captured_at)
        return self._sealed(refs, latest.thumbnail, about, versions, end, frame.captured_at, clock_offset_s)

    def committed(self, look: Look) -> None:
        """What was captured is committed: the first and best pictures of its findings are needed no more."""
        self._fresh.clear()
        for finding in look.findings:
            self._candidates.pop(episode_key(look.frame.camera_id, finding.zone.id, finding.violation), None)

    def abandon(self, is_held: Callable[[str], bool]) -> None:
        """What was captured could not be committed: remove those files, for the disk is full."""
        for sha256 in self._fresh:
            if not is_held(sha256):
                self._files.delete(sha256)
        self._fresh.clear()

    def _again(self, moment: _Moment, zone: list[Point]) -> Pictures:
        image = from_jpeg(moment.content)
        seen = self._perceiver.see(image)
        return pictures(image, seen.scene, zone, passing=seen.found)

    def _keep(self, made: Pictures, at: datetime) -> list[EvidenceRef]:
        kinds = (
            (EvidenceRole.WIDE_ORIGINAL, made.wide_original),
            (EvidenceRole.WIDE_SHOWN, made.wide_shown),
            (EvidenceRole.CLOSE_ORIGINAL, made.close_original),
            (EvidenceRole.CLOSE_SHOWN, made.close_shown),
        )
        return [self._put(role, "image/jpeg", content, at) for role, content in kinds]

    def _put(self, role: EvidenceRole, media_type: str, content: bytes, at: datetime) -> EvidenceRef:
        sha256 = self._files.put(content)
        self._fresh.append(sha256)
        return EvidenceRef(sha256=sha256, media_type=media_type, role=role, size_bytes=len(content), captured_at=at)

    def _clean(self, clean: CleanView, zone: list[Point]) -> EvidenceRef:
        shown = jpeg(drawn(from_jpeg(clean.content), zone, []), SHOWN_QUALITY)
        return self._put(EvidenceRole.REFERENCE_SHOWN, "image/jpeg", shown, clean.at)

    def _clip(self, ring: PacketRing, at: datetime) -> list[EvidenceRef]:
        temporary = self._files.new_file()
        try:
            clip = ring.cut(at - timedelta(seconds=self._clip_s), at, temporary)
        except ClipUnavailable as reason:
            log.warning("no clip: %s", reason)
            return []
        sha256, size = self._files.adopt(temporary)
        self._fresh.append(sha256)
        return [
            EvidenceRef(
                sha256=sha256,
                media_type="video/mp4",
                role=EvidenceRole.CLIP,
                size_bytes=size,
                captured_at=clip.from_at,
            )
        ]

    def _sealed(
        self,
        refs: list[EvidenceRef],
        thumbnail: bytes,
        about: Mapping[str, str],
        versions: Versions,
        end: ChainEnd,
        at: datetime,
        clock_offset_s: float | None,
    ) -> Captured:
        content = manifest(
            end,
            self._key,
            edge_id=self._edge_id,
            about=about,
            files=refs,
            versions=versions,
            clock_offset_s=clock_offset_s,
        )
        sealed = self._put(EvidenceRole.MANIFEST, "application/json", content, at)
        return Captured([*refs, sealed], base64.b64encode(thumbnail).decode(), ChainEnd(end.number + 1, sealed.sha256))
