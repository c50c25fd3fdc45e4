"""What an operator lets the server choose: whether plans of cameras are taken at all, and where an edge may connect to.

An address comes over the wire, so an edge goes only where its own file allows (server-side request forgery, OWASP).
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo


def _network(value: object) -> object:
    return ip_network(value) if isinstance(value, str) else value


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
Port = Annotated[int, Field(ge=1, le=65535)]
PRIVATE: tuple[Network, ...] = tuple(
    ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""Where cameras stand: private networks (RFC 1918, RFC 4193) and the carriers' shared one (RFC 6598). Not this machine
itself, not link-local (where clouds keep their secrets), not the internet."""
RTSP_PORTS = (322, 554, 1554, 5554, 8554, 10554)


def _beside_config(path: Path, info: ValidationInfo) -> Path:
    base = (info.context or {}).get("base")
    return path if base is None or path.is_absolute() else base / path


class PlansConfig(BaseModel):
    """`networks` and `ports` that an address from the server may name; `files`: folders whose clips it may name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accept: bool = True
    networks: tuple[Network, ...] = PRIVATE
    ports: tuple[Port, ...] = RTSP_PORTS
    files: tuple[Annotated[Path, AfterValidator(_beside_config)], ...] = ()

    def refused_port(self, port: int) -> str | None:
        """Why this port is not connected to, in words; None when it may be."""
        if port in self.ports:
            return None
        return f"port {port} is not one that this edge may connect to (plans.ports: {', '.join(map(str, self.ports))})"

    def refused_hosts(self, addresses: Iterable[str]) -> str | None:
        """Why these IP addresses are not connected to, in words; None when every one may be."""
        for text in addresses:
            address = ip_address(text.partition("%")[0])
            address = getattr(address, "ipv4_mapped", None) or address
            if not any(address in network for network in self.networks if network.version == address.version):
                return f"{address} is in no network that this edge may connect to (plans.networks in its file)"
        return None

    def refused_file(self, path: Path) -> str | None:
        """Why this file is not read, in words; None when it lies in an allowed folder."""
        if not self.files:
            return "this edge plays no files that the server names (plans.files in its file)"
        real = path.resolve()
        if any(real.is_relative_to(folder.resolve()) for folder in self.files):
            return None
        return "the file lies in no folder that the server may name (plans.files in the edge's file)"
