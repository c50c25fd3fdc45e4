"""Trying an address that people typed: one blurred picture with size, codec and rate, or in words what was wrong.

An edge goes only where its operator allows (`edge.config_plans`), and tells nobody what the address was.
"""

import base64
import itertools
import logging
import queue
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import av
from av import Packet
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from edge.address import AddressRefused, LiveAddress, Resolve, read_address, refused_host, resolved
from edge.blur import blurred
from edge.config_plans import PlansConfig
from edge.contracts.probes import ProbeAddress, ProbeFault, ProbeResult
from edge.errors import EdgeError, SourceLost, SourceUnreadable
from edge.secrets import hide
from edge.server_http import ServerHttp, ServerUnreachable
from edge.still import encoded
from edge.stream.decode import decode_key
from edge.stream.demux import coded_pictures, video_stream
from edge.stream.errors import PictureBroken, SourceRefused
from edge.stream.frame import Image
from edge.stream.packet import CodedPicture
from edge.stream.redact import redact
from edge.stream.rtsp_open import RtspAddress, is_port_open, open_rtsp
from edge.vision.perceive import Perceiver

log = logging.getLogger(__name__)
WITHIN_S = 10.0
PATIENCE_S = 4.0
RATE_OVER_S = 1.5
MAX_WAITING, MAX_KNOWN = 5, 200
TRIES, AGAIN_AFTER_S = 3, 2.0
ADDRESS_BYTES = 8192


class _Wrong(Exception):
    def __init__(self, fault: ProbeFault, detail: str) -> None:
        self.fault, self.detail = fault, detail
        super().__init__(detail)


def probe(
    text: str,
    plans: PlansConfig,
    perceiver: Perceiver,
    resolve: Resolve = resolved,
    timer: Callable[[], float] = time.monotonic,
) -> ProbeResult:
    """What is found at the address `text` within about ten seconds. Never raises for what an address or camera does."""
    try:
        return _tried(text, plans, perceiver, resolve, timer() + WITHIN_S, timer)
    except _Wrong as wrong:
        return ProbeResult(ok=False, fault=wrong.fault, detail=hide(wrong.detail)[:400])


def _tried(
    text: str, plans: PlansConfig, perceiver: Perceiver, resolve: Resolve, until: float, timer: Callable[[], float]
) -> ProbeResult:
    try:
        found = read_address(text, plans)
    except AddressRefused as refused:
        raise _Wrong(ProbeFault.NOT_ALLOWED if refused.by_operator else ProbeFault.BAD_ADDRESS, str(refused)) from None
    with _opened(found, plans, resolve) as container:
        where = "the stream" if isinstance(found, LiveAddress) else "the file"
        try:
            stream = video_stream(container, where)
        except SourceUnreadable as error:
            raise _Wrong(ProbeFault.NO_VIDEO, error.reason) from None
        key, rate = _looked(container, stream, until, timer)
        codec = key.coding.codec
    try:
        image = decode_key(key.coding, key.data)
    except PictureBroken as broken:
        raise _Wrong(ProbeFault.UNREADABLE, str(broken)) from None
    height, width = image.shape[:2]
    picture = base64.b64encode(_shown(image, perceiver)).decode()
    return ProbeResult(ok=True, width=width, height=height, codec=codec, frames_per_s=rate, picture_jpeg_base64=picture)


def _opened(found: LiveAddress | Path, plans: PlansConfig, resolve: Resolve) -> InputContainer:
    if isinstance(found, Path):
        try:
            return av.open(str(found), "r", options={"protocol_whitelist": "file"})
        except (FFmpegError, OSError) as error:
            raise _Wrong(ProbeFault.UNREADABLE, f"not a video that can be read: {error.strerror}") from None
    addresses = resolve(found.host, found.port)
    if not addresses:
        raise _Wrong(ProbeFault.UNREACHABLE, "the host's name is not known here")
    if refused := refused_host(found, plans, lambda host, port: addresses):
        raise _Wrong(ProbeFault.NOT_ALLOWED, refused)
    address = RtspAddress(
        found.url, credentials=found.credentials, open_timeout_s=PATIENCE_S, read_timeout_s=PATIENCE_S
    )
    if not is_port_open(address, PATIENCE_S / 2):
        raise _Wrong(ProbeFault.UNREACHABLE, f"nobody answers at port {found.port} of that host")
    try:
        return open_rtsp(address)
    except SourceRefused as refused:
        faults = {401: ProbeFault.WRONG_PASSWORD, 403: ProbeFault.WRONG_PASSWORD, 404: ProbeFault.NO_SUCH_STREAM}
        fault = faults.get(refused.status or 0, ProbeFault.NO_VIDEO)
        raise _Wrong(fault, redact(refused.reason, found.credentials)) from None
    except SourceLost as lost:
        raise _Wrong(ProbeFault.TIMED_OUT, redact(lost.reason, found.credentials)) from None


