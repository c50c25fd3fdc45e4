"""A small RTSP 1.0 server (RFC 2326) over real sockets: H.264 and H.265 from files, without re-encoding."""

from tests.fakes.rtsp.server import Login, RtspServer

__all__ = ["Login", "RtspServer"]
