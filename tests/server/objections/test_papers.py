"""The papers of a party: printed with a way into its case, fetched once they were served, and by nobody else."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from server.auth.roles import Role
from server.documents import repository
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.documents.conftest import Desk, desk
from tests.server.doors import Doors
from tests.server.objections.test_party import code_for, visit

__all__ = ["desk"]


def papers(party: TestClient) -> list[dict[str, Any]]:
    answer = party.get("/api/party/documents")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_order_is_there_once_it_was_served(town: Town, doors: Doors, desk: Desk) -> None:
    case_id = desk.on_site()
    inside, _ = visit(doors, code_for(town, case_id))
    order = desk.issue(case_id, "order")
    assert papers(inside) == []
    assert inside.get(f"/api/party/documents/{order['id']}/pdf").status_code == 404
    town.ordered(case_id, order_number=order["number"])
    (paper,) = papers(inside)
    assert (paper["number"], paper["valid"], paper["kind"]) == (order["number"], True, "order")
    pdf = inside.get(f"/api/party/documents/{paper['id']}/pdf")
    assert pdf.content == desk.pdf(order)
    gone = town.people[Role.LEGAL].post(f"/api/documents/{order['id']}/withdrawal", json={"reason": "有误"})
    assert gone.status_code == 201, gone.text
    assert [p["valid"] for p in papers(inside)] == [False]


def test_nobody_elses_papers(town: Town, doors: Doors, desk: Desk) -> None:
    case_id = desk.on_site()
    order = desk.issue(case_id, "order")
    town.ordered(case_id, order_number=order["number"])
    town.shop("另一店（合成）", "91320402MA00000155", zone="z2")
    stranger, _ = visit(doors, code_for(town, town.raised(zone_id="z2")))
    for name in (order["id"], str(uuid4())):
        assert stranger.get(f"/api/party/documents/{name}/pdf").status_code == 404
    assert papers(stranger) == []


@pytest.mark.parametrize(("kind", "has_way"), [("order", True), ("pledge", True), ("inspection", False)])
def test_what_the_party_is_handed_leads_into_its_case(
    town: Town, doors: Doors, desk: Desk, kind: str, has_way: bool
) -> None:
    case_id = desk.on_site()
    document = desk.issue(case_id, kind)
    url = _snapshot(town, document["id"]).get("party_url", "")
    assert bool(url) is has_way
    assert b"swc_" not in desk.pdf(document)  # a picture of it, not its letters
    if has_way:
        inside, _ = visit(doors, url.partition("/party#")[2])
        assert inside.get("/api/party/case").json()["number"] == town.get(case_id)["number"]


def _snapshot(town: Town, document_id: str) -> dict[str, Any]:
    with town.database.session_scope(write=False) as session:
        row = repository.get(session, UUID(document_id))
        assert row is not None
        return row.snapshot
