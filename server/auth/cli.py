"""`shouwei server person add | reset | list`: accounts from the machine itself, for whoever may read the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from server.auth import accounts, districts, service
from server.auth.person import SYSTEM
from server.auth.reach import EVERYWHERE
from server.auth.roles import Role
from server.auth.tables import Account
from server.clock import SystemClock
from server.config import ConfigError, ServerSettings, load
from server.db import Database
from server.errors import InvalidInput, ServerError

person_app = typer.Typer(no_args_is_help=True, add_completion=False, help="People and their accounts.")
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Settings (YAML); all defaults when left out")]
WRONG, MISUSED = 1, 2


@person_app.command()
def add(
    name: str,
    role: Annotated[list[Role], typer.Option(help="May be repeated")],
    login: Annotated[str | None, typer.Option(help="The name to log in with; none: no account")] = None,
    district: Annotated[list[str] | None, typer.Option(help="May be repeated; * is every one")] = None,
    config: ConfigFile = None,
) -> None:
    """Add a person. With --login a one-time code is printed, with which the person sets a password."""
    now = SystemClock().now()
    with _session(config) as (settings, session):
        given = districts.assignable(settings, SYSTEM, district)
        person = service.create(session, SYSTEM, name, role, now, given)
        typer.echo(f"{person.id} {name}: {', '.join(person.roles)}; districts: {', '.join(given) or 'none'}")
        if login is not None:
            _tell(*accounts.enter(session, SYSTEM, person.id, login, now))


@person_app.command()
def reset(login: str, config: ConfigFile = None) -> None:
    """Void a password that was forgotten, end the sessions, and print a new one-time code."""
    with _session(config) as (_, session):
        account = accounts.by_login(session, login)
        if account is None:
            _end(WRONG, f"there is no account {login}")
        _tell(*accounts.reset(session, SYSTEM, account.person_id, SystemClock().now()))


@person_app.command("list")
def list_people(config: ConfigFile = None) -> None:
    """Everybody: id, name, login, roles, districts."""
    with _session(config) as (_, session):
        for row in service.everyone(session, EVERYWHERE):
            account = session.get(Account, row.id)
            login = account.login if account else "-"
            duty = "" if row.active else " (out of duty)"
            typer.echo(f"{row.id} {row.name} {login} {','.join(row.roles)} {','.join(row.districts) or '-'}{duty}")


def _tell(code: str, account: Account) -> None:
    typer.echo(f"Login {account.login}; the code that sets the password, once, within three days:")
    typer.echo(code)


@contextmanager
def _session(config: Path | None) -> Iterator[tuple[ServerSettings, Session]]:
    try:
        settings = ServerSettings() if config is None else load(config)
    except ConfigError as error:
        _end(MISUSED, str(error))
    if settings.database_url is None and not (settings.data_dir / "server.db").exists():
        _end(WRONG, f"there is no database at {settings.data_dir / 'server.db'}: start the server once")
    database = Database(settings.url)
    try:
        with database.session_scope() as session:
            yield settings, session
    except InvalidInput as error:
        problems = error.facts["problems"]
        _end(MISUSED, "\n".join(f"{one['field']}: {one['value']!r}; allowed: {one['allowed']}" for one in problems))
    except ServerError as error:
        _end(WRONG, str(error))
    except SQLAlchemyError as error:
        _end(WRONG, f"the database does not answer: {getattr(error, 'orig', error)}")
    finally:
        database.close()


def _end(code: int, reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(code)
