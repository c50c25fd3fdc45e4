"""The demonstration's configuration, made from the truth files: what a city would write by hand in YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from edge.config import EdgeConfig
from edge.config import load as load_edge
from edge.config_plans import PRIVATE
from server.config import ServerSettings
from server.config import load as load_server
from shouwei.demo.truth import Clip, Truth, read_clip

PROJECT = Path(__file__).resolve().parents[2]
CLIPS = PROJECT / "datasets" / "clips"
EDGE_ID = "edge-demo"
DWELL_S, LEAVE_S, UPDATE_S, INTERVAL_S = 20.0, 10.0, 30.0, 2.0


@dataclass(frozen=True, slots=True)
class DemoCamera:
    """A camera, the clips it plays one after the other, and who answers for its zones.

    The codes are made up for tests (GB 32100 check digit right), never to be shown as real.
    """

    id: str
    name: str
    clips: tuple[str, ...]
    subject: str
    code: str


CAMERAS = (
    DemoCamera("cam-fruit", "延陵路 12 号 果品店前", ("street_goods",), "示例果品店", "92320402MA00000152"),
    DemoCamera("cam-seating", "青果巷口 餐饮外摆", ("street_permit",), "示例餐饮有限公司", "91320402MA00000155"),
    DemoCamera("cam-site", "三号地块 工地北侧", ("site_muck",), "示例建设工程有限公司", "92320402MA00000A9P"),
    DemoCamera("cam-clean", "局前街 人行道", ("street_clean", "street_turned"), "示例便利店", "92320402MA00000820"),
)


@dataclass(frozen=True, slots=True)
class PlayedClip:
    """A clip on its camera: it starts `offset_s` seconds into the demonstration."""

    camera: DemoCamera
    clip: Clip
    offset_s: float

    @property
    def truth(self) -> Truth:
        """What it shows."""
        return self.clip.truth


def played_clips(folder: Path = CLIPS) -> list[PlayedClip]:
    """Every bundled clip with its camera and offset. Raises TruthError."""
    played: list[PlayedClip] = []
    for camera in CAMERAS:
        offset_s = 0.0
        for name in camera.clips:
            clip = read_clip(folder / name)
            played.append(PlayedClip(camera, clip, offset_s))
            offset_s += clip.truth.duration_s
    return played


def duration_s(played: list[PlayedClip]) -> float:
    """Until the last camera has played everything."""
    return max(p.offset_s + p.truth.duration_s for p in played)


def write_configs(
    folder: Path, played: list[PlayedClip], broker_port: int, http_port: int, *, live: bool
) -> tuple[EdgeConfig, ServerSettings]:
    """Write `edge.yaml` and `server.yaml` into the folder and load them as any operator's would be."""
    edge_file, server_file = folder / "edge.yaml", folder / "server.yaml"
    _write(edge_file, _edge_document(folder, played, broker_port, http_port, live=live))
    _write(server_file, _server_document(folder, broker_port, http_port))
    return load_edge(edge_file), load_server(server_file)


def _edge_document(
    folder: Path, played: list[PlayedClip], broker_port: int, http_port: int, *, live: bool
) -> dict[str, Any]:
    times = {"dwell_s": DWELL_S, "leave_s": LEAVE_S, "update_s": UPDATE_S}
    return {
        "edge_id": EDGE_ID,
        "data_dir": str(folder / "edge"),
        "broker": {"host": "127.0.0.1", "port": broker_port},
        "server": {"url": f"http://127.0.0.1:{http_port}"},
        "overrides": {"outdoor_display": times, "exposed_muck": times, "exposed_garbage": times},
        # Whoever watches over the demonstration may add cameras of this machine, and play the bundled clips and files
        # that are put beside it.
        "plans": {
            "files": [str(CLIPS), str(folder / "clips")],
            "networks": ["127.0.0.0/8", *map(str, PRIVATE)],
        },
        "cameras": [_camera(camera, played, live=live) for camera in CAMERAS],
    }


def _camera(camera: DemoCamera, played: list[PlayedClip], *, live: bool) -> dict[str, Any]:
    clips = [p.clip for p in played if p.camera is camera]
    first = clips[0].truth
    return {
        "id": camera.id,
        "name": camera.name,
        "interval_s": INTERVAL_S,
        "source": {"kind": "file", "paths": [str(c.path) for c in clips], "realtime": live, "loop": live},
        "ground": [{"image": list(p.image), "world_m": list(p.world_m)} for p in first.ground.points],
        "zones": [
            {"id": z.id, "name": z.name, "polygon": [list(p) for p in z.polygon], "violations": z.violations}
            for z in first.zones
        ],
    }


def _server_document(folder: Path, broker_port: int, http_port: int) -> dict[str, Any]:
    return {
        "data_dir": str(folder / "server"),
        "http": {"host": "127.0.0.1", "port": http_port, "sweep_every_s": 1},
        "broker": {"host": "127.0.0.1", "port": broker_port, "client_id": "shouwei-demo"},
    }


def _write(file: Path, document: Mapping[str, Any]) -> None:
    head = "# Written anew by `shouwei demo` at every start.\n"
    file.write_text(head + yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
