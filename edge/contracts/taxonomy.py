"""Words that both sides must spell the same way."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Id of an edge, camera, zone, permit: lower-case letters, digits, - and _; safe in a topic and a path."""

ViolationId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
"""`outdoor_display`, `exposed_muck`, or any other that `configs/violations/` defines."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CameraState(StrEnum):
    """What a camera's picture is good for. Only `ok` is measured."""

    OK = "ok"
    LOST = "lost"
    FROZEN = "frozen"
    BLACK = "black"
    BLURRED = "blurred"
    MOVED = "moved"


class EndReason(StrEnum):
    """Why a camera looks at an act no more."""

    CAMERA_REMOVED = "camera_removed"
    CAMERA_CHANGED = "camera_changed"
    ZONE_REMOVED = "zone_removed"
    ZONE_CHANGED = "zone_changed"
    VIOLATION_REMOVED = "violation_removed"


class PermitRelation(StrEnum):
    """How the act stands to the permits that live in its zone at that time."""

    NONE = "none"
    WITHIN = "within"
    EXCEEDED = "exceeded"


class EvidenceRole(StrEnum):
    """Why a file was kept. `original` pictures are sealed; `shown` ones are blurred copies.

    `clip_shown` is a small blurred copy of the clip, `reference_shown` the blurred clean view of the same camera.
    """

    WIDE_ORIGINAL = "wide_original"
    WIDE_SHOWN = "wide_shown"
    CLOSE_ORIGINAL = "close_original"
    CLOSE_SHOWN = "close_shown"
    CLIP = "clip"
    CLIP_SHOWN = "clip_shown"
    REFERENCE_SHOWN = "reference_shown"
    MANIFEST = "manifest"
