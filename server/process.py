"""A whole server in one process: HTTP, ingest, sweeper. For `shouwei server run`, `shouwei up` and the demo."""

import logging
import socket
from threading import Thread
from typing import Self

import uvicorn

from server import migrate
from server.alerts import rules as merging
from server.app import create_app
from server.auth import accounts
from server.auth import service as auth
from server.auth.secret import load_or_make
from server.cases.rulebook import publish_configs
from server.clock import Clock, SystemClock
from server.config import ServerSettings
from server.db import Database
from server.dispatch import service as dispatch
from server.errors import Unauthorized
from server.evidence.store import EvidenceStore
from server.ingest.consumer import Consumer
from server.jobs import Sweeper
from server.ledger import rules as history
from server.notify import routing, templates
from server.notify.building import build
from server.notify.carrier import Carrier
from server.objections import links
from server.reports import targets
from server.reports.keeping import FiguresChore
from server.retention import settings as terms
from server.retention.keeping import RetentionChore
from server.retention.service import Retention
from server.steady import boot_clock
from server.watch import Watch

log = logging.getLogger(__name__)
STOP_WITHIN_S = 10


class ServerProcess:
    """`start` brings the database up to date and serves; `stop` ends in order. Also a context manager.

    With a ManualClock nothing falls due by itself: move the clock, then call `sweeper.sweep_once()`. `first_token` is
    the administrator's, `first_code` what sets the password of `admin`; both only on the very first start.
    """

    def __init__(self, settings: ServerSettings, clock: Clock | None = None) -> None:
        self.settings, self.clock = settings, clock or SystemClock()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.database = Database(settings.url)
        self.consumer = Consumer(settings.broker, self.database, self.clock, settings.home_district)
        templates.use(templates.load(settings.notices_dir))
        ways = routing.load(settings.notify_file)
        way_in = links.way_in(settings.http.address, load_or_make(settings.key_file))
        self.carrier = Carrier(self.database, self.clock, ways, build(ways, settings.data_dir, self.clock), way_in)
        watch = Watch(self.database, self.clock, settings.data_dir / "anchors.jsonl")
        retention = Retention(
            self.database, EvidenceStore(settings.evidence_dir, 0), terms.load(settings.retention_file), self.clock
        )  # fmt: skip
        targets.load(settings.kpi_file)
        rounds = [
            watch.round,
            FiguresChore(self.database, self.clock),
            RetentionChore(retention, settings.data_dir / "exports"),
        ]
        self.sweeper = Sweeper(
            self.database, self.clock, settings.http.sweep_every_s, self.consumer.wake, self.carrier, rounds,
            elapsed=boot_clock if isinstance(self.clock, SystemClock) else None,
        )  # fmt: skip
        self.app = create_app(
            settings, clock=self.clock, database=self.database, broker_is_up=lambda: self.consumer.is_up
        )  # fmt: skip
        self.first_token: str | None = None
        self.first_code: str | None = None
        self._listener: socket.socket | None = None
        self._http: uvicorn.Server | None = None
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens (the port is real also when 0 was asked for)."""
        if self._listener is None:
            raise RuntimeError("the server has not been started")
        host, port = self._listener.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def prepare(self) -> None:
        """Tables, the first administrator, new versions of the rules in `configs/`.

        Raises migrate.SchemaBehind when an old schema is there, ConfigError for a mistake in the rules.
        """
        migrate.make_ready(self.database)
        with self.database.session_scope() as session:
            self.first_token = auth.first_run(session, self.clock.now())
            if self.first_token is not None:
                self.first_code = accounts.first_code(session, self.first_token, self.clock.now())
            rules = self.settings
            publish_configs(session, rules.exemptions_dir, rules.violations_dir, rules.calendar_file, self.clock.now())
            dispatch.publish_powers(session, rules.calendar_file.with_name("powers"), self.clock.now())
            merging.publish(session, rules.calendar_file.with_name("merging.yaml"), self.clock.now())
            history.publish(session, rules.calendar_file.with_name("history.yaml"), self.clock.now())

    def page_link(self, token: str) -> str:
        """A link that opens the page once, for whoever the token belongs to. Raises Unauthorized."""
        now = self.clock.now()
        with self.database.session_scope() as session:
            person = auth.identify(session, token, auth.API_KINDS, now)
            if person is None:
                raise Unauthorized
            code, _ = auth.login_link(session, person, now)
        return f"{(self.settings.http.public_url or self.url).rstrip('/')}/#login={code}"

    def start(self) -> Self:
        """Prepare and serve in background threads; returns when requests are answered. Raises OSError (port taken)."""
        self.prepare()
        http = self.settings.http
        family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((http.host, http.port))
        except OSError as error:
            listener.close()
            raise OSError(error.errno, f"cannot listen on {http.host} port {http.port}: {error.strerror}") from error
        self._listener = listener
        config = uvicorn.Config(
            self.app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        self._http = uvicorn.Server(config)
        self._thread = Thread(target=self._http.run, kwargs={"sockets": [listener]}, name="http", daemon=True)
        self._thread.start()
        while not self._http.started and self._thread.is_alive():
            self._thread.join(timeout=0.01)
        if not self._http.started:
            raise OSError(f"the web server on {http.host} port {http.port} did not start")
        self.consumer.start()
        self.carrier.start()
        self.sweeper.start()
        return self

    def stop(self) -> None:
        """Stop taking requests and messages, finish what is in hand. Safe to call twice."""
        self.sweeper.stop()
        self.carrier.stop()
        self.consumer.stop()
        if self._http is not None and self._thread is not None:
            self._http.should_exit = True
            self._thread.join(timeout=STOP_WITHIN_S)
            self._thread = self._http = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self.database.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()
