"""Which ground is watched through which eye. When that changes, an episode there ends without a verdict.

"Put right" is only said of ground that was seen clean. A zone that was taken out, drawn anew, or is seen through
another stream was not, so what stood there is said to be watched no more, and people decide. Whatever keeps its
camera's stream, its outline and its violation goes on as if nothing had happened.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

from edge.config import CameraConfig, FileSourceConfig
from edge.contracts.taxonomy import EndReason
from edge.pipeline import episode_key

Watched = Mapping[str, tuple[str, str]]
"""Episode key -> (digest of the stream, digest of the zone's outline)."""
FACT = "watched"


def watched(cameras: Iterable[CameraConfig]) -> dict[str, tuple[str, str]]:
    """What these cameras watch."""
    return {
        episode_key(camera.id, zone.id, violation): (view_of(camera), _digest(zone.polygon))
        for camera in cameras
        for zone in camera.zones
        for violation in zone.violations
    }


def view_of(camera: CameraConfig) -> str:
    """A digest of where the pictures come from: another password or transport is the same view, another path is not."""
    source = camera.source
    return _digest([str(p) for p in source.paths] if isinstance(source, FileSourceConfig) else source.url)


def ended(before: Watched, after: Watched) -> dict[str, EndReason]:
    """The keys that are not watched as before, and why."""
    cameras = {key.partition("/")[0] for key in after}
    zones = {key.rpartition("/")[0] for key in after}
    found: dict[str, EndReason] = {}
    for key, (view, outline) in before.items():
        if key.partition("/")[0] not in cameras:
            found[key] = EndReason.CAMERA_REMOVED
        elif key.rpartition("/")[0] not in zones:
            found[key] = EndReason.ZONE_REMOVED
        elif key not in after:
            found[key] = EndReason.VIOLATION_REMOVED
        elif after[key][0] != view:
            found[key] = EndReason.CAMERA_CHANGED
        elif after[key][1] != outline:
            found[key] = EndReason.ZONE_CHANGED
    return found


def to_text(what: Watched) -> str:
    """For the store; `from_text` gives it back."""
    return json.dumps(dict(what))


def from_text(text: str | None) -> dict[str, tuple[str, str]]:
    """What was kept; nothing when there is nothing, or none that can be read."""
    try:
        return {str(key): (str(view), str(outline)) for key, (view, outline) in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
