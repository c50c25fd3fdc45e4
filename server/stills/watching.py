"""Ask edges to bring stills more often while people look. Asking costs one command a minute and camera at most."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session

from edge.contracts.commands import Watch
from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.errors import NotFound
from server.fleet import commands
from server.fleet.service import district_of
from server.fleet.tables import Camera

SLOT_S = 60
"""Wishes of the same minute are one wish, whoever has them."""
LASTS = timedelta(seconds=2 * SLOT_S)
EVERY_S = 1.0
Place = tuple[str, str]
"""Edge id and camera id."""


def watch(session: Session, person: Person, places: Iterable[Place], now: datetime) -> datetime:
    """Until when the edges were asked to bring a still each second.

    A camera that is gone or out of reach is left out, so that it does not darken the rest of a wall whose page is a
    little older. Raises NotFound where none is left.
    """
    asked = sorted(set(places))
    wanted = [place for place in asked if _is_there(session, person, place)]
    if not wanted:
        raise NotFound("camera", ", ".join(f"{edge_id}/{camera_id}" for edge_id, camera_id in asked))
    slot = int(now.timestamp()) // SLOT_S
    until = datetime.fromtimestamp(slot * SLOT_S, now.tzinfo) + LASTS
    for edge_id, camera_id in wanted:
        name = f"watch {edge_id}/{camera_id} {slot}".encode()
        command_id = uuid7(now.replace(microsecond=0, second=0), int.from_bytes(sha256(name).digest()[:9], "big"))
        message = Watch(command_id=command_id, camera_id=camera_id, until=until, every_s=EVERY_S)
        commands.queue_command(session, edge_id, message, now)
    return until


def _is_there(session: Session, person: Person, place: Place) -> bool:
    try:
        require(session, person, *place)
    except NotFound:
        return False
    return True


def require(session: Session, person: Person, edge_id: str, camera_id: str) -> None:
    """Raises NotFound unless the camera is there and its edge's district within reach."""
    person.reach.require("camera", f"{edge_id}/{camera_id}", district_of(session, edge_id, ""))
    if session.get(Camera, (edge_id, camera_id)) is None:
        raise NotFound("camera", f"{edge_id}/{camera_id}")
