"""A permit of one polygon, as version 1 kept it, becomes an entry with one area."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from server import migrate
from server.db import Database
from server.permits import repository

SUBJECT = "00000000000070008000000000000001"
NOW = "2026-05-01 00:00:00.000000"


def test_a_permit_of_before_keeps_its_place(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/server.db")
    with database.engine.begin() as connection:
        command.upgrade(migrate._config(connection), "0002")
        connection.execute(
            text(
                "INSERT INTO subject (id, kind, name, code_check_failed, code_override_reason, contact, created_at) "
                f"VALUES ('{SUBJECT}', 'known', '店', 0, '', '', '{NOW}')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO permit (id, version, edge_id, camera_id, zone_id, subject_id, polygon, weekdays, "
                "hours_from, hours_to, valid_from, valid_to, status, terms, created_at, changed_at) VALUES "
                f"('wb-1', 3, 'edge-1', 'cam-2', 'z1', '{SUBJECT}', '[[0,0],[1,0],[1,1]]', '[6,7]', "
                f"'17:00:00.000000', '22:00:00.000000', '2026-05-01', '2026-12-31', 'suspended', '', '{NOW}', '{NOW}')"
            )
        )
    migrate.upgrade(database)
    with database.session_scope(write=False) as session:
        row = repository.get(session, "wb-1")
        assert row is not None
        (area,) = repository.areas_of(session, ["wb-1"])["wb-1"]
        assert (row.number, row.version, row.weekdays, row.ground) == ("wb-1", 3, [6, 7], None)
        assert (area.edge_id, area.camera_id, area.zone_id, len(area.polygon)) == ("edge-1", "cam-2", "z1", 3)
        known = repository.known(session, [row])[0]
        assert known.status_at(row.changed_at) == "suspended"
    database.close()
