"""RTP packets of one picture: RFC 3550, fragmented by RFC 6184 §5.8 (H.264 FU-A) or RFC 7798 §4.4.3 (H.265 FU)."""

import struct
from collections.abc import Iterator

from tests.fakes.rtsp.media import PAYLOAD_TYPE

MTU = 1400


class RtpPacketiser:
    """Numbers the packets of one session."""

    def __init__(self, codec: str, ssrc: int = 0x51_0E_0A_17) -> None:
        self._codec, self._ssrc, self._sequence = codec, ssrc, 0

    def packets(self, units: list[bytes], timestamp: int) -> Iterator[bytes]:
        """The marker bit stands on the picture's last packet."""
        payloads = [payload for unit in units for payload in self._payloads(unit)]
        for index, payload in enumerate(payloads):
            marker = 0x80 if index == len(payloads) - 1 else 0
            yield (
                struct.pack("!BBHII", 0x80, marker | PAYLOAD_TYPE, self._sequence, timestamp & 0xFFFFFFFF, self._ssrc)
                + payload
            )
            self._sequence = (self._sequence + 1) & 0xFFFF

    def _payloads(self, unit: bytes) -> Iterator[bytes]:
        if len(unit) <= MTU:
            yield unit
            return
        if self._codec == "h264":
            head, kind, body = bytes([unit[0] & 0xE0 | 28]), unit[0] & 0x1F, unit[1:]
        else:
            head, kind, body = bytes([unit[0] & 0x81 | 49 << 1, unit[1]]), unit[0] >> 1 & 0x3F, unit[2:]
        for at in range(0, len(body), MTU):
            start, end = 0x80 * (at == 0), 0x40 * (at + MTU >= len(body))
            yield head + bytes([start | end | kind]) + body[at : at + MTU]
