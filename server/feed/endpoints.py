"""`/api/events`: server-sent events read from rows, so a reader that lost its line misses nothing."""

import json
from collections.abc import AsyncIterator
from datetime import UTC
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from server.auth.person import HousePerson, Person
from server.auth.roles import READERS
from server.context import Services, services_of
from server.feed import service
from server.feed.tables import FeedEntry

router = APIRouter(prefix="/api", tags=["events"])
POLL_S = 0.4
HEARTBEAT_S = 15.0
NO_MORE_THAN = 9_000_000_000_000_000
HOUSE_KINDS = ("camera", "edge", "dead_letter", "probe", "plan", "still")
"""What an administrator is told: nothing of any case."""


@router.get("/events", response_class=StreamingResponse)
async def stream_events(
    request: Request,
    person: HousePerson,
    after: Annotated[int | None, Query(ge=0, le=NO_MORE_THAN)] = None,
    follow: Annotated[bool, Query(description="false: what is there now, then end")] = True,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """What changes, as it changes. Starts behind `Last-Event-ID`, else behind `after`, else now."""
    services = services_of(request)
    start = int(last_event_id) if last_event_id and last_event_id.isdigit() and len(last_event_id) < 16 else after
    if start is None:
        start = await run_in_threadpool(_newest, services)
    lines = _lines(request, services, person, start, follow)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _lines(request: Request, services: Services, person: Person, seq: int, follow: bool) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    silent_s = 0.0
    while not await request.is_disconnected():
        entries = await run_in_threadpool(_after, services, seq, person)
        if (entries or silent_s == 0.0) and await run_in_threadpool(services.identify, request) != person:
            return
        for entry in entries:
            seq = entry.seq
            yield _event(entry)
        if entries:
            silent_s = 0.0
            continue
        if not follow:
            return
        await anyio.sleep(POLL_S)
        silent_s += POLL_S
        if silent_s >= HEARTBEAT_S:
            silent_s = 0.0
            yield ": still here\n\n"


def _event(entry: FeedEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    data = {"seq": entry.seq, "at": at, "kind": entry.kind, "key": entry.key, "facts": entry.facts}
    return f"id: {entry.seq}\nevent: {entry.kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _after(services: Services, seq: int, person: Person) -> list[FeedEntry]:
    with services.database.session_scope(write=False) as session:
        return service.after(session, seq, person.reach, None if person.has(*READERS) else HOUSE_KINDS)


def _newest(services: Services) -> int:
    with services.database.session_scope(write=False) as session:
        return service.newest(session)
