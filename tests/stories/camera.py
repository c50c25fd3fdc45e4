"""A camera of the stories: frames of a bundled clip, sent as an edge sends them (evidence by HTTP, alerts by MQTT)."""

import json
import time
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import av
import cv2
import httpx
import numpy as np
import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from edge.contracts.codec import Envelope, decode, encode
from edge.contracts.commands import Recheck
from edge.contracts.ids import uuid7
from edge.contracts.messages import (
    AlertCleared,
    AlertRaised,
    EvidenceRef,
    MeasurementReport,
    Message,
    RecheckAnswered,
    Versions,
)
from edge.contracts.taxonomy import CameraState, EvidenceRole
from edge.contracts.topics import Channel, topic
from tests.stories.city import City, Refused

CLIPS = Path(__file__).resolve().parents[2] / "datasets" / "clips"
EDGE = "edge-story"
PATIENCE_S = 20.0
_VERSIONS = Versions(edge="0.1.0", model="ground-segmenter-2", model_sha256="0" * 64, config="0" * 64, violation=1)


class Camera:
    """One zone of one clip. Its alerts carry frames of the clip with the zone drawn in; captured now, by the clock."""

    def __init__(self, city: City, clip: str, camera_id: str, violation: str, place: tuple[float, float]) -> None:
        self._city, self._clip, self.camera_id, self._violation = city, clip, camera_id, violation
        truth = json.loads((CLIPS / clip / "truth.json").read_text(encoding="utf-8"))
        self._zone = truth["zones"][0]
        self.zone_id: str = self._zone["id"]
        self.place = place
        city.put("admin", f"/api/places/cameras/{EDGE}/{camera_id}", {"point": list(place), "name": self._zone["name"]})
        self._token = city.post("admin", f"/api/edges/{EDGE}/tokens")["token"]
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id=f"{EDGE}-{camera_id}", protocol=paho.MQTTv5)
        self._asked: list[Recheck] = []
        self._client.on_message = self._heard
        self._client.connect("127.0.0.1", city.broker_port)
        self._client.loop_start()
        self._client.subscribe(topic(EDGE, Channel.COMMAND), qos=1)

    def close(self) -> None:
        """Hang up."""
        self._client.disconnect()
        self._client.loop_stop()

    def frame(self, at_s: float, drawn: bool = True) -> bytes:
        """A JPEG of the clip at `at_s`, with the zone drawn when `drawn`."""
        image = _decode(CLIPS / self._clip / f"{self._clip}.mp4", at_s)
        if drawn:
            size = np.array([image.shape[1], image.shape[0]])
            outline = (np.array(self._zone["polygon"]) * size).astype(np.int32)
            cv2.polylines(image, [outline], True, (60, 200, 255), 3, cv2.LINE_AA)
        return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes()

    def put(self, picture: bytes) -> str:
        """Store a picture; its name."""
        name = sha256(picture).hexdigest()
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "image/jpeg"}
        answer = httpx.put(f"{self._city.server.url}/api/evidence/{name}", content=picture, headers=headers)
        if answer.is_error:
            raise Refused(answer.text)
        return name

    def raises(self, episode: UUID, frame_s: float, area_m2: float, sigma: float) -> str:
        """The act has lasted as long as the rule asks; the id of its case once the server has it."""
        now = self._city.clock.now()
        shown = self._evidence(self.frame(frame_s), EvidenceRole.WIDE_SHOWN, now)
        original = self._evidence(self.frame(frame_s, drawn=False), EvidenceRole.WIDE_ORIGINAL, now)
        common = self._common(episode, now, area_m2, sigma)
        self._send(AlertRaised(**common, evidence=[shown, original]))
        return self._case_of(episode)

    def clears(self, episode: UUID, area_m2: float = 0.0) -> None:
        """The camera saw that it is gone."""
        now = self._city.clock.now()
        self._send(AlertCleared(**self._common(episode, now, area_m2, 0.0), cleared_at=now))

    def answers(self, still_there: bool, frame_s: float) -> None:
        """Answers the re-check that the server asked for; returns when the case has moved on."""
        _wait(lambda: bool(self._asked))
        asked = self._asked.pop()
        case = self._city.get("seat", "/api/cases", camera_id=self.camera_id, state="W0")["items"][0]
        now = self._city.clock.now()
        picture = self._evidence(self.frame(frame_s), EvidenceRole.WIDE_SHOWN, now)
        self._send(
            RecheckAnswered(
                command_id=asked.command_id, camera_id=self.camera_id, zone_id=self.zone_id, violation=self._violation,
                captured_at=now, still_there=still_there, state=CameraState.OK, evidence=[picture],
            )
        )  # fmt: skip
        _wait(lambda: self._city.get("seat", f"/api/cases/{case['id']}")["state"] != "W0")

    def _heard(self, _client: object, _userdata: object, message: paho.MQTTMessage) -> None:
        command = decode(bytes(message.payload)).message
        if isinstance(command, Recheck) and command.camera_id == self.camera_id:
            self._asked.append(command)

    def _common(self, episode: UUID, now: datetime, area_m2: float, sigma: float) -> dict[str, Any]:
        return {
            "episode_id": episode,
            "camera_id": self.camera_id,
            "zone_id": self.zone_id,
            "violation": self._violation,
            "began_at": now - timedelta(minutes=5),
            "captured_at": now,
            "dwell_s": 300.0,
            "measurement": MeasurementReport(
                captured_at=now, score=0.86, covered_share=0.34, soil_share=0.0, net_share=0.0, occluded_share=0.05,
                area_m2=area_m2, area_m2_sigma=sigma,
            ),
            "versions": _VERSIONS,
        }  # fmt: skip

    def _evidence(self, picture: bytes, role: EvidenceRole, now: datetime) -> EvidenceRef:
        return EvidenceRef(
            sha256=self.put(picture), media_type="image/jpeg", role=role, size_bytes=len(picture), captured_at=now
        )

    def _send(self, message: Message) -> None:
        now, before = self._city.clock.now(), self._city.server.consumer.taken
        payload = encode(Envelope(uuid7(now), EDGE, now, message))
        self._client.publish(topic(EDGE, Channel.ALERT), payload, qos=1).wait_for_publish(PATIENCE_S)
        _wait(lambda: self._city.server.consumer.taken > before)

    def _case_of(self, episode: UUID) -> str:
        alerts = self._city.get("seat", "/api/alerts")["items"]
        return next(alert["case_id"] for alert in alerts if alert["episode_id"] == str(episode))


def _decode(file: Path, at_s: float) -> Any:
    with av.open(str(file)) as film:
        stream = film.streams.video[0]
        film.seek(int(max(0.0, at_s - 3) * av.time_base))
        for picture in film.decode(stream):
            if picture.time is not None and picture.time >= at_s:
                return picture.to_ndarray(format="bgr24")
    raise ValueError(f"{file.name} has no picture at {at_s} s")


def _wait(is_so: Any) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > until:
            raise Refused(f"nothing came within {PATIENCE_S:g} s")
        time.sleep(0.02)
