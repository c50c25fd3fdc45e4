"""`shouwei server bench`: the table of `server.ingest.bench` on a database made for it."""

import json
import tempfile
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import inspect

from server import migrate
from server.clock import SystemClock
from server.config import BrokerSettings
from server.db import Database
from server.ingest import bench

COLUMNS = ("database", "way", "batch", "events", "events/s", "median ms", "p95 ms")


def run(database_url: str | None, events: int, broker: str | None, rates: list[float], as_json: bool) -> None:
    """Measure and print. Exits with 2 for a database that is not empty or a broker that is not HOST:PORT, 1 for a
    broker that does not answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Database(database_url or f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            with database.engine.connect() as connection:
                if inspect(connection).get_table_names():
                    _end(2, "the database is not empty: measuring would leave thousands of false cases in it")
            migrate.upgrade(database)
            _show(database, _broker(broker), events, rates, as_json)
        except (bench.LostEvents, ConnectionError) as error:
            _end(1, str(error))
        finally:
            database.close()


def _show(database: Database, broker: BrokerSettings | None, events: int, rates: list[float], as_json: bool) -> None:
    table, screen = Table(*COLUMNS), Console(stderr=True)
    with screen.status("measuring ...") as status:
        for row in bench.run(database, SystemClock(), broker, events, rates):
            status.update(f"{row.way}, {row.batch or '-'}: {row.events_per_s} events/s")
            table.add_row(*("-" if value is None else str(value) for value in row.as_json().values()))
            if as_json:
                typer.echo(json.dumps(row.as_json()))
    if not as_json:
        Console().print(table)


def _broker(text: str | None) -> BrokerSettings | None:
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        _end(2, f"--broker {text!r}: HOST:PORT is wanted, as 127.0.0.1:1883")
    return BrokerSettings(host=host, port=int(port), client_id="shouwei-bench", share_group="bench")


def _end(code: int, reason: str) -> None:
    typer.echo(reason, err=True)
    raise typer.Exit(code)
