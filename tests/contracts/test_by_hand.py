"""The message that docs/contract.md shows is enough: built from the page alone, it decodes and fits the schema."""

import json
import re
from pathlib import Path

import jsonschema

from edge.contracts.codec import decode
from edge.contracts.messages import AlertRaised
from edge.contracts.topics import Channel, topic

ROOT = Path(__file__).parent.parent.parent


def payload_from_the_page() -> bytes:
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 1, "docs/contract.md shows exactly one message built by hand"
    return blocks[0].encode()


def test_it_decodes() -> None:
    envelope = decode(payload_from_the_page())
    assert isinstance(envelope.message, AlertRaised)
    assert topic(envelope.source, Channel.ALERT) == "shouwei/v1/edge-by-hand/alert"


def test_it_fits_the_published_schema() -> None:
    schema = json.loads((ROOT / "configs/schemas/v1/alert.raised.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(payload_from_the_page()))
