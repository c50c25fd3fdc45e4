"""Every error leaves as RFC 9457 `application/problem+json`: type, title, status, detail, code, and the facts."""

import json
import logging
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from edge.secrets import hide
from server.auth.throttle import TooManyAttempts
from server.errors import Conflict, InvalidInput, ServerError, Unauthorized

log = logging.getLogger(__name__)
SECRET = {"password", "current_password", "person_number", "owner_number"}
"""Fields whose value is never sent back."""
MEDIA_TYPE = "application/problem+json"


class ProblemResponse(JSONResponse):
    """Plain ASCII JSON: what people sent may hold characters that no encoding takes."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, ensure_ascii=True, default=str).encode("ascii")


SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What was wrong (RFC 9457). Further fields are the facts of the code.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable, `area.what`; the key of translations"},
    },
    "additionalProperties": True,
}
_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "What was wrong", "content": _CONTENT},
    "5XX": {"description": "Not now, or a defect here", "content": _CONTENT},
}
"""What every route may answer besides what it says itself."""


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(ServerError, _server_error)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(IntegrityError, _integrity)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(Exception, _unexpected)


def problem(error: ServerError) -> JSONResponse:
    """The response for one error."""
    headers = {}
    if isinstance(error, Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.retry_after_s)
    if error.status == 503:
        headers["Retry-After"] = "2"
    body = {
        **error.facts,
        "type": f"urn:shouwei:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
    }
    return ProblemResponse(body, error.status, headers)


def _server_error(_request: Request, error: Exception) -> JSONResponse:
    return problem(cast(ServerError, error))


def _validation(_request: Request, error: Exception) -> JSONResponse:
    faults = cast(RequestValidationError, error).errors()
    return problem(InvalidInput([_fault(fault) for fault in faults]))


def _fault(fault: Any) -> dict[str, Any]:
    field = ".".join(str(part) for part in fault["loc"])
    value = "(not shown)" if SECRET & set(map(str, fault["loc"])) else _short(fault.get("input"))
    return {"field": field, "value": value, "allowed": fault["msg"]}


def _short(value: object) -> object:
    """The value as sent when it is short and plain; never a whole body, never a password inside an address."""
    if value is None or isinstance(value, bool | int | float):
        return value if not isinstance(value, int | float) or abs(value) < 1e15 else repr(value)[:40]
    return hide(value)[:80] if isinstance(value, str) else type(value).__name__


def _http(_request: Request, error: Exception) -> JSONResponse:
    found = cast(HTTPException, error)
    code = {404: "http.not_found", 405: "http.method_not_allowed"}.get(found.status_code, "http.error")
    response = problem(ServerError(found.status_code, code, str(found.detail)))
    response.headers.update(found.headers or {})
    return response


def _integrity(_request: Request, error: Exception) -> JSONResponse:
    log.warning("a constraint refused a change: %s", cast(IntegrityError, error).orig)
    return problem(Conflict("database.conflict", "It clashes with something that is there already"))


def _database(_request: Request, error: Exception) -> JSONResponse:
    log.error("the database did not answer: %s", getattr(error, "orig", error))
    return problem(ServerError(503, "database.unavailable", "The database does not answer now"))


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(ServerError(500, "server.error", "Something went wrong here"))
