"""One RTSP connection: answers requests, then sends pictures at their pace, interleaved (TCP) or by UDP."""

import asyncio
import re
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.rtsp.login import Login
from tests.fakes.rtsp.media import CLOCK_HZ, Media, playing
from tests.fakes.rtsp.packetise import RtpPacketiser


@dataclass
class Service:
    """What all connections of a server share. `stalled` keeps connections open and sends nothing more."""

    media: list[Media]
    loop: bool
    login: Login | None
    speed: float
    stalled: bool = False
    seen: list[str] = field(default_factory=list)


class Session:
    """State of one connection."""

    def __init__(self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._service, self._reader, self._writer = service, reader, writer
        self._send: Callable[[bytes], object] | None = None
        self._udp: socket.socket | None = None
        self._player: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Until the client leaves or the clip ends."""
        try:
            while (request := await self._read_request()) is not None:
                await self._answer(*request)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            if self._player is not None:
                self._player.cancel()
            if self._udp is not None:
                self._udp.close()
            self._writer.close()

    async def _read_request(self) -> tuple[str, str, dict[str, str]] | None:
        while (first := await self._reader.read(1)) == b"$":
            _, size = struct.unpack("!BH", await self._reader.readexactly(3))
            await self._reader.readexactly(size)  # RTCP from the client
        if not first:
            return None
        head = (first + await self._reader.readuntil(b"\r\n\r\n")).decode()
        line, *rest = head.strip().split("\r\n")
        headers = {key.strip().lower(): value.strip() for key, _, value in (item.partition(":") for item in rest)}
        await self._reader.readexactly(int(headers.get("content-length", 0)))
        method, url, *_ = line.split(" ")
        return method, url, headers

    async def _answer(self, method: str, url: str, headers: dict[str, str]) -> None:
        self._service.seen.append(method)
        sequence = headers.get("cseq", "0")
        login = self._service.login
        if method != "OPTIONS" and login is not None and not login.admits(method, headers.get("authorization")):
            return self._reply(sequence, "401 Unauthorized", {"WWW-Authenticate": login.challenge()})
        if method == "OPTIONS":
            return self._reply(sequence, "200 OK", {"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"})
        if method == "DESCRIBE" and "/missing" in url:
            return self._reply(sequence, "404 Not Found", {})
        if method == "DESCRIBE":
            host = self._writer.get_extra_info("sockname")[0]
            body = self._service.media[0].sdp(host)
            return self._reply(
                sequence, "200 OK", {"Content-Type": "application/sdp", "Content-Base": f"{url.rstrip('/')}/"}, body
            )
        if method == "SETUP":
            return self._reply(sequence, "200 OK", {"Transport": self._set_up(headers["transport"]), "Session": "1"})
        if method == "PLAY":
            self._reply(sequence, "200 OK", {"Session": "1", "Range": "npt=0.000-"})
            self._player = asyncio.get_running_loop().create_task(self._play())
            return None
        return self._reply(sequence, "200 OK", {"Session": "1"})

    def _reply(self, sequence: str, status: str, headers: dict[str, str], body: str = "") -> None:
        if body:
            headers = headers | {"Content-Length": str(len(body.encode()))}
        lines = [f"RTSP/1.0 {status}", f"CSeq: {sequence}", *(f"{key}: {value}" for key, value in headers.items())]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def _set_up(self, transport: str) -> str:
        if "TCP" in transport:
            self._send = lambda packet: self._writer.write(struct.pack("!cBH", b"$", 0, len(packet)) + packet)
            return "RTP/AVP/TCP;unicast;interleaved=0-1"
        match = re.search(r"client_port=(\d+)-(\d+)", transport)
        assert match is not None, transport
        address = (self._writer.get_extra_info("peername")[0], int(match[1]))
        self._udp = udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind((self._writer.get_extra_info("sockname")[0], 0))
        self._send = lambda packet: udp.sendto(packet, address)
        port = udp.getsockname()[1]
        return f"RTP/AVP;unicast;client_port={match[1]}-{match[2]};server_port={port}-{port + 1}"

    async def _play(self) -> None:
        assert self._send is not None
        clock = asyncio.get_running_loop()
        rtp = RtpPacketiser(self._service.media[0].codec)
        start = clock.time()
        try:
            for picture, parameters, begin in playing(self._service.media, self._service.loop):
                await asyncio.sleep(start + (begin + picture.sent_s) / self._service.speed - clock.time())
                while self._service.stalled:
                    await asyncio.sleep(0.05)
                for packet in rtp.packets(parameters + picture.units, round((begin + picture.shown_s) * CLOCK_HZ)):
                    self._send(packet)
                await self._writer.drain()
        except (ConnectionError, OSError):
            return
        self._writer.close()
