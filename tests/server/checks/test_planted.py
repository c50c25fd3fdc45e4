"""Faults that somebody with access to the database file plants, each found by name."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from server import anchor
from server.auth.roles import Role
from server.config import ServerSettings
from server.db import Database
from tests.server.cases.conftest import Town
from tests.server.checks.conftest import Check, attack, exempted

PLANTED = {
    "an act's day": ("offence", "UPDATE offence SET act_at = '2020-01-01 00:00:00'", {"ledger"}),
    "whose act it was": ("offence", "UPDATE offence SET nature_group = 'site_dust'", {"ledger"}),
    "an ordinal": ("offence", "UPDATE offence SET ordinal = 2", {"ledger", "ledger_numbers"}),
    "a finding taken out": ("offence", "DELETE FROM offence", {"ledger"}),
    "a service that never was": ("offence_event", "UPDATE offence_event SET kind = 'released'", {"ledger"}),
    "an event slipped in": (
        "offence_event",
        "INSERT INTO offence_event (id, offence_id, ordinal, kind, at, recorded_at, recorded_by, note)"
        " SELECT '00000000000070008000000000000001', offence_id, 9, 'quashed', at, recorded_at, recorded_by, ''"
        " FROM offence_event LIMIT 1",
        {"ledger", "ledger_numbers"},
    ),
    "a log entry changed": ("audit_entry", "UPDATE audit_entry SET actor_name = '别人' WHERE seq = 2", {"audit_chain"}),
    "a log entry taken out": ("audit_entry", "DELETE FROM audit_entry WHERE seq = 2", {"audit_chain"}),
    "a step's reason": ("case_step", "UPDATE case_step SET reason = 'x' WHERE ordinal = 2", {"case_chains"}),
    "a step taken out": ("case_step", "DELETE FROM case_step WHERE ordinal = 3", {"case_chains"}),
    "a case reopened by hand": (
        "case", "UPDATE \"case\" SET state = 'W1' WHERE state = 'C1'", {"case_chains", "cases_as_told", "deadlines"},
    ),
    "a fact of a case": ("case", "UPDATE \"case\" SET findings = '{}' WHERE state = 'C1'", {"cases_as_told"}),
    "an order's deadline": (
        "case", "UPDATE \"case\" SET order_due_at = '2030-01-01 00:00:00' WHERE state = 'C1'", {"cases_as_told"},
    ),
    "a decision without a version": (
        "case_decision", "UPDATE case_decision SET list_version = NULL", {"decisions"},
    ),
    "another outcome": ("case_decision", "UPDATE case_decision SET outcome = 'no_penalty'", {"decisions"}),
    "another recommendation": (
        "case_recommendation", "UPDATE case_recommendation SET rule = 'R23', result = 'EXEMPT_T2_MAY'",
        {"recommendations", "decisions"},
    ),
    "a deadline taken away": ("case_timer", "UPDATE case_timer SET live = 0 WHERE live", {"deadlines"}),
    "an exempted case with a deadline": (
        "case_timer",
        "UPDATE case_timer SET live = 1 WHERE case_id = (SELECT id FROM \"case\" WHERE state = 'C1')", {"deadlines"},
    ),
}  # fmt: skip


def test_each_is_found_by_name(whole: Town, check: Check, settings: ServerSettings, tmp_path: Path) -> None:
    sound, faulty = tmp_path / "sound.db", tmp_path / "faulty.db"
    with closing(sqlite3.connect(settings.data_dir / "server.db")) as connection:
        connection.execute("VACUUM INTO ?", (str(sound),))
    found: dict[str, set[str]] = {}
    for name, (table, statement, _) in PLANTED.items():
        faulty.unlink(missing_ok=True)
        shutil.copyfile(sound, faulty)
        attack(faulty, table, statement)
        attacked = Database(f"sqlite:///{faulty}")
        found[name] = set(check(of=attacked))
        attacked.close()
    assert found == {name: wanted for name, (_, _, wanted) in PLANTED.items()}


@pytest.mark.integration
def test_work_left_lying(town: Town, check: Check) -> None:
    case_id = exempted(town)
    body = {"statement": "不服", "source": "来信"}
    town.people[Role.SEAT].post(f"/api/cases/{case_id}/objections", json=body).raise_for_status()
    town.after(days=30)
    found = check()
    assert set(found) == {"objections", "notices"}
    assert "was to be answered by 2026-12-04" in found["objections"][0]


def test_a_trigger_that_was_not_put_back(database: Database, check: Check) -> None:
    assert check() == {}
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER offence_no_update"))
    assert check() == {"triggers": ["offence_no_update is not there"]}


@pytest.mark.integration
def test_the_newest_entries_cut_off_show_against_an_anchor(
    whole: Town, check: Check, database: Database, settings: ServerSettings, tmp_path: Path
) -> None:
    file = settings.data_dir / "server.db"
    kept = tmp_path / "elsewhere.jsonl"
    with database.session_scope(write=False) as session:
        first = anchor.take(session, {}, whole.clock.now())
        again = anchor.take(session, first.cases, whole.clock.now())
    assert (len(first.cases), again.cases, again.audit) == (2, {}, first.audit)
    anchor.write(kept, first)
    anchor.write(kept, again)
    assert anchor.read(kept) == [first, again]
    assert not anchor.is_due([first], whole.clock.now())
    assert anchor.is_due([first], whole.clock.now() + timedelta(days=1))
    assert check(kept) == {}
    attack(file, "audit_entry", "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)")
    attack(
        file,
        "case_step",
        "DELETE FROM case_step WHERE kind = 'note' OR rowid = (SELECT max(rowid) FROM case_step)",
    )
    assert "anchors" not in check()
    assert any(line.startswith("audit entry") for line in check(kept)["anchors"])
    assert any(line.startswith("case ") for line in check(kept)["anchors"])


def test_a_bad_anchor_file_is_said_to_be_one(check: Check, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    assert "anchors" in check(bad)
    bad.write_text('{"at": 1}\n')
    assert "line 1" in check(bad)["anchors"][0]
