"""The composition root of the HTTP side: settings, a clock and a database in, the app out."""

from collections.abc import Callable

from fastapi import FastAPI

from server import api_document, readiness
from server.auth import secret
from server.auth.desk import Desk
from server.auth.identity import RequestIdentity
from server.auth.passwords import Passwords
from server.auth.touch import TouchSessions
from server.clock import Clock, SystemClock
from server.config import ServerSettings
from server.context import Services
from server.db import Database
from server.evidence.store import EvidenceStore
from server.geo import tiles
from server.headers import BodyLimit, SecurityHeaders
from server.notify import routing
from server.problems import RESPONSES, install
from server.rooms import modules
from server.web import pages

DESCRIPTION = "首违: cameras find first and minor city-management violations, people decide, the loop closes."


def create_app(
    settings: ServerSettings,
    *,
    clock: Clock | None = None,
    database: Database | None = None,
    broker_is_up: Callable[[], bool] | None = None,
) -> FastAPI:
    """The API and the page over `database` (opened from the settings when not given; its tables must be there).

    Starts nothing: ingest and the sweeper are the business of `server.process`. `broker_is_up` feeds `/readyz`.
    """
    clock = clock or SystemClock()
    database = database or Database(settings.url)
    settings.evidence_dir.mkdir(parents=True, exist_ok=True)
    identity = RequestIdentity(settings.http, database, clock)
    app = FastAPI(
        title="shouwei",
        version="0.1.0",
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=RESPONSES,
    )
    app.state.services = Services(settings, clock, database, identity.identify, secret.load_or_make(settings.key_file))
    app.state.identity = identity
    app.state.desk = Desk(settings.http, database, Passwords(), app.state.services.secret_key)
    app.state.evidence = EvidenceStore(settings.evidence_dir, settings.evidence.free_disk_min_bytes)
    app.state.broker_is_up = broker_is_up
    app.state.notify = routing.load(settings.notify_file)
    install(app)
    api_document.install(app)
    app.include_router(readiness.router)
    for room in modules("endpoints"):
        app.include_router(room.router)
    pages.install(app, settings.console_dir, tiles.hosts(settings.map))
    app.add_middleware(TouchSessions, identity=identity)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, is_https=identity.is_https)
    return app
