"""What this edge runs, as it is told to the server: whole, and without a user, a password or a token."""

from datetime import datetime

from edge import __version__
from edge.config import CameraConfig, FileSourceConfig
from edge.contracts.plan import EffectiveCamera, EffectiveConfig, GroundPair, LensPlan, ZonePlan
from edge.planned import Planned
from edge.secrets import hide

HIDDEN = "***"


def effective(running: Planned, at: datetime, violations: list[str]) -> EffectiveConfig:
    """The configuration that runs; `violations` are those that can be measured here."""
    cameras = [_camera(camera, is_planned=camera.id in running.cameras) for camera in running.config.cameras]
    return EffectiveConfig(
        at=at,
        edge_version=__version__,
        config=running.config.digest(),
        plan_version=running.version,
        cameras=cameras,
        violations=sorted(violations),
    )


def _camera(camera: CameraConfig, *, is_planned: bool) -> EffectiveCamera:
    source = camera.source
    ground = None
    if camera.ground is not None:
        ground = [GroundPair(image=point.image, world_m=point.world_m) for point in camera.ground]
    return EffectiveCamera(
        id=camera.id,
        name=camera.name,
        origin="plan" if is_planned else "file",
        kind=source.kind,
        address=shown_address(camera)[:2000],
        transport="tcp" if isinstance(source, FileSourceConfig) else source.transport,
        interval_s=camera.interval_s,
        zones=[
            ZonePlan(id=zone.id, name=zone.name, polygon=zone.polygon, violations=zone.violations)
            for zone in camera.zones
        ],
        ground=ground,
        lens=LensPlan(k1=camera.lens.k1, aspect=camera.lens.aspect),
        has_reference=camera.reference is not None,
    )


def shown_address(camera: CameraConfig) -> str:
    """Where its pictures come from, as people may see it: `rtsp://***@host/path` where a user is needed."""
    source = camera.source
    if isinstance(source, FileSourceConfig):
        return ", ".join(str(path) for path in source.paths)
    scheme, _, rest = hide(source.url).partition("://")
    return f"{scheme}://{HIDDEN}@{rest}" if source.username is not None else f"{scheme}://{rest}"
