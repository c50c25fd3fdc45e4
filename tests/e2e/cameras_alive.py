"""Cameras of the small city that bring stills, as their edge would."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import av
import cv2
import httpx
from paho.mqtt import publish
from paho.mqtt.enums import MQTTProtocolVersion

from edge.contracts.codec import Envelope, encode
from edge.contracts.ids import uuid7
from edge.contracts.messages import CameraHealth, Presence
from edge.contracts.taxonomy import CameraState
from edge.contracts.topics import Channel, topic
from tests.e2e.city import LivedIn
from tests.e2e.past import PLACES
from tests.stories.camera import CLIPS, EDGE


@dataclass
class CamerasAlive:
    """The edge of the stories with all of its cameras. `brings` puts a still of a clip's second."""

    city: LivedIn

    def __post_init__(self) -> None:
        self._token = self.city.post("admin", f"/api/edges/{EDGE}/tokens")["token"]
        self._clips: dict[tuple[str, float], bytes] = {}

    def report(self, states: dict[str, CameraState] | None = None) -> None:
        """The edge is there with its cameras, and they are well but for these."""
        now = self.city.clock.now()
        cameras = [f"cam-{place.key}" for place in PLACES]
        self._say(Channel.PRESENCE, Presence(online=True, boot=9, edge_version="0.1.0", cameras=cameras))
        for camera_id in cameras:
            state = (states or {}).get(camera_id, CameraState.OK)
            since = now - timedelta(minutes=4)
            self._say(Channel.HEALTH, CameraHealth(camera_id=camera_id, state=state, since=since))

    def brings(self, key: str, at_s: float | None = None) -> None:
        """A still of a place's camera, captured now."""
        place = next(place for place in PLACES if place.key == key)
        picture = self._picture(place.clip, place.out_s if at_s is None else at_s)
        headers = {
            "Authorization": f"Bearer {self._token}", "Content-Type": "image/jpeg",
            "X-Captured-At": self.city.clock.now().isoformat(),
        }  # fmt: skip
        address = f"{self.city.server.url}/api/stills/{EDGE}/cam-{key}"
        httpx.put(address, content=picture, headers=headers).raise_for_status()

    def all_bring(self) -> None:
        """A still of every camera."""
        for place in PLACES:
            self.brings(place.key)

    def _say(self, channel: Channel, message: Presence | CameraHealth) -> None:
        now = self.city.clock.now()
        payload = encode(Envelope(uuid7(now), EDGE, now, message))
        publish.single(
            topic(EDGE, channel), payload, qos=1, hostname="127.0.0.1", port=self.city.broker_port,
            client_id=f"{EDGE}-alive", protocol=MQTTProtocolVersion.MQTTv5,
        )  # fmt: skip

    def _picture(self, clip: str, at_s: float) -> bytes:
        known = self._clips.get((clip, at_s))
        if known is None:
            known = self._clips[clip, at_s] = _frame(CLIPS / clip / f"{clip}.mp4", at_s)
        return known


def _frame(file: Path, at_s: float) -> bytes:
    with av.open(str(file)) as opened:
        stream = opened.streams.video[0]
        opened.seek(int(at_s * 1_000_000))
        for frame in opened.decode(stream):
            if frame.time is not None and frame.time >= at_s - 0.2:
                image = cv2.resize(frame.to_ndarray(format="bgr24"), (960, 540), interpolation=cv2.INTER_AREA)
                return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes()
    raise ValueError(f"{file} has no picture at {at_s} s")
