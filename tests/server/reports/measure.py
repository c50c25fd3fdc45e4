"""How long figures and ledgers take on many cases: `python -m tests.server.reports.measure [--cases N] [--url URL]`."""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from server.auth.person import SYSTEM
from server.auth.reach import EVERYWHERE
from server.clock import ManualClock
from server.db import Database
from server.reports import exporting, figures, service
from server.reports.facts import Range
from server.reports.ledgers import Wanted
from server.reports.service import Scope
from tests.server.reports.filling import LATER, fill
from tests.server.reports.histories import START, histories


def timed(name: str, work: Callable[[], Any]) -> Any:
    began, busy = time.perf_counter(), time.process_time()
    answer = work()
    print(
        f"{name:<40} {time.perf_counter() - began:8.2f} s, {time.process_time() - busy:7.2f} s of processor", flush=True
    )
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.url or f"sqlite:///{folder}/server.db", options.cases)


def measure(folder: Path, url: str, cases: int) -> None:
    database = Database(url)
    database.create_all()
    all_of = histories(1, cases, longest=24)
    with database.session_scope() as session:
        fill(session, all_of, subjects=3)
    print(f"{cases} cases, {sum(len(h.steps) for h in all_of)} steps, {database.engine.dialect.name}")
    timed("case figures, all from nothing", lambda: _refresh(database))
    with database.session_scope(write=False) as session:
        timed("is any figure behind?", lambda: figures.stale(session))
    year, month = _range(365), _range(30, 60)
    wanted: tuple[tuple[str, Range, service.By | None], ...] = (
        ("month", month, None), ("year", year, None), ("year by camera", year, "camera"),
        ("year by item", year, "item"),
    )  # fmt: skip
    for name, within, by in wanted:
        with database.session_scope(write=False) as session:
            timed(f"key figures, {name}", lambda s=session, w=within, b=by: service.figures(s, Scope(w), EVERYWHERE, b))
    for form in ("csv", "xlsx"):
        timed(f"ledger of cases as {form}", lambda f=form: _export(database, folder, year, f))
    database.close()


def _export(database: Database, folder: Path, year: Range, form: exporting.Format) -> None:
    wanted = Wanted(START, LATER, year, "", EVERYWHERE, "zh-CN")
    ledger, clock = exporting.BY_NAME["cases"], ManualClock(LATER)
    done = exporting.export(database, clock, folder, ledger, wanted, SYSTEM, "测量", form)
    print(f"    {done.rows} rows of {len(ledger.columns)} columns, {done.path.stat().st_size / 1e6:.1f} MB")


def _refresh(database: Database) -> None:
    while True:
        with database.session_scope() as session:
            if figures.refresh(session) == 0:
                return


def _range(length: int, first: int = 0) -> Range:
    since = START + timedelta(days=first)
    return Range(since.timestamp(), (since + timedelta(days=length)).timestamp(), LATER.timestamp())


if __name__ == "__main__":
    main()
