"""The contract in other languages' terms: a JSON Schema per message and one AsyncAPI 3 document, made from the code.

`python -m edge.contracts.schemas --write configs/schemas/v1` writes them; a test compares the files with the code.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from edge.contracts.codec import BY_TYPE, CONTENT_TYPE
from edge.contracts.commands import COMMANDS
from edge.contracts.messages import (
    MESSAGES,
    AlertCleared,
    AlertEnded,
    AlertRaised,
    AlertUpdated,
    EvidenceAdded,
    Message,
    Presence,
    RecheckAnswered,
)
from edge.contracts.plan import EdgePlan, EffectiveConfig
from edge.contracts.probes import ProbeResult
from edge.contracts.topics import ROOT, Channel

DURABLE: tuple[type[Message], ...] = (
    AlertRaised,
    AlertUpdated,
    AlertCleared,
    AlertEnded,
    EvidenceAdded,
    RecheckAnswered,
)
BY_HTTP: dict[str, type[Message]] = {
    "plan.json": EdgePlan, "effective.json": EffectiveConfig, "probe.result.json": ProbeResult,
}  # fmt: skip
"""Bodies that travel by HTTP, as plain JSON without an envelope."""
CHANNEL_ABOUT = {
    Channel.ALERT: "Durable: kept by the edge until the application ack.",
    Channel.HEALTH: "Camera health, load and configuration answers; durable, may be capped when the disk is full.",
    Channel.PRESENCE: "Retained birth and last will, paired by the boot counter.",
    Channel.ACK: "The application ack: what the server has committed.",
    Channel.COMMAND: "Requests to one edge.",
    Channel.CONFIG: "Retained desired state of one edge.",
}


def file_name(message_type: str) -> str:
    """`shouwei.alert.raised.v1` -> `alert.raised.json`."""
    return message_type.removeprefix("shouwei.").removesuffix(".v1") + ".json"


def message_schema(message_type: str, model: type[Message]) -> dict[str, Any]:
    """JSON Schema (2020-12) of the whole CloudEvent that carries one message."""
    data = model.model_json_schema(ref_template="#/$defs/{model}")
    defs = data.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{message_type.replace('.', ':')}",
        "title": message_type,
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid", "description": "UUIDv7, made once, the same on every retry"},
            "source": {"type": "string", "maxLength": 64, "description": "edge id, or `server`"},
            "type": {"const": message_type},
            "time": {"type": "string", "format": "date-time", "description": "sent_at, with its offset"},
            "datacontenttype": {"const": "application/json"},
            "dataschema": {"type": "string"},
            "data": data,
        },
        "$defs": defs,
    }


def body_schema(name: str, model: type[Message]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a body that travels by HTTP."""
    schema = model.model_json_schema(ref_template="#/$defs/{model}")
    name = name.removesuffix(".json").replace(".", ":")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:shouwei:{name}:v1", **schema}


def channel_of(model: type[Message]) -> Channel:
    """The topic channel that a message travels on."""
    if model in DURABLE:
        return Channel.ALERT
    if model is Presence:
        return Channel.PRESENCE
    if model in COMMANDS:
        return {"Ack": Channel.ACK, "DesiredConfig": Channel.CONFIG}.get(model.__name__, Channel.COMMAND)
    return Channel.HEALTH


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document: channels, who sends what, payload schemas by reference."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    for channel in Channel:
        models = {t: m for t, m in BY_TYPE.items() if channel_of(m) is channel}
        channels[channel.value] = {
            "address": f"{ROOT}/{{edge}}/{channel.value}",
            "description": CHANNEL_ABOUT[channel],
            "parameters": {"edge": {"description": "The edge's id: lower-case letters, digits, - and _."}},
            "messages": {m.__name__: {"$ref": f"#/components/messages/{m.__name__}"} for m in models.values()},
        }
        up = any(m in MESSAGES for m in models.values())
        operations[("send" if up else "receive") + channel.value.capitalize()] = {
            "action": "send" if up else "receive",
            "channel": {"$ref": f"#/channels/{channel.value}"},
            "bindings": {"mqtt": {"qos": 1, "retain": channel in (Channel.PRESENCE, Channel.CONFIG)}},
        }
    messages = {
        m.__name__: {
            "name": t,
            "contentType": CONTENT_TYPE,
            "summary": _first_line(m),
            "payload": {"$ref": f"./{file_name(t)}"},
        }
        for t, m in BY_TYPE.items()
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Shouwei edge and server", "version": "1", "description": "Written from the edge's side."},
        "defaultContentType": CONTENT_TYPE,
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def documents() -> dict[str, str]:
    """File name -> JSON text, exactly as they lie in configs/schemas/v1."""
    found: dict[str, Any] = {file_name(t): message_schema(t, m) for t, m in BY_TYPE.items()}
    found |= {name: body_schema(name, model) for name, model in BY_HTTP.items()}
    found["asyncapi.json"] = asyncapi()
    return {name: json.dumps(doc, ensure_ascii=False, indent=1, sort_keys=True) + "\n" for name, doc in found.items()}


def _first_line(model: type[Message]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, required=True)
    folder: Path = parser.parse_args().write
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
