"""`shouwei server import-subjects FILE`: the same dry run and the same steps, without a web server."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from server import migrate
from server.auth.person import SYSTEM
from server.auth.secret import load_or_make
from server.clock import SystemClock
from server.config import ConfigError, ServerSettings, load
from server.db import Database
from server.errors import ServerError
from server.subjects.identity import keyed
from server.subjects.imports import service
from server.subjects.imports.columns import COLUMNS, Kind
from server.subjects.tables import SubjectImport

err = Console(stderr=True, highlight=False)
WRONG, MISUSED = 1, 2
SHOWN = 200


def import_subjects(
    file: Annotated[Path, typer.Argument(help="CSV or .xlsx", exists=True, dir_okay=False, readable=True)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do")] = False,
    kind: Annotated[str, typer.Option(help="subjects or grades")] = "subjects",
    district: Annotated[str | None, typer.Option(help="Code of the district; needed when there are several")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Settings (YAML)")] = None,
) -> None:
    """Take subjects or grades in from a file: every bad row is listed, and then nothing of it is written.

    Exit codes: 0 well, 1 bad rows or a file that cannot be taken, 2 the settings or the usage.
    """
    settings = _settings(config)
    chosen = district or settings.home_district
    wanted: Kind | None = next((one for one in COLUMNS if one == kind), None)
    if wanted is None or chosen not in settings.district_codes:
        allowed = f"--kind {', '.join(COLUMNS)}; --district {', '.join(sorted(settings.district_codes))}"
        typer.echo(f"not accepted: kind {kind!r}, district {chosen!r}; allowed: {allowed}", err=True)
        raise typer.Exit(MISUSED)
    database = Database(settings.url)
    try:
        migrate.make_ready(database)
        kept = _run(database, settings, wanted, file, chosen, dry_run)
    except (ServerError, migrate.SchemaBehind) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG) from error
    finally:
        database.close()
    for fault in kept.faults[:SHOWN]:
        typer.echo(f"row {fault['row']}, {fault['column']}: {fault['value']!r}; allowed: {fault['allowed']}")
    if kept.fault_count > SHOWN:
        typer.echo(f"and {kept.fault_count - SHOWN} more")
    told = ", ".join(f"{count} {name}" for name, count in kept.counts.items()) or "nothing"
    typer.echo(f"{kept.row_count} rows, {kept.fault_count} faults; {told}: {kept.state}")
    if kept.fault_count:
        raise typer.Exit(WRONG)


def _run(
    database: Database, settings: ServerSettings, kind: Kind, file: Path, district: str, dry: bool
) -> SubjectImport:
    now, digest = SystemClock().now(), keyed(load_or_make(settings.key_file))
    with Progress(console=err, transient=True) as bar, database.session_scope() as session:
        task = bar.add_task("rows")

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        kept = service.dry_run(session, kind, file.name, file.read_bytes(), SYSTEM, digest, district, now, progress)
        if kept.state == "ready" and not dry:
            service.apply(session, kept.id, kept.sha256, SYSTEM, now, progress)
        return kept


def _settings(config: Path | None) -> ServerSettings:
    try:
        return ServerSettings() if config is None else load(config)
    except ConfigError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(MISUSED) from error
