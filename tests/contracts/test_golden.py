"""Golden files of contract v1: only ever added to. An old file must decode for ever."""

import json
from pathlib import Path

import jsonschema
import pytest

from edge.contracts.codec import BY_TYPE, Envelope, decode, encode, type_of
from edge.contracts.messages import Message
from edge.contracts.schemas import BY_HTTP, documents, file_name
from tests.contracts.examples import bodies, envelopes

HERE = Path(__file__).parent
SCHEMAS = HERE.parent.parent / "configs" / "schemas" / "v1"
GOLDEN = sorted((HERE / "v1").glob("*.json"))


@pytest.mark.parametrize("envelope", envelopes(), ids=lambda e: type_of(e.message))
def test_encoding_is_what_the_golden_file_says(envelope: Envelope) -> None:
    golden = HERE / "v1" / file_name(type_of(envelope.message))
    assert json.loads(encode(envelope)) == json.loads(golden.read_text(encoding="utf-8"))
    assert decode(golden.read_bytes()) == envelope


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.name)
def test_every_file_ever_written_decodes(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert type_of(decode(path.read_bytes()).message) == told["type"]


BODIES = sorted((HERE / "v1" / "http").glob("*.json"))


def _model(path: Path) -> tuple[str, type[Message]]:
    name = max((name for name in BY_HTTP if path.stem.startswith(name.removesuffix(".json"))), key=len)
    return name, BY_HTTP[name]


@pytest.mark.parametrize("name", bodies())
def test_a_body_is_what_the_golden_file_says(name: str) -> None:
    golden = json.loads((HERE / "v1" / "http" / name).read_text(encoding="utf-8"))
    assert bodies()[name].model_dump(mode="json") == golden


@pytest.mark.parametrize("path", BODIES, ids=lambda p: p.name)
def test_every_body_ever_written_is_read_and_fits_its_schema(path: Path) -> None:
    name, model = _model(path)
    newer = {**json.loads(path.read_text(encoding="utf-8")), "mood": "good"}
    assert model.model_validate_json(json.dumps(newer)) == model.model_validate_json(path.read_text(encoding="utf-8"))
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(newer)


def test_every_type_has_a_golden_file() -> None:
    assert {p.name for p in GOLDEN} >= {file_name(t) for t in BY_TYPE}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.name)
def test_golden_files_fit_their_schema(path: Path) -> None:
    event = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((SCHEMAS / file_name(event["type"])).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(event)


def test_schema_files_are_what_the_code_says() -> None:
    on_disk = {p.name: p.read_text(encoding="utf-8") for p in SCHEMAS.glob("*.json")}
    assert on_disk == documents(), "run `make schemas` and look at the difference: fields may only be added"


def test_asyncapi_names_every_message_and_its_schema_file() -> None:
    doc = json.loads(documents()["asyncapi.json"])
    payloads = {m["payload"]["$ref"].removeprefix("./") for m in doc["components"]["messages"].values()}
    assert payloads == {file_name(t) for t in BY_TYPE}
    for channel in doc["channels"].values():
        for reference in channel["messages"].values():
            assert reference["$ref"].removeprefix("#/components/messages/") in doc["components"]["messages"]
