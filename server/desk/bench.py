"""How long a desk takes with many cases: `python -m server.desk.bench --cases 100000`.

Fills an empty SQLite database with made-up cases (`server.cases.bench`), asks for each role's desk and the first page
of its queues 20 times, and prints the median and the slowest in milliseconds, and how many queries one desk takes.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import typer
from sqlalchemy import event, text
from sqlmodel import Session

from server.auth.person import Person
from server.auth.reach import EVERYWHERE, Reach
from server.auth.roles import Role
from server.cases.bench import NOW, TIMES, fill
from server.db import Database
from server.desk import queues, service

ROLES = (Role.DISPATCH, Role.VERIFY, Role.LEGAL, Role.LEADER, Role.HEAD, Role.OFFICER, Role.SUPERV)


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest of 20 times, in milliseconds."""
    took: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        deed()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), max(took)


def measure(session: Session, role: Role, me: UUID, reach: Reach) -> str:
    """One role's line: the desk, then each of its queues."""
    person = Person(me, "bench", frozenset({role}), reach=reach)
    asked = 0

    def count(*_told: object) -> None:
        nonlocal asked
        asked += 1

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", count)
    service.desk(session, person, NOW)
    event.remove(bind, "before_cursor_execute", count)
    median, slowest = timed(lambda: service.desk(session, person, NOW))
    line = f"{role.value:10} desk {median:6.1f} {slowest:6.1f} ({asked} queries)"
    for queue in queues.of(person.roles):
        median, slowest = timed(lambda queue=queue: service.page(session, queue, person, None, 50, NOW))
        line += f" | {queue.value} {median:.1f} {slowest:.1f}"
    return line


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        database.create_all()
        with database.session_scope() as session:
            _, people = fill(session, wanted.cases)
            session.execute(text("ANALYZE"))
        with database.session_scope(write=False) as session:
            for role in ROLES:
                typer.echo(measure(session, role, people[0], EVERYWHERE))
            typer.echo("one district: " + measure(session, Role.SUPERV, people[0], Reach.of(["d3"])))
        database.close()


if __name__ == "__main__":
    main()
