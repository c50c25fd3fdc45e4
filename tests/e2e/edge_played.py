"""The edge of the small city, played: it tells what it runs, tries addresses, takes plans over or refuses them."""

import json
from base64 import b64encode
from typing import Any

import httpx
from paho.mqtt import publish
from paho.mqtt.enums import MQTTProtocolVersion

from edge.contracts.codec import Envelope, encode
from edge.contracts.ids import uuid7
from edge.contracts.messages import ConfigApplied
from edge.contracts.plan import CameraPlan, EdgePlan, EffectiveCamera, EffectiveConfig
from edge.contracts.topics import Channel, topic
from tests.e2e.cameras_alive import CamerasAlive
from tests.e2e.city import LivedIn
from tests.stories.camera import CLIPS, EDGE

VIOLATIONS = ["exposed_garbage", "exposed_muck", "outdoor_display"]


class EdgePlayed:
    """Runs the camera `cam-fruit` of its own file until a plan says more."""

    def __init__(self, city: LivedIn) -> None:
        self.city, self.alive = city, CamerasAlive(city)
        self._token = city.post("admin", f"/api/edges/{EDGE}/tokens")["token"]
        self._file = [_of_file("cam-fruit", "street_goods"), _of_file("cam-noodle", "street_permit")]
        self.alive.report()
        self.runs([], None)

    def runs(self, planned: list[CameraPlan], version: int | None) -> None:
        """Tell what runs: the file's cameras, with those of the plan in their place or behind them."""
        mine = {camera.id: camera for camera in planned}
        cameras = [camera for camera in self._file if camera.id not in mine]
        cameras += [_of_plan(camera, self._file) for camera in planned]
        told = EffectiveConfig(
            at=self.city.clock.now(), edge_version="0.1.0", config="0" * 64, plan_version=version, cameras=cameras,
            violations=VIOLATIONS,
        )  # fmt: skip
        self._put(f"/api/edges/{EDGE}/effective", told.model_dump(mode="json"))

    def obeys(self, version: int) -> EdgePlan:
        """Fetch the plan, run it, say so."""
        answer = self._http("GET", f"/api/edges/{EDGE}/plan/{version}")
        plan = EdgePlan.model_validate_json(answer.content)
        self.runs(plan.cameras, version)
        self.answers(version, [])
        return plan

    def answers(self, version: int, problems: list[str]) -> None:
        """Accept (no problems) or refuse the plan."""
        wanted = self.city.get("admin", f"/api/edges/{EDGE}/config")["version"]
        message = ConfigApplied(
            version=wanted, plan_version=version, plan_accepted=not problems, accepted=not problems, problems=problems
        )
        now = self.city.clock.now()
        publish.single(
            topic(EDGE, Channel.HEALTH), encode(Envelope(uuid7(now), EDGE, now, message)), qos=1, hostname="127.0.0.1",
            port=self.city.broker_port, client_id=f"{EDGE}-answers", protocol=MQTTProtocolVersion.MQTTv5,
        )  # fmt: skip

    def finds(self, probe_id: str, clip: str = "street_goods", at_s: float = 60) -> str:
        """Open the address of a try and bring its picture; the address, as the edge got it."""
        address = self._http("GET", f"/api/edges/{EDGE}/probes/{probe_id}/address").json()["address"]
        picture = b64encode(self.alive._picture(clip, at_s)).decode()
        found = {
            "ok": True, "width": 960, "height": 540, "codec": "h264", "frames_per_s": 25.0,
            "picture_jpeg_base64": picture,
        }  # fmt: skip
        self._put(f"/api/edges/{EDGE}/probes/{probe_id}/result", found)
        return address

    def fails(self, probe_id: str, fault: str, detail: str) -> None:
        """Say what was wrong with an address."""
        self._put(f"/api/edges/{EDGE}/probes/{probe_id}/result", {"ok": False, "fault": fault, "detail": detail})

    def _put(self, path: str, body: dict[str, Any]) -> None:
        self._http("PUT", path, json=body)

    def _http(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = httpx.request(method, f"{self.city.server.url}{path}", headers=headers, **more)
        answer.raise_for_status()
        return answer


def _of_file(camera_id: str, clip: str) -> EffectiveCamera:
    truth = json.loads((CLIPS / clip / "truth.json").read_text(encoding="utf-8"))
    return EffectiveCamera.model_validate(
        {
            "id": camera_id,
            "name": truth["zones"][0]["name"],
            "origin": "file",
            "kind": "file",
            "address": f"/srv/clips/{clip}.mp4",
            "interval_s": 2,
            "zones": truth["zones"],
            "ground": [{"image": p["image"], "world_m": p["world_m"]} for p in truth["ground"]["points"]],
        }
    )


def _of_plan(camera: CameraPlan, file: list[EffectiveCamera]) -> EffectiveCamera:
    known = next((one for one in file if one.id == camera.id), None)
    kept = camera.address is None and known is not None
    return EffectiveCamera(
        id=camera.id, name=camera.name, origin="plan", transport=camera.transport, interval_s=camera.interval_s,
        kind=known.kind if kept and known else "rtsp", zones=camera.zones, ground=camera.ground, lens=camera.lens,
        address=known.address if kept and known else camera.address or "",
    )  # fmt: skip
