"""The same figures and ledgers on PostgreSQL."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.auth.person import SYSTEM
from server.auth.reach import EVERYWHERE, Reach
from server.clock import ManualClock
from server.db import Database
from server.notify.templates import LOCAL
from server.reports import exporting, figures, service
from server.reports.facts import Range
from server.reports.heat import heat
from server.reports.ledgers import Wanted
from server.reports.service import Scope
from server.wall import service as wall
from tests.server.postgres import postgres
from tests.server.reports.filling import LATER, fill
from tests.server.reports.histories import START, histories
from tests.server.reports.slow import Slow

pytestmark = pytest.mark.integration


def test_figures_and_ledgers(tmp_path: Path) -> None:
    all_of = histories(5, 150)
    within = Range(START.timestamp(), LATER.timestamp(), LATER.timestamp())
    with postgres() as url:
        database = Database(url)
        database.create_all()
        with database.session_scope() as session:
            fill(session, all_of)
        with database.session_scope() as session:
            assert figures.refresh(session) == 150
            assert figures.stale(session) == 0
        slow = Slow(all_of, START, LATER, LATER).shares()
        with database.session_scope(write=False) as session:
            (found,) = service.figures(session, Scope(within), EVERYWHERE).values()
            for name in ("closing_rate", "relapse_30", "exempt_share", "error_rate"):
                assert (found[name].numerator, found[name].denominator) == slow[name]
            rows, others = heat(session, Scope(within), EVERYWHERE, 200)
            hours = Counter(hour for row in rows for hour, count in enumerate(row.hours) for _ in range(count))
            cases = [h.case for h in all_of if h.case.state != "V" and h.case.merged_into is None]
            begun = [case.opened_at for case in cases if START <= case.opened_at < LATER]
            assert (hours, others) == (Counter(at.astimezone(LOCAL).hour for at in begun), 0)
            assert wall.today(session, EVERYWHERE, LATER).alerts == 0
            reach = Reach(frozenset({"a"}))
            assert service.figures(session, Scope(within), reach, "district").keys() <= {"", "a"}
        for name, ledger in exporting.BY_NAME.items():
            for form in ("csv", "xlsx"):
                wanted = Wanted(START, datetime(2027, 1, 1, tzinfo=UTC), within, "", EVERYWHERE, "zh-CN")
                done = exporting.export(database, ManualClock(LATER), tmp_path, ledger, wanted, SYSTEM, "测试", form)
                assert done.path.stat().st_size > 0, name
        database.close()
