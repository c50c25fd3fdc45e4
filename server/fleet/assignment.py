"""Edges of districts: announced before they speak, moved when a box goes elsewhere."""

from datetime import datetime

from sqlalchemy import Table, select, update
from sqlmodel import Session, SQLModel

from server.append_only import protected
from server.audit import service as audit
from server.auth.person import Person
from server.errors import Conflict, NotFound
from server.fleet.service import heard
from server.fleet.tables import Edge


def announce(session: Session, by: Person, edge_id: str, district: str, now: datetime) -> Edge:
    """The edge, entered in `district` when it is new. Raises NotFound for one out of reach, Conflict for one that is
    known in another district (it must be moved on purpose).
    """
    known = session.get(Edge, edge_id)
    if known is None:
        by.reach.require("edge", edge_id, district)
        return heard(session, edge_id, now, district)
    by.reach.require("edge", edge_id, known.district)
    if district and known.district and known.district != district:
        facts = {"edge_id": edge_id, "district": known.district, "wanted": district}
        raise Conflict("edge.other_district", "The edge is of another district: move it first", facts)
    return known if known.district or not district else move(session, by, edge_id, district, now)


def move(session: Session, by: Person, edge_id: str, district: str, now: datetime) -> Edge:
    """Make the edge belong to `district`. Permits of its zones alone go along, and whatever had none yet.

    Alerts and cases of the district that it leaves stay there: that authority took them. Raises NotFound for an edge
    out of reach.
    """
    edge = session.get(Edge, edge_id)
    if edge is None:
        raise NotFound("edge", edge_id)
    before = edge.district
    by.reach.require("edge", edge_id, before)
    if before == district:
        return edge
    edge.district = district
    session.add(edge)
    session.flush()
    tables = SQLModel.metadata.tables
    for name, table in tables.items():
        if "district" in table.c and name not in protected():
            _take_along(session, table, tables["case"], edge_id, district)
    facts = {"from": before, "to": district}
    audit.record(session, by, "edge.move", edge_id, facts, now, district)
    return edge


def _take_along(session: Session, table: Table, cases: Table, edge_id: str, district: str) -> None:
    if table.name == "permit":
        areas = SQLModel.metadata.tables["permit_area"]
        mine = select(areas.c.permit_id).where(areas.c.edge_id == edge_id)
        elsewhere = select(areas.c.permit_id).where(areas.c.edge_id != edge_id)
        goes = table.c.id.in_(mine) & table.c.id.not_in(elsewhere)
    elif "edge_id" in table.c:
        goes = (table.c.edge_id == edge_id) & (table.c.district == "")
    elif "case_id" in table.c:
        of_edge = select(cases.c.id).where(cases.c.edge_id == edge_id)
        goes = table.c.case_id.in_(of_edge) & (table.c.district == "")
    else:
        return
    session.execute(update(table).where(goes).values(district=district))
