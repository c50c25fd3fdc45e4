"""An address is tried by the edge that could use it: asked by people, opened there, answered with a blurred picture.

The address may hold a password: it lies sealed until the edge has answered, and is shown without it.
"""

import base64
import binascii
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from edge.contracts.commands import Probe
from edge.contracts.ids import uuid7
from edge.contracts.probes import ProbeResult
from server.audit import service as audit
from server.auth.person import Person
from server.errors import Conflict, InvalidInput, NotFound
from server.feed import service as feed
from server.fleet import commands, sealing, service
from server.fleet.tables import EdgeProbe

KEPT = timedelta(days=1)
AT_ONCE = 3
LONGEST = 2000
SCHEMES = ("rtsp", "rtsps", "file")
_JPEG = b"\xff\xd8\xff"


def ask(session: Session, key: bytes, edge_id: str, address: str, by: Person, now: datetime) -> EdgeProbe:
    """Ask the edge to try it. Raises InvalidInput (no address that an edge reads), Conflict (it has enough to try)."""
    _check(address)
    session.execute(delete(EdgeProbe).where(col(EdgeProbe.asked_at) < now - KEPT))
    waiting = select(func.count()).where(
        col(EdgeProbe.edge_id) == edge_id, col(EdgeProbe.answered_at).is_(None), col(EdgeProbe.expires_at) > now
    )
    if session.exec(waiting).one() >= AT_ONCE:
        raise Conflict("probe.too_many", "The edge still has addresses to try", {"edge_id": edge_id, "most": AT_ONCE})
    probe_id = uuid7(now)
    probe = EdgeProbe(
        id=probe_id,
        edge_id=edge_id,
        asked_by=by.id,
        asked_by_name=by.name,
        asked_at=now,
        expires_at=now + commands.PROBE_WITHIN,
        shown=sealing.shown(address),
        sealed=sealing.seal(key, address, _about(probe_id)),
    )
    session.add(probe)
    commands.queue_command(session, edge_id, Probe(command_id=probe_id), now)
    facts = {"probe_id": str(probe_id), "address": probe.shown}
    audit.record(session, by, "probe.ask", edge_id, facts, now, service.district_of(session, edge_id))
    _tell(session, probe, now)
    return probe


def _check(address: str) -> None:
    scheme, mark, _ = address.partition("://")
    is_live = bool(mark) and scheme.lower() in SCHEMES
    if not (is_live or (not mark and address.startswith("/"))) or not (
        address.isprintable() and len(address) <= LONGEST
    ):
        allowed = "rtsp://host[:port]/path, rtsps://host[:port]/path, or a file where the edge allows files"
        raise InvalidInput([{"field": "body.address", "value": "(not shown)", "allowed": allowed}])


def get(session: Session, edge_id: str, probe_id: UUID) -> EdgeProbe:
    """Raises NotFound."""
    probe = session.get(EdgeProbe, probe_id)
    if probe is None or probe.edge_id != edge_id:
        raise NotFound("probe", probe_id)
    return probe


def state_of(probe: EdgeProbe, now: datetime) -> str:
    """asked, fetched, done, or expired."""
    return "expired" if probe.answered_at is None and probe.expires_at <= now else probe.state


def fetch(session: Session, key: bytes, edge_id: str, probe_id: UUID, now: datetime) -> str:
    """The address, for the edge itself. Raises NotFound, also once it was answered or took too long."""
    probe = get(session, edge_id, probe_id)
    if not probe.sealed or state_of(probe, now) in ("done", "expired"):
        raise NotFound("probe", probe_id)
    if probe.state == "asked":
        probe.state = "fetched"
        session.add(probe)
        _tell(session, probe, now)
    try:
        return sealing.unseal(key, probe.sealed, _about(probe_id))
    except sealing.SealBroken as error:
        raise NotFound("probe", probe_id) from error


def answer(session: Session, edge_id: str, probe_id: UUID, result: ProbeResult, now: datetime) -> EdgeProbe:
    """Keep what the edge found, once; the address is forgotten. Raises NotFound, InvalidInput (no JPEG)."""
    probe = get(session, edge_id, probe_id)
    if probe.answered_at is not None:
        return probe
    picture = _picture(result)
    probe.state, probe.answered_at, probe.sealed = "done", now, ""
    probe.result, probe.picture = result.model_dump(mode="json", exclude={"picture_jpeg_base64"}), picture
    session.add(probe)
    commands.mark_answered(session, probe_id, now)
    session.flush()
    _tell(session, probe, now)
    return probe


def _picture(result: ProbeResult) -> bytes | None:
    if result.picture_jpeg_base64 is None:
        return None
    try:
        picture = base64.b64decode(result.picture_jpeg_base64, validate=True)
    except (binascii.Error, ValueError):
        picture = b""
    if not picture.startswith(_JPEG):
        raise InvalidInput([{"field": "body.picture_jpeg_base64", "value": "(not shown)", "allowed": "a JPEG, base64"}])
    return picture


def _tell(session: Session, probe: EdgeProbe, now: datetime) -> None:
    facts = {"edge_id": probe.edge_id, "state": probe.state}
    feed.tell(session, "probe", probe.id, facts, now, service.district_of(session, probe.edge_id))


def _about(probe_id: UUID) -> str:
    return f"probe {probe_id}"
