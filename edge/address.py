"""An address that came over the wire: split into what may be shown and what may not, and whether we may go there."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from edge.config_plans import PlansConfig
from edge.secrets import hide
from edge.stream.redact import Credentials
from edge.stream.rtsp_open import PORTS

Resolve = Callable[[str, int], list[str]]


class AddressRefused(ValueError):
    """The address is none that this edge reads, or (`by_operator`) its own file does not allow it. The text never
    quotes it."""

    def __init__(self, reason: str, *, by_operator: bool = False) -> None:
        self.by_operator = by_operator
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class LiveAddress:
    """`url` without user and password; those apart."""

    url: str
    credentials: Credentials | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return PORTS[parts.scheme] if parts.port is None else parts.port


def read_address(text: str, plans: PlansConfig) -> LiveAddress | Path:
    """A live stream or a file. Raises AddressRefused, also for a port or a file that is not allowed."""
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _file(text, plans)
    if scheme.lower() == "file":
        return _file(unquote(rest), plans)
    scheme = scheme.lower()
    if scheme not in PORTS:
        raise AddressRefused("should be rtsp://host[:port]/path, rtsps://host[:port]/path or a file")
    userinfo, has_user, where = rest.rpartition("@")
    user, _, password = userinfo.partition(":")
    credentials = Credentials(unquote(user), unquote(password)) if has_user else None
    live = LiveAddress(f"{scheme}://{where}", credentials)
    if any(ord(one) <= 0x20 or ord(one) == 0x7F for one in where):
        raise AddressRefused("a space or a control character stands in the address: write it as %20")
    if hide(live.url) != live.url:
        raise AddressRefused("a user or a password in the path is refused: write rtsp://user:password@host/path")
    try:
        usable = bool(live.host) and live.port > 0
    except ValueError:
        usable = False
    if not usable:
        raise AddressRefused(f"should be {scheme}://host[:port]/path")
    if refused := plans.refused_port(live.port):
        raise AddressRefused(refused, by_operator=True)
    return live


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host; none when its name is not known."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def refused_host(live: LiveAddress, plans: PlansConfig, resolve: Resolve = resolved) -> str | None:
    """Why we do not connect there, in words; a name is looked up. An unknown name is nobody's and is not refused."""
    return plans.refused_hosts(resolve(live.host, live.port))


def _file(text: str, plans: PlansConfig) -> Path:
    if "\0" in text or not text.startswith("/"):
        raise AddressRefused("should be rtsp://host[:port]/path, rtsps://host[:port]/path or the full path of a file")
    if refused := plans.refused_file(Path(text)):
        raise AddressRefused(refused, by_operator=True)
    return Path(text)
