"""`shouwei policy`: decide facts by the table, look at lists, try one on past cases, run old answers again.

See docs/law.md. Exit codes: 0 well, 1 something differs or has faults, 2 the input or the settings.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer
from sqlmodel import Session, col, select

from server.auth.reach import EVERYWHERE
from server.clock import SystemClock
from server.config import ConfigError, ServerSettings, load
from server.db import Database
from server.policy import publication
from server.policy.compare import compare
from server.policy.deciding import run
from server.policy.exemptions import ExemptionList

policy_app = typer.Typer(no_args_is_help=True, help="The law as data: decide, lists, trials, replay.")
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Server settings (YAML); defaults when left out")]
ListFile = Annotated[Path, typer.Argument(help="An exemption list (YAML)")]
WRONG, MISUSED = 1, 2


@policy_app.command("decide")
def decide_command() -> None:
    """Read facts (one JSON object a line) from stdin, write one decision a line to stdout.

    An unknown or missing name, an unknown value or broken JSON is an error that names its line on stderr. Every bad
    line is reported; decisions stop before the first one, so that line n of the output always answers line n of the
    input. Exit code 2 when any line was bad.
    """
    bad = run(sys.stdin.buffer, sys.stdout, sys.stderr)
    if bad:
        raise typer.Exit(MISUSED)


@policy_app.command("check")
def check_command(file: ListFile) -> None:
    """Check a list in a file and say every fault of it at once."""
    listing = _list(file)
    typer.echo(f"{file}: {listing.key}, {len(listing.items)} items, {listing.status}")


@policy_app.command("compare")
def compare_command(before: ListFile, after: ListFile) -> None:
    """What AFTER changes, field by field."""
    for change in compare(_list(before), _list(after)):
        typer.echo(change.text)


@policy_app.command("lists")
def lists_command(config: ConfigFile = None) -> None:
    """The published versions, the one published last first."""
    with _reading(config) as session:
        for row in publication.newest(session, publication.EXEMPTIONS):
            listing = publication.parsed(ExemptionList, row)
            people = f"{row.drafted_by} / {row.published_by}" if row.published_by else row.author or listing.author
            typer.echo(
                f"{listing.key}  {listing.status}  from {listing.in_force_from}  published {row.published_at:%Y-%m-%d}"
                f"  {people}  {row.sha256[:12]}"
            )


@policy_app.command("try")
def try_command(
    file: ListFile, config: ConfigFile = None, limit: Annotated[int, typer.Option(min=1)] = 1000
) -> None:  # fmt: skip
    """What a list would have changed in past and open cases. Writes nothing."""
    from server.hindsight import trial

    listing = _list(file)
    with _reading(config) as session:
        found = trial.run(session, listing, EVERYWHERE, SystemClock().now(), limit)
    typer.echo(
        f"{found.draft}: {found.looked_at} cases looked at, {len(found.changed)} would change, "
        f"{found.kinder} kinder, {found.harsher} harsher"
    )
    for one in found.changed:
        typer.echo(
            f"{one.number} {one.state} {one.item_code or '-'}: {one.old_rule} {one.old_result} -> "
            f"{one.new_rule} {one.new_result} ({one.direction})"
        )


@policy_app.command("replay")
def replay_command(
    case: Annotated[str | None, typer.Argument(help="A case's number or id")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every case")] = False,
    config: ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line")] = False,
) -> None:
    """Run stored recommendations and decisions again with their stored facts and list versions.

    Exit code 1 when any comes out otherwise than it was stored.
    """
    from server.hindsight import replay

    if (case is None) == (not everything):
        _end(MISUSED, "name a case, or say --all")
    differing = looked_at = 0
    with _reading(config) as session:
        rows = replay.everything(session) if case is None else iter(replay.of_case(session, _case_id(session, case)))
        for row in rows:
            looked_at, differing = looked_at + 1, differing + (not row.same)
            if as_json:
                typer.echo(row.model_dump_json())
            elif not row.same or case is not None:
                typer.echo(f"{'same' if row.same else 'DIFFERS'}  {row.kind} {row.id}: {row.rule} {row.result}")
                for fault in row.faults:
                    typer.echo(f"      {fault}")
    typer.echo(f"{looked_at} run again, {differing} differ", err=as_json)
    if differing:
        raise typer.Exit(WRONG)


def _case_id(session: Session, named: str) -> UUID:
    from server.cases.tables import Case

    try:
        wanted = col(Case.id) == UUID(named)
    except ValueError:
        wanted = col(Case.number) == named
    found = session.exec(select(Case.id).where(wanted)).first()
    return found or _end(MISUSED, f"no case {named}")


def _list(file: Path) -> ExemptionList:
    try:
        return publication.read_yaml(file, ExemptionList)
    except ConfigError as error:
        _end(WRONG, str(error))


@contextmanager
def _reading(config: Path | None) -> Iterator[Session]:
    try:
        settings = ServerSettings() if config is None else load(config)
    except ConfigError as error:
        _end(MISUSED, str(error))
    database = Database(settings.url)
    try:
        with database.session_scope(write=False) as session:
            yield session
    finally:
        database.close()


def _end(code: int, reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(code)
