"""CloudEvents 1.0 structured JSON: the one wire form of every message and command.

`source` is the sender's id (an edge id, or `server`), `id` a UUIDv7 made once and never re-made on a retry,
`time` the moment of sending (`sent_at`).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from edge.contracts.commands import COMMANDS, Ack, DesiredConfig, Recheck
from edge.contracts.errors import BadMessage, UnknownMessage
from edge.contracts.messages import MESSAGES, Message

MAX_BYTES = 256 * 1024
CONTENT_TYPE = "application/cloudevents+json"
BY_TYPE: dict[str, type[Message]] = {str(m.TYPE): m for m in (*MESSAGES, *COMMANDS)}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Envelope:
    """A message with who sent it, when, and its once-made id."""

    id: UUID
    source: str
    sent_at: datetime
    message: Message


class _CloudEvent(BaseModel):
    model_config = ConfigDict(extra="ignore")

    specversion: str = Field(pattern=r"^1\.0$")
    id: UUID
    source: str = Field(min_length=1, max_length=64)
    type: str
    time: AwareDatetime
    datacontenttype: str = Field(default="application/json", pattern=r"^application/json")
    data: dict[str, Any]


def encode(envelope: Envelope) -> bytes:
    """UTF-8 JSON of one CloudEvent, keys in a fixed order, so equal envelopes give equal bytes."""
    message_type = type_of(envelope.message)
    event = {
        "specversion": "1.0",
        "id": str(envelope.id),
        "source": envelope.source,
        "type": message_type,
        "time": envelope.sent_at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"urn:{message_type.replace('.', ':')}",
        "data": envelope.message.model_dump(mode="json"),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def decode(payload: bytes) -> Envelope:
    """The envelope of one payload. Raises BadMessage (every fault named) or UnknownMessage."""
    if len(payload) > MAX_BYTES:
        raise BadMessage(f"{len(payload)} bytes; at most {MAX_BYTES} are taken, evidence travels by HTTP")
    try:
        event = _CloudEvent.model_validate_json(payload)
    except ValidationError as error:
        raise BadMessage(_faults("CloudEvent", error)) from error
    model = BY_TYPE.get(event.type)
    if model is None:
        raise UnknownMessage(f"type {event.type!r}; known: {', '.join(sorted(BY_TYPE))}")
    try:
        # JSON mode: an id may be a string, a number may not.
        message = model.model_validate_json(json.dumps(event.data))
    except ValidationError as error:
        raise BadMessage(_faults(event.type, error)) from error
    return Envelope(event.id, event.source, event.time, message)


def type_of(message: Message) -> str:
    """The CloudEvents type of a message."""
    for name, model in BY_TYPE.items():
        if type(message) is model:
            return name
    raise UnknownMessage(f"{type(message).__name__} is not a message of the contract")


def _faults(what: str, error: ValidationError) -> str:
    faults = (f"{'.'.join(map(str, e['loc'])) or '(whole)'}: {e['msg']}" for e in error.errors(include_url=False))
    return f"{what}: {'; '.join(faults)}"[:2000]


__all__ = ["CONTENT_TYPE", "MAX_BYTES", "Ack", "DesiredConfig", "Envelope", "Recheck", "decode", "encode", "type_of"]