def _looked(
    container: InputContainer, stream: VideoStream, until: float, timer: Callable[[], float]
) -> tuple[CodedPicture, float | None]:
    """The first key frame, and pictures a second as far as can be told."""
    unit = float(stream.time_base or 0)
    begun, key = timer(), None
    times: list[float] = []

    def stamp(packet: Packet) -> tuple[datetime, float]:
        at_s = packet.pts * unit if packet.pts is not None else timer() - begun
        return datetime.now(UTC), at_s

    try:
        for picture in coded_pictures(container, stream, stamp):
            key = key or (picture if picture.is_key else None)
            times.append(picture.at_s)
            if timer() > until or (key is not None and max(times) - min(times) >= RATE_OVER_S):
                break
    except FFmpegError as error:
        if key is None:
            raise _Wrong(ProbeFault.TIMED_OUT, f"the stream broke off: {error.strerror}") from None
    if key is None:
        raise _Wrong(ProbeFault.TIMED_OUT, f"no whole picture came within {WITHIN_S:g} s")
    return key, _rate(times)


def _rate(times: list[float]) -> float | None:
    """Pictures a second by the usual distance of two; None where there is none."""
    steps = [after - before for before, after in itertools.pairwise(sorted(times)) if after > before]
    return round(1 / statistics.median(steps), 2) if steps else None


def _shown(image: Image, perceiver: Perceiver) -> bytes:
    seen = perceiver.see(image)
    return encoded(blurred(image, seen.scene, seen.found))


class Prober:
    """One thread: addresses one after the other. The same command a second time does nothing."""

    def __init__(self, http: ServerHttp, edge_id: str, plans: PlansConfig, perceiver: Perceiver) -> None:
        self._http, self._edge_id, self._plans, self._perceiver = http, edge_id, plans, perceiver
        self._asked: queue.Queue[UUID] = queue.Queue(MAX_WAITING)
        self._known: deque[UUID] = deque(maxlen=MAX_KNOWN)

    def ask(self, command_id: UUID) -> None:
        """Try the address of this command soon. Any thread may call it."""
        if command_id in self._known:
            return
        try:
            self._asked.put_nowait(command_id)
            self._known.append(command_id)
        except queue.Full:
            log.warning("probe %s is passed over: too many at once", command_id)

    def run(self, stop: threading.Event) -> None:
        """Try what is asked until `stop` is set."""
        while not stop.is_set():
            try:
                command_id = self._asked.get(timeout=0.5)
            except queue.Empty:
                continue
            try:
                self.run_once(command_id, stop)
            except EdgeError as trouble:
                log.warning("probe %s: %s", command_id, hide(str(trouble)))
            except Exception as error:  # noqa: BLE001 - logged without its traceback, which may quote the address
                log.error("probe %s failed: %s", command_id, type(error).__name__)

    def run_once(self, command_id: UUID, stop: threading.Event) -> None:
        """One address. Raises ServerUnreachable, ServerRefused."""
        path = f"/api/edges/{self._edge_id}/probes/{command_id}"
        content = self._http.get(f"{path}/address", ADDRESS_BYTES)
        found = probe(ProbeAddress.model_validate_json(content).address, self._plans, self._perceiver)
        log.info("probe %s: %s", command_id, "a picture" if found.ok else found.fault)
        for tried in itertools.count(1):
            try:
                self._http.put(f"{path}/result", found.model_dump_json())
                break
            except ServerUnreachable:
                if tried == TRIES or stop.wait(AGAIN_AFTER_S):
                    raise
