"""What becomes of each coded picture: all go into the ring, the due ones become samples, the rest is not decoded."""

import logging
from collections.abc import Callable
from functools import partial

import av
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from edge.stream.decode import decode_key, new_decoder, to_bgr
from edge.stream.frame import Image, Sample
from edge.stream.packet import CodedPicture, Coding
from edge.stream.ring import PacketRing
from edge.stream.sampling import Plan, Sampler, Sampling

log = logging.getLogger(__name__)


class Intake:
    """The common middle of all sources. One thread feeds it."""

    def __init__(self, camera_id: str, wanted: Sampling, ring: PacketRing) -> None:
        self.camera_id, self.ring = camera_id, ring
        self._sampler = Sampler(wanted)
        self._decoder: VideoCodecContext | None = None
        self._decoder_coding: Coding | None = None
        self._run: list[CodedPicture] = []
        self._in_decoder: dict[int, CodedPicture] = {}
        self.pictures = 0
        self.broken = 0

    def look_closer(self, seconds: float) -> None:
        """Sample more often for a while: something may have changed."""
        self._sampler.look_closer(seconds)

    def restart(self) -> None:
        """The stream begins anew (reconnected, next file): what was half decoded is void."""
        self._decoder = None
        self._run.clear()
        self._in_decoder.clear()

    def feed(self, picture: CodedPicture) -> list[Sample]:
        """The samples that are due with this picture, mostly none."""
        self.pictures += 1
        self.ring.add(picture)
        plan = self._sampler.see(picture.at_s, picture.is_key)
        if picture.is_key:
            self._run.clear()
            if plan is Plan.KEYS or self._decoder_coding != picture.coding:
                self._decoder = None
        if plan is Plan.RUN:
            return self._feed_run(picture)
        if self._run or picture.is_key:
            self._run.append(picture)
        if picture.is_key and self._sampler.is_due(picture.at_s):
            return [self._sample(picture, partial(decode_key, picture.coding, picture.data))]
        return []

    def finish(self) -> list[Sample]:
        """What the decoder still holds at the end of a file."""
        return self._decode(None) if self._decoder is not None else []

    def _feed_run(self, picture: CodedPicture) -> list[Sample]:
        if self._decoder is None:
            # No key frame came in time: catch up from the last one, whose pictures were kept for this.
            waiting = [*self._run, picture] if not picture.is_key else [picture]
            if not waiting[0].is_key:
                return []
            self._decoder, self._decoder_coding = new_decoder(picture.coding), picture.coding
            self._decoder.skip_frame = "NONREF"
            self._run.clear()
            return [sample for earlier in waiting for sample in self._decode(earlier)]
        return self._decode(picture)

    def _decode(self, picture: CodedPicture | None) -> list[Sample]:
        assert self._decoder is not None
        packet = None
        if picture is not None:
            packet = av.Packet(picture.data)
            # The decoder gives pictures back in another order; the number in pts says which is which.
            packet.pts = packet.dts = picture.seq
            self._in_decoder[picture.seq] = picture
        try:
            frames = self._decoder.decode(packet)
        except FFmpegError as error:
            self.broken += 1
            log.debug("%s: a picture does not decode: %s", self.camera_id, error.strerror)
            return []
        samples: list[Sample] = []
        for frame in frames:
            source = self._in_decoder.pop(frame.pts if frame.pts is not None else -1, None)
            if source is not None and not frame.is_corrupt and self._sampler.is_due(source.at_s):
                samples.append(self._sample(source, partial(to_bgr, frame)))
        for stale in [seq for seq in self._in_decoder if picture is not None and seq < picture.seq - 64]:
            del self._in_decoder[stale]
        return samples

    def _sample(self, picture: CodedPicture, decode: Callable[[], Image]) -> Sample:
        return Sample(self.camera_id, picture.captured_at, picture.at_s, picture.seq, picture.is_key, decode)
