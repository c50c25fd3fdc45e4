"""How long a page of cases takes: `python -m server.cases.bench --cases 100000 [--url postgresql+psycopg://...]`.

Fills an empty database with made-up cases and asks for a page by every filter and sorting, 20 times each; prints the
median and the slowest in milliseconds, rows read and written out included (no HTTP).
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import typer
from sqlalchemy import insert, text
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.auth.reach import EVERYWHERE, Reach
from server.auth.roles import Role
from server.cases import read
from server.cases.searching import CaseFilter, search
from server.cases.tables import Case
from server.cases.workflow import ENDS, State
from server.db import Database
from server.subjects.tables import Subject

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TIMES = 20
OPEN_SHARE = 0.05
"""Of all cases: most of a long history is closed."""


def fill(session: Session, count: int) -> tuple[list[UUID], list[UUID]]:
    """Cases over two years, 5 % of them open; the ids of subjects and of people."""
    chance = Random(1)  # noqa: S311 - made-up data
    subjects = [uuid7(NOW - timedelta(days=800)) for _ in range(2000)]
    people = [uuid7(NOW - timedelta(days=800)) for _ in range(200)]
    session.execute(
        insert(Subject),
        [{"id": key, "kind": "known", "name": f"店 {n}", "created_at": NOW} for n, key in enumerate(subjects)],
    )
    closed, still = sorted(ENDS), sorted(set(State) - ENDS)
    for begin in range(0, count, 5000):
        rows = []
        for n in range(begin, min(begin + 5000, count)):
            at = NOW - timedelta(minutes=(count - n) * 10)
            is_open = chance.random() < OPEN_SHARE
            who = chance.sample(people, 4)
            rows.append(
                Case(
                    id=uuid7(at), number=f"{at:%Y%m%d}-{n:08X}", state=chance.choice(still if is_open else closed),
                    district=f"d{chance.randrange(8)}", edge_id="edge-1", camera_id=f"cam-{chance.randrange(500)}",
                    zone_id="z1", violation="outdoor_display", violation_version=2,
                    item_code=f"CG-{chance.randrange(1, 31):02d}", permit="none", subject_id=chance.choice(subjects),
                    opened_at=at, began_at=at, last_seen_at=at, reviewer_id=who[0], assignee_id=who[1],
                    handler_id=who[2], verifier_id=who[3],
                    due_at=NOW + timedelta(minutes=chance.randrange(-3000, 3000)) if is_open else None,
                ).model_dump()
            )  # fmt: skip
        session.execute(insert(Case), rows)
    return subjects, people


def filters(subjects: list[UUID], me: UUID) -> dict[str, CaseFilter]:
    """Every way of asking, by name."""
    week = {"opened_from": NOW - timedelta(days=300), "opened_to": NOW - timedelta(days=293)}
    return {
        "newest": CaseFilter(),
        "oldest": CaseFilter(sort="oldest"),
        "open": CaseFilter(open_only=True),
        "open, due first": CaseFilter(open_only=True, sort="due"),
        "overdue": CaseFilter(overdue=True, sort="due"),
        "one state": CaseFilter(state=[State.L4]),
        "three states": CaseFilter(state=[State.W1, State.W2, State.WX]),
        "district": CaseFilter(district="d3"),
        "district, open": CaseFilter(district="d3", open_only=True),
        "camera": CaseFilter(camera_id="cam-77"),
        "item": CaseFilter(item="CG-07"),
        "item, state": CaseFilter(item="CG-07", state=[State.L1]),
        "subject": CaseFilter(subject_id=subjects[5]),
        "a week": CaseFilter.model_validate(week),
        "number": CaseFilter(number="00012B"),
        "number, none found": CaseFilter(number="nothing"),
        "mine": CaseFilter(mine=True),
        "mine, open": CaseFilter(mine=True, open_only=True),
        "urgent, none found": CaseFilter(urgent=True),
    }  # fmt: skip


def main() -> None:
    """Fill and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--url", help="an empty database; a temporary SQLite file when left out")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(told.url or f"sqlite:///{Path(folder) / 'bench.db'}")
        database.create_all()
        with database.session_scope() as session:
            subjects, people = fill(session, told.cases)
            session.flush()
            session.execute(text("ANALYZE"))
        near = Person(people[0], "x", frozenset({Role.SEAT}), reach=Reach(frozenset({"d3"})))
        everywhere = Person(people[0], "x", frozenset({Role.SEAT}), reach=EVERYWHERE)
        typer.echo(f"{told.cases} cases, page of 50, ms (median / slowest of {TIMES})")
        for whose, person in (("all districts", everywhere), ("one district", near)):
            for name, wanted in filters(subjects, people[0]).items():
                taken = [_ms(database, person, wanted) for _ in range(TIMES)]
                typer.echo(f"{whose:14} {name:20} {statistics.median(taken):7.1f} {max(taken):7.1f}")
        database.close()


def _ms(database: Database, person: Person, wanted: CaseFilter) -> float:
    began = time.perf_counter()
    with database.session_scope(write=False) as session:
        rows, _ = search(session, person, wanted, NOW)
        [row.model_dump_json() for row in read.rows(session, rows)]
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
