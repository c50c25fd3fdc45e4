"""Alerts with everything that an edge of today sends: zone, close view, reference view, a blurred clip."""

import io
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import av
import cv2
import httpx
import numpy as np

from edge.contracts.messages import AlertRaised, EvidenceRef
from edge.contracts.taxonomy import EvidenceRole
from tests.stories.camera import CLIPS, Camera
from tests.stories.city import City, Refused

CLIP_S, CLIP_FPS, WIDTH = 6, 8, 640


class WholeCamera(Camera):
    """A camera whose alerts are whole. `clean_s`: when its clip shows nobody's goods."""

    def __init__(self, city: City, camera_id: str, place: tuple[float, float], clean_s: float = 5.0) -> None:
        super().__init__(city, "street_goods", camera_id, "outdoor_display", place)
        self._clean_s = clean_s

    def raises_whole(self, episode: UUID, frame_s: float, mark: str = "") -> str:
        """An alert with all its files; the id of its case. `mark` is written into the pictures, so that they differ."""
        now = self._city.clock.now()
        wide, zone = self._marked(self.frame(frame_s, drawn=False), mark), self._zone["polygon"]
        files = [
            self._file(wide, EvidenceRole.WIDE_SHOWN, "image/jpeg", now),
            self._file(_cut_out(wide, zone), EvidenceRole.CLOSE_SHOWN, "image/jpeg", now),
            self._file(self.frame(self._clean_s, drawn=False), EvidenceRole.REFERENCE_SHOWN, "image/jpeg", now),
            self._file(
                self._clip_of(frame_s), EvidenceRole.CLIP_SHOWN, "video/mp4", now - timedelta(seconds=CLIP_S)
            ),
        ]  # fmt: skip
        common: dict[str, Any] = self._common(episode, now, 2.6, 0.3) | {"began_at": now - timedelta(seconds=4)}
        self._send(AlertRaised(**common, evidence=files, zone_polygon=[tuple(point) for point in zone]))
        return self._case_of(episode)

    def _file(self, content: bytes, role: EvidenceRole, media_type: str, at: datetime) -> EvidenceRef:
        name = sha256(content).hexdigest()
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": media_type}
        answer = httpx.put(f"{self._city.server.url}/api/evidence/{name}", content=content, headers=headers)
        if answer.is_error:
            raise Refused(answer.text)
        return EvidenceRef(sha256=name, media_type=media_type, role=role, size_bytes=len(content), captured_at=at)

    @staticmethod
    def _marked(picture: bytes, mark: str) -> bytes:
        if not mark:
            return picture
        image = _read(picture)
        cv2.putText(image, mark, (24, 120), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (255, 255, 255), 4)
        return _written(image)

    def _clip_of(self, end_s: float) -> bytes:
        """The seconds before `end_s`, small."""
        film = io.BytesIO()
        with av.open(str(CLIPS / self._clip / f"{self._clip}.mp4")) as source, av.open(film, "w", format="mp4") as cut:
            stream = cut.add_stream("libx264", rate=CLIP_FPS, options={"preset": "ultrafast", "crf": "32"})
            stream.width, stream.height, stream.pix_fmt = WIDTH, WIDTH * 9 // 16, "yuv420p"
            source.seek(int(max(0.0, end_s - CLIP_S - 3) * av.time_base))
            taken = 0
            for picture in source.decode(video=0):
                if picture.time is None or picture.time < end_s - CLIP_S + taken / CLIP_FPS:
                    continue
                small = picture.reformat(stream.width, stream.height, "bgr24").to_ndarray()
                cut.mux(stream.encode(av.VideoFrame.from_ndarray(small, "bgr24")))
                taken += 1
                if taken == CLIP_S * CLIP_FPS:
                    break
            cut.mux(stream.encode(None))
        return film.getvalue()


def _cut_out(picture: bytes, zone: list[list[float]]) -> bytes:
    image = _read(picture)
    corners = np.array(zone) * [image.shape[1], image.shape[0]]
    (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    return _written(image[max(0, top) : bottom, max(0, left) : right])


def _read(picture: bytes) -> Any:
    return cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)


def _written(image: Any) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes()
