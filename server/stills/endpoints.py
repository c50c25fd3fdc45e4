"""`/api/stills`: the newest blurred picture of each camera, brought by its edge, seen by people of its district."""

from collections.abc import AsyncIterator
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from edge.contracts.taxonomy import Name
from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import Forbidden, InvalidInput, NotFound, ServerError
from server.fleet import service as fleet
from server.fleet.tables import Camera
from server.stills import live, watching
from server.stills.store import About, Kept, StillStore

router = APIRouter(prefix="/api/stills", tags=["stills"])
Device = Annotated[Person, Depends(Allow(Role.EDGE))]
MAX_BYTES = 200_000
NOT_KEPT = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
JPEG = {200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}}
STREAM = {200: {"content": {"multipart/x-mixed-replace": {"schema": {"type": "string", "format": "binary"}}}}}


class StillRead(BaseModel):
    """The newest still of a camera. `captured_at` by the edge's clock; `etag` changes with the picture."""

    model_config = ConfigDict(from_attributes=True)

    edge_id: str
    camera_id: str
    captured_at: AwareDatetime
    received_at: AwareDatetime
    etag: str
    size_bytes: int


class CameraNamed(BaseModel):
    """A camera by its edge."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edge_id: Name
    camera_id: Name


class WatchWanted(BaseModel):
    """The cameras that somebody looks at now. Say it again each minute while looking."""

    model_config = ConfigDict(extra="forbid")

    cameras: list[CameraNamed] = Field(min_length=1, max_length=36)


class WatchRead(BaseModel):
    """Until when the edges were asked to bring a still about every second."""

    until: AwareDatetime


@router.put("/{edge_id}/{camera_id}", status_code=204)
async def put_still(
    edge_id: Name,
    camera_id: Name,
    request: Request,
    sender: Device,
    x_captured_at: Annotated[AwareDatetime, Header()],
    content_type: Annotated[str, Header()] = "",
) -> Response:
    """The newest blurred JPEG of one of the edge's own cameras, at most 200 kB; the one before is gone."""
    if sender.edge_id != edge_id:
        raise Forbidden([Role.EDGE], sorted(sender.roles))
    if content_type.partition(";")[0].strip().lower() != "image/jpeg":
        raise ServerError(415, "still.not_jpeg", "A still is image/jpeg", {"content_type": content_type[:80]})
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BYTES:
            raise ServerError(413, "still.too_large", "The still is too large", {"max_bytes": MAX_BYTES})
    if not (content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9")):
        raise InvalidInput([{"field": "body", "value": f"{len(content)} bytes", "allowed": "a whole JPEG file"}])
    services, store = services_of(request), store_of(request)

    def keep() -> None:
        with services.database.session_scope(write=False) as session:
            if session.get(Camera, (edge_id, camera_id)) is None:
                raise NotFound("camera", f"{edge_id}/{camera_id}")
        store.put(edge_id, camera_id, x_captured_at, bytes(content), services.clock.now())

    await run_in_threadpool(keep)
    return Response(status_code=204)


@router.post("/watch")
def watch(wanted: WatchWanted, session: WriteSession, now: Now, person: HousePerson) -> WatchRead:
    """Ask the edges of these cameras for a still about every second, for up to two minutes."""
    places = [(camera.edge_id, camera.camera_id) for camera in wanted.cameras]
    return WatchRead(until=watching.watch(session, person, places, now))


@router.get("")
def list_stills(request: Request, session: ReadSession, now: Now, person: HousePerson) -> list[StillRead]:
    """Of which cameras there is a still of the last day, and how old it is: to fetch only what is new."""
    store = store_of(request)
    found = (store.about(row.edge_id, row.id, now) for row in fleet.cameras(session, person.reach))
    return [StillRead.model_validate(about) for about in found if about is not None]


@router.get("/{edge_id}/{camera_id}", response_class=Response, responses=JPEG | {304: {"description": "Not changed"}})  # type: ignore[arg-type]
def get_still(
    edge_id: Name,
    camera_id: Name,
    request: Request,
    session: ReadSession,
    now: Now,
    person: HousePerson,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The newest still as JPEG, with its time in `X-Captured-At`. 304 when it is the one that is known."""
    watching.require(session, person, edge_id, camera_id)
    store = store_of(request)
    about = store.about(edge_id, camera_id, now)
    if about is not None and f'"{about.etag}"' in if_none_match:
        return Response(status_code=304, headers=_headers(about))
    kept = store.get(edge_id, camera_id, now)
    if kept is None:
        raise NotFound("still", f"{edge_id}/{camera_id}")
    return Response(kept.content, media_type="image/jpeg", headers=_headers(kept.about))


@router.get("/{edge_id}/{camera_id}/live", response_class=StreamingResponse, responses=STREAM)  # type: ignore[arg-type]
async def get_live(
    edge_id: Name,
    camera_id: Name,
    request: Request,
    person: HousePerson,
    follow: Annotated[bool, Query(description="false: the still that is there, then end")] = True,
) -> StreamingResponse:
    """Motion JPEG: each new still as it comes. Looking is asking: the edge brings one about every second.

    It ends with the session. A browser opens six connections to a server at most, so a page shows few of these.
    """
    services, store = services_of(request), store_of(request)

    asked: list[float] = []

    def ask() -> bool:
        if services.identify(request) != person:
            return False
        if not asked or monotonic() - asked[-1] >= live.ASK_EDGE_S:
            asked[:] = [monotonic()]
            with services.database.session_scope() as session:
                watching.watch(session, person, [(edge_id, camera_id)], services.clock.now())
        return True

    async def may_see() -> bool:
        try:
            return await run_in_threadpool(ask)
        except NotFound:
            return False
        finally:
            # An open picture alone does not keep a session alive.
            request.state.session_used = None

    def look() -> None:
        with services.database.session_scope(write=False) as session:
            watching.require(session, person, edge_id, camera_id)

    async def read() -> Kept | None:
        return await run_in_threadpool(store.get, edge_id, camera_id, services.clock.now())

    await run_in_threadpool(look)
    limit = limit_of(request)
    limit.require(person.id)
    camera = live.Camera(lambda: store.mark(edge_id, camera_id), read, may_see, request.is_disconnected)

    async def counted() -> AsyncIterator[bytes]:
        with limit.one(person.id):
            async for chunk in live.parts(camera, follow):
                yield chunk

    return StreamingResponse(counted(), media_type=live.MEDIA_TYPE, headers=NOT_KEPT)


def store_of(request: Request) -> StillStore:
    """Where the stills of this server lie."""
    return StillStore(services_of(request).settings.data_dir / "stills")


def limit_of(request: Request) -> live.LiveLimit:
    """The open streams of this process."""
    state = request.app.state
    if not hasattr(state, "live_stills"):
        state.live_stills = live.LiveLimit()
    return state.live_stills


def _headers(about: About) -> dict[str, str]:
    return NOT_KEPT | {"ETag": f'"{about.etag}"', "X-Captured-At": about.captured_at.isoformat()}
