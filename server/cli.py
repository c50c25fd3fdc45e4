"""`shouwei server run | migrate | check`. Exit codes: 0 well, 1 something is wrong, 2 the settings or the usage."""

import gc
import json
import logging
import signal
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from server import checks, migrate
from server.app import create_app
from server.auth import accounts, matrix
from server.auth.cli import person_app
from server.clock import SystemClock
from server.config import ConfigError, ServerSettings, load
from server.db import Database
from server.documents.cli import verify_file
from server.errors import ServerError
from server.ingest import bench_cli
from server.process import ServerProcess
from server.subjects.imports.cli import import_subjects

server_app = typer.Typer(no_args_is_help=True, add_completion=False, help="The server: run it, migrate it, check it.")
server_app.add_typer(person_app, name="person")
server_app.command("verify-file")(verify_file)
server_app.command("import-subjects")(import_subjects)
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Settings (YAML); all defaults when left out")]
WRONG, MISUSED = 1, 2
err = Console(stderr=True, highlight=False)


@server_app.command()
def run(config: ConfigFile = None) -> None:
    """Serve the API and the page, take in what the edges send, until interrupted. The first start prints a token."""
    settings = _settings(config)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        process = ServerProcess(settings)
        process.start()
    except ConfigError as error:
        _end(MISUSED, str(error))
    except (migrate.SchemaBehind, ServerError, OSError) as error:
        _end(WRONG, str(error))
    if process.first_token is not None:
        typer.echo("The first administrator's token. It is shown this once and kept nowhere:")
        typer.echo(process.first_token)
        typer.echo(f"The code that sets the password of {accounts.FIRST_LOGIN}, once, within three days:")
        typer.echo(process.first_code)
        typer.echo(f"The page, for this token, once, within ten minutes: {process.page_link(process.first_token)}")
    typer.echo(f"Listening on {process.url}; broker {settings.broker.host}:{settings.broker.port}")
    leave_startup_alone()
    stop.wait()
    typer.echo("Stopping…")
    process.stop()


def leave_startup_alone() -> None:
    """What was made until now lives as long as the process. Looking through it again and again costs every page of
    the review queue time, and some of them a pause (figures and their command: docs/review.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@server_app.command("migrate")
def migrate_database(config: ConfigFile = None) -> None:
    """Bring the database to the newest schema. Make a copy of it first."""
    database = Database(_settings(config).url)
    before, after = migrate.upgrade(database)
    database.close()
    typer.echo(f"{before or 'empty'} -> {after}" if before != after else f"already at {after}")


@server_app.command()
def roles(
    write: Annotated[Path | None, typer.Option(help="Write the page here instead of printing it")] = None,
) -> None:
    """Which role may call which route, read from the policies themselves."""
    with TemporaryDirectory() as folder:
        text = matrix.page(create_app(ServerSettings(data_dir=Path(folder))))
    if write is None:
        typer.echo(text, nl=False)
    else:
        write.write_text(text, encoding="utf-8")


@server_app.command("link")
def login_link(token_file: Annotated[Path, typer.Option(help="Holds a person's token")], url: str) -> None:
    """Ask a running server at URL for a link that opens its page once."""
    import httpx

    try:
        token = token_file.read_text(encoding="utf-8").strip()
        answer = httpx.post(f"{url.rstrip('/')}/api/me/login-links", headers={"Authorization": f"Bearer {token}"})
    except (OSError, httpx.HTTPError, UnicodeDecodeError) as error:
        _end(WRONG, str(error))
    if answer.status_code != httpx.codes.CREATED:
        _end(WRONG, f"{answer.status_code}: {answer.text[:300]}")
    typer.echo(answer.json()["url"])


@server_app.command()
def check(
    config: ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line each")] = False,
    anchor: Annotated[Path | None, typer.Option(help="A copy of anchors.jsonl that was kept elsewhere")] = None,
) -> None:
    """Is everything whole: schema, chains, ledger, decisions, every evidence file's hash, deadlines, outboxes.

    Changes nothing.
    """
    settings = _settings(config)
    if settings.database_url is None and not (settings.data_dir / "server.db").exists():
        _end(WRONG, f"there is no database at {settings.data_dir / 'server.db'}")
    database = Database(settings.url)
    all_well = True
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("evidence", total=None, visible=False)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        for finding in checks.check(settings, database, SystemClock(), progress, anchor):
            all_well = all_well and finding.ok
            typer.echo(json.dumps(finding.as_json(), ensure_ascii=False) if as_json else _line(finding))
    database.close()
    if not all_well:
        raise typer.Exit(WRONG)


@server_app.command()
def bench(
    database_url: Annotated[
        str | None, typer.Option(help="An empty database; a temporary SQLite file when left out")
    ] = None,
    events: Annotated[int, typer.Option(min=50, help="Alerts for each row")] = 500,
    broker: Annotated[str | None, typer.Option(help="HOST:PORT of a broker for the rows with a rate")] = None,
    rate: Annotated[
        list[float] | None, typer.Option(help="Alerts a second through the broker; may be repeated")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line each")] = False,
) -> None:
    """How fast alerts become open cases here: by batch size, and through a broker at a steady rate."""
    bench_cli.run(database_url, events, broker, rate or [20.0, 50.0], as_json)


def _line(finding: checks.Finding) -> str:
    head = f"{'ok   ' if finding.ok else 'WRONG'} {finding.name} ({finding.looked_at} looked at)"
    more = finding.problem_count - len(finding.problems)
    return "\n".join(
        [head, *(f"      {problem}" for problem in finding.problems), *([f"      and {more} more"] * bool(more))]
    )


def _settings(config: Path | None) -> ServerSettings:
    if config is None:
        return ServerSettings()
    try:
        return load(config)
    except ConfigError as error:
        _end(MISUSED, str(error))


def _end(code: int, reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(code)
