"""Opening an RTSP or RTSPS address: fast, with limits on time and protocols, and without a secret in any error."""

import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.error import (
    ExitError,
    FFmpegError,
    HTTPError,
    HTTPForbiddenError,
    HTTPNotFoundError,
    HTTPUnauthorizedError,
    InvalidDataError,
    ProtocolNotFoundError,
)

from edge.errors import EdgeError, SourceLost
from edge.stream.errors import SourceRefused
from edge.stream.redact import Credentials, redact, with_credentials

PORTS = {"rtsp": 554, "rtsps": 322}


@dataclass(frozen=True, slots=True)
class RtspAddress:
    """How to reach one camera. `url` holds no credentials; `tls_ca` is a PEM file, the system's CAs when None."""

    url: str
    transport: Literal["tcp", "udp"] = "tcp"
    credentials: Credentials | None = None
    tls_ca: Path | None = None
    open_timeout_s: float = 5.0
    read_timeout_s: float = 5.0

    @property
    def where(self) -> str:
        """The address as it may be shown."""
        return redact(self.url, self.credentials)

    @property
    def patience_s(self) -> float:
        """How long an answer may take while opening."""
        return min(self.open_timeout_s, self.read_timeout_s)


def open_rtsp(address: RtspAddress) -> InputContainer:
    """An open stream. Raises SourceLost (no answer) or SourceRefused (an answer, and it was no)."""
    opened = _try_to_open(address)
    if isinstance(opened, EdgeError):
        # Raised out here so that the library's error, which quotes the address, is not even its context.
        raise opened
    return opened


def is_port_open(address: RtspAddress, timeout_s: float = 1.0) -> bool:
    """Whether somebody accepts connections there: a camera that is off answers within one round trip, or not at all."""
    parts = urlsplit(address.url)
    try:
        with socket.create_connection(
            (parts.hostname or "", parts.port or PORTS.get(parts.scheme, 554)), timeout=timeout_s
        ):
            return True
    except OSError:
        return False


def describe(error: Exception, address: RtspAddress) -> EdgeError:
    """Our error for one of the library's, with nothing of it kept but its kind."""
    if isinstance(error, HTTPUnauthorizedError):
        given = "refuses the name or password" if address.credentials else "asks for a name and password"
        return SourceRefused(address.where, f"the camera {given} (401)", 401)
    if isinstance(error, HTTPForbiddenError):
        return SourceRefused(address.where, "the camera forbids it (403)", 403)
    if isinstance(error, HTTPNotFoundError):
        return SourceRefused(address.where, "the camera knows no such path (404)", 404)
    if isinstance(error, HTTPError):
        return SourceLost(address.where, f"the camera cannot serve it now: {_reason(error, address)}")
    if isinstance(error, InvalidDataError):
        return SourceRefused(address.where, "what answers there is not RTSP, or sends no video that can be read")
    if isinstance(error, ProtocolNotFoundError):
        return SourceRefused(address.where, "it points to a protocol that is not allowed")
    if isinstance(error, (ExitError, TimeoutError)):
        return SourceLost(address.where, f"nothing came for {address.read_timeout_s:g} s")
    if urlsplit(address.url).scheme == "rtsps" and (fault := _certificate_fault(address)):
        return SourceRefused(address.where, f"its certificate is not trusted: {fault}; name its authority in tls_ca")
    return SourceLost(address.where, _reason(error, address))


def _certificate_fault(address: RtspAddress) -> str | None:
    """What is wrong with the camera's certificate; the media library only says that something is."""
    parts = urlsplit(address.url)
    host, port = parts.hostname or "", parts.port or PORTS["rtsps"]
    try:
        context = ssl.create_default_context(cafile=str(address.tls_ca) if address.tls_ca else None)
        with socket.create_connection((host, port), timeout=address.open_timeout_s) as plain:
            context.wrap_socket(plain, server_hostname=host).close()
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except OSError as error:
        # A CA file that is missing or is no certificate also ends here.
        return str(error.strerror or error) if isinstance(error, (ssl.SSLError, FileNotFoundError)) else None
    return None


def _try_to_open(address: RtspAddress) -> InputContainer | EdgeError:
    begin = time.monotonic()
    try:
        return av.open(
            with_credentials(address.url, address.credentials),
            "r",
            format="rtsp",
            options=_options(address),
            timeout=(address.open_timeout_s, address.read_timeout_s),
        )
    except (FFmpegError, OSError, ValueError) as error:
        # The library calls an answer that did not come in time invalid data.
        if isinstance(error, InvalidDataError) and time.monotonic() - begin >= 0.9 * address.patience_s:
            return SourceLost(address.where, f"nothing was answered for {address.patience_s:g} s")
        return describe(error, address)


def _options(address: RtspAddress) -> dict[str, str]:
    options = {
        "rtsp_transport": address.transport,
        "allowed_media_types": "video",
        "protocol_whitelist": "rtsp,rtsps,rtp,udp,tcp,tls",
        # The stream describes itself in its SDP; probing for more costs a second before the first picture.
        "probesize": "32",
        "fpsprobesize": "0",
        "timeout": str(int(address.read_timeout_s * 1_000_000)),
    }
    if urlsplit(address.url).scheme == "rtsps":
        authorities = address.tls_ca or ssl.get_default_verify_paths().cafile
        options |= {"tls_verify": "1"} | ({"ca_file": str(authorities)} if authorities else {})
    return options


def _reason(error: Exception, address: RtspAddress) -> str:
    text = getattr(error, "strerror", None) or type(error).__name__
    return redact(str(text), address.credentials)
