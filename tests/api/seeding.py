"""Two districts with a row of every table in each. Whatever is of a district bears its mark: in every text, and by its
ids.

The rows are made from the tables themselves, so that a new table has something to leak before anybody thinks of it.
"""

from base64 import b64encode
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from server.alerts.tables import Alert
from server.audit import service as audit
from server.auth.person import Person
from server.auth.reach import Reach
from server.auth.roles import Role
from server.auth.tables import PersonRow
from server.cases.recommendation import recommend, store
from server.cases.tables import Case
from server.clock import ManualClock
from server.db import Database
from server.ingest import dispatch
from server.ingest.intake import Delivery, Intake
from server.schema import load_tables
from server.subjects.tables import Subject
from tests.api.values import VALUES
from tests.server import wire

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
EAST, WEST = "east", "west"
MARK = "mark"
"""`eastmark` and `westmark` stand in every text that is free."""
CODES = {EAST: "92320402MA00000152", WEST: "91320402MA00000155"}
"""Made up, with a right check character."""
HOUSE_TABLES = {
    "alembic_version", "published_version", "person", "token", "account", "audit_entry",
    "calendar_draft", "exemption_draft", "retention_run",
}  # fmt: skip
"""Nobody's district: rules, persons, and what goes with them."""


class District:
    """What was seeded for one district: the id of a row of each table, and everything that names it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.mark = f"{code}{MARK}"
        self.picture = b"\xff\xd8\xff\xe0" + self.mark.encode()
        self.ids: dict[str, Any] = {}
        self.marks: set[str] = {self.mark}

    def keep(self, table: str, key: Any) -> None:
        """Remember the key of a row; a key that can be told apart is a mark."""
        self.ids.setdefault(table, key)
        if isinstance(key, UUID):
            self.marks.add(str(key))


def seed(database: Database) -> tuple[District, District]:
    """East and west, in a database whose rules are published."""
    east, west = District(EAST), District(WEST)
    for one in (east, west):
        _hear(database, one)
    with database.session_scope() as session:
        for one in (east, west):
            _rows(session, one)
            somebody = Person(uuid4(), f"{one.mark} admin", frozenset({Role.ADMIN}), reach=Reach.of([one.code]))
            audit.record(session, somebody, "test.done", one.mark, {}, NOW)
    return east, west


def _hear(database: Database, one: District) -> None:
    """An edge of the district speaks: an alert with evidence, a message that cannot be taken, one that is forged."""
    edge, camera = f"{one.mark}-edge", f"{one.mark}-cam"
    place: dict[str, Any] = {"camera_id": camera, "zone_id": f"{one.mark}-zone"}
    picture = wire.picture(sha256(one.picture).hexdigest())
    raised = wire.raised(evidence=[picture], thumbnail_jpeg_base64=b64encode(one.picture).decode(), **place)
    intake = Intake(database, ManualClock(NOW), partial(dispatch.accept, home=one.code))
    letters = [
        wire.delivery(wire.sealed(wire.birth(1, cameras=(camera,)), edge)),
        wire.delivery(wire.sealed(raised, edge)),
        wire.delivery(wire.sealed(wire.raised(**place), edge), on_edge=edge),
        Delivery(f"shouwei/v1/{edge}/alert", f"{one.mark} poison".encode()),
        wire.delivery(wire.sealed(wire.raised(**place), "other"), on_edge=edge),
    ]
    intake.take(letters)
    one.ids |= {"edge": edge, "camera": camera, "zone": place["zone_id"], "sha256": picture.sha256}
    one.marks.add(picture.sha256)
    with database.session_scope() as session:
        alert = session.exec(select(Alert).where(Alert.edge_id == edge)).first()
        assert alert is not None
        assert alert.case_id is not None
        case = session.get(Case, alert.case_id)
        assert case is not None
        subject = Subject(
            id=uuid4(), kind="known", name=f"{one.mark} shop", contact=one.mark, district=one.code, created_at=NOW,
            code=CODES[one.code],
        )  # fmt: skip
        person = PersonRow(id=uuid4(), name=f"{one.mark} 某人", roles=["seat"], districts=[one.code], created_at=NOW)
        session.add_all([subject, person])
        session.flush()
        one.keep("person", person.id)
        alert.subject_id = case.subject_id = subject.id
        session.add_all([alert, case])
        session.flush()
        store(session, case, recommend(session, case, NOW), NOW)
        for table, key in (("alert", alert.id), ("case", case.id), ("subject", subject.id)):
            one.keep(table, key)


def _rows(session: Session, one: District) -> None:
    load_tables()
    for table in SQLModel.metadata.sorted_tables:
        if table.name in HOUSE_TABLES:
            continue
        known = _known(session, table, one)
        if known is None:
            row = {column.name: _value(table, column, one) for column in table.columns}
            session.execute(sa.insert(table).values(**row))
            known = row
        key = table.primary_key.columns.values()[0].name
        one.keep(table.name, known[key])


def _known(session: Session, table: sa.Table, one: District) -> dict[str, Any] | None:
    """The row of this district that is there already."""
    if "district" in table.c:
        links = [("district", one.code)]
    else:
        links = [(name, one.ids[named]) for name, named in _links(table) if named in one.ids]
    for name, mine in links:
        found = session.execute(sa.select(table).where(table.c[name] == mine)).mappings().first()
        if found is not None:
            return dict(found)
    return None


def _links(table: sa.Table) -> list[tuple[str, str]]:
    """(column, table) of what a row belongs to."""
    foreign = {c.name: key.column.table.name for c in table.columns for key in c.foreign_keys}
    named = {c.name: c.name.removesuffix("_id") for c in table.columns if c.name.endswith("_id")}
    return list((named | foreign).items())


def _value(table: sa.Table, column: sa.Column[Any], one: District) -> Any:
    """Something for a column: what a read needs, the district's own row that it names, else the mark."""
    for name in (f"{table.name}.{column.name}", column.name):
        if name in VALUES:
            value = VALUES[name]
            return value(one) if callable(value) else value
    if column.name == "district":
        return one.code
    for foreign in column.foreign_keys:
        if foreign.column.table.name in one.ids:
            return one.ids[foreign.column.table.name]
    named = column.name.removesuffix("_id")
    if column.name.endswith("_id") and named in one.ids:
        return one.ids[named]
    if column.name == "sha256":
        return one.ids["sha256"]
    return _plain(column, one)


def _plain(column: sa.Column[Any], one: District) -> Any:
    kind = _type_of(column)
    if kind is UUID:
        fresh = uuid4()
        one.marks.add(str(fresh))
        return fresh
    if column.nullable and kind is not str:
        return None
    plain: dict[type, Any] = {
        str: f"{one.mark}-{column.name}"[:60],
        datetime: NOW - timedelta(hours=1),
        date: NOW.date(),
        time: time(8),
        int: 1 if one.code == EAST else 2,
        float: 0.5,
        bool: False,
        bytes: b"\xff\xd8\xff" + one.mark.encode(),
        dict: {"mark": one.mark},
        list: [],
    }
    return plain[kind]


def _type_of(column: sa.Column[Any]) -> type:
    stored = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if not isinstance(stored, sa.JSON):
        return cast(type, stored.python_type)
    models = {getattr(mapper.local_table, "name", ""): mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    return list if "list" in str(models[column.table.name].model_fields[column.name].annotation) else dict
