"""`/healthz` (the process lives) and `/readyz` (it can do its work: database, disk, broker)."""

import os
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server.context import Services, services_of

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Readiness(BaseModel):
    """Each part, `ok` or what is wrong with it."""

    ready: bool
    parts: dict[str, str]


@router.get("/healthz")
def healthz() -> Alive:
    """Public: says nothing but that it lives."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Readiness}})
def readyz(request: Request, response: Response) -> Readiness:
    """Public: 503 while a part is missing. Says which part, not why."""
    services = services_of(request)
    parts = {"database": _database(services), "disk": _disk(services)}
    broker: Callable[[], bool] | None = request.app.state.broker_is_up
    if broker is not None:
        parts["broker"] = "ok" if broker() else "not connected"
    ready = all(state == "ok" for state in parts.values())
    response.status_code = 200 if ready else 503
    return Readiness(ready=ready, parts=parts)


def _database(services: Services) -> str:
    try:
        with services.database.session_scope(write=False) as session:
            session.execute(text("SELECT 1 FROM person LIMIT 1"))
    except SQLAlchemyError:
        return "does not answer, or has no tables"
    return "ok"


def _disk(services: Services) -> str:
    folder = services.settings.evidence_dir
    return "ok" if os.access(folder, os.W_OK) else "evidence folder cannot be written"
