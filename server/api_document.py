"""The API's own document (`/api/openapi.json`), put right where the framework says what is not so."""

from typing import Any

from fastapi import FastAPI

from server import problems


def install(app: FastAPI) -> None:
    """Make the app tell the corrected document."""
    app.openapi = lambda: _corrected(app)  # type: ignore[method-assign]


def _corrected(app: FastAPI) -> dict[str, Any]:
    document = FastAPI.openapi(app)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    if "Problem" not in schemas:
        schemas["Problem"] = problems.SCHEMA
        _local_times(document)
    return document


def _local_times(part: Any) -> None:
    """Hours of the day are local and carry no offset: RFC 3339 calls that partial-time, not time."""
    if isinstance(part, dict):
        if part.get("format") == "time" and part.get("type") == "string":
            part["format"] = "partial-time"
        for inner in part.values():
            _local_times(inner)
    elif isinstance(part, list):
        for inner in part:
            _local_times(inner)
