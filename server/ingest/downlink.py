"""What goes down to the edges: commands until they are answered, and the retained desired configuration."""

from hashlib import sha256
from typing import Protocol
from uuid import UUID

from edge.contracts import codec
from edge.contracts.codec import BY_TYPE, Envelope
from edge.contracts.commands import DesiredConfig
from edge.contracts.ids import uuid7
from edge.contracts.topics import Channel, topic
from server.clock import Clock
from server.db import Database
from server.fleet import commands, desired
from server.fleet.tables import Command


class Publish(Protocol):
    """Hand a payload to the broker at QoS 1."""

    def __call__(self, topic: str, payload: bytes, *, retain: bool = False) -> None: ...


class Downlink:
    """Reads the outboxes and sends what is due. Losing a message on the way is expected: it is sent again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._told: dict[str, int] = {}

    def say_all_again(self) -> None:
        """The broker may have forgotten every retained configuration (its disk is no part of the promise)."""
        self._told = {}

    def send(self, publish: Publish) -> int:
        """Send what is due now; returns how many messages went out."""
        return self._send_commands(publish) + self._send_configs(publish)

    def _send_commands(self, publish: Publish) -> int:
        now = self._clock.now()
        with self._database.session_scope(write=False) as session:
            if not commands.due(session, now, limit=1):
                return 0
        with self._database.session_scope() as session:
            waiting = commands.due(session, now)
            for command in waiting:
                commands.mark_sent(session, command, now)
        for command in waiting:
            publish(topic(command.edge_id, Channel.COMMAND), _command_payload(command))
        return len(waiting)

    def _send_configs(self, publish: Publish) -> int:
        with self._database.session_scope(write=False) as session:
            news = [state for state in desired.all_states(session) if self._told.get(state.edge_id) != state.version]
        for state in news:
            message = DesiredConfig.model_validate(state.message)
            name = f"{state.edge_id} {state.version}".encode()
            message_id = uuid7(state.made_at, int.from_bytes(sha256(name).digest()[:9], "big"))
            envelope = Envelope(message_id, "server", state.made_at, message)
            publish(topic(state.edge_id, Channel.CONFIG), codec.encode(envelope), retain=True)
            self._told[state.edge_id] = state.version
        return len(news)


def _command_payload(command: Command) -> bytes:
    message = BY_TYPE[command.type].model_validate(command.message)
    return codec.encode(Envelope(UUID(str(command.id)), "server", command.queued_at, message))
