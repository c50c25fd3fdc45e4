"""The town of the cases' tests, with pictures that can be printed and a case at any stage."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from edge.contracts.messages import EvidenceRef
from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from tests.server.cases.conftest import Town, town
from tests.server.documents.png import png
from tests.server.doors import Doors

__all__ = ["town"]
OFFICERS = [{"name": "李四", "certificate": "JS-001"}, {"name": "王五", "certificate": "JS-002"}]
PLACE = "（合成）测试街12号门前人行道"


@dataclass
class Desk:
    """Asks for documents."""

    town: Town
    doors: Doors

    def shown(self, *shades: int, role: EvidenceRole = EvidenceRole.WIDE_SHOWN) -> tuple[EvidenceRef, ...]:
        """Pictures in the store, as an edge would send them."""
        edge, refs = self.doors.edge(), []
        for shade in shades:
            body = png(shade)
            name = sha256(body).hexdigest()
            sent = edge.put(f"/api/evidence/{name}", content=body, headers={"Content-Type": "image/png"})
            assert sent.status_code in (200, 201), sent.text
            refs.append(
                EvidenceRef(
                    sha256=name, media_type="image/png", role=role, size_bytes=len(body),
                    captured_at=self.town.clock.now(),
                )
            )  # fmt: skip
        return tuple(refs)

    def ask(self, case_id: UUID, kind: str, role: Role = Role.OFFICER, replaces: str | None = None, reason: str = "",
            **fields: Any) -> Response:  # fmt: skip
        """Ask for a document."""
        told = {"officers": OFFICERS, "place": PLACE} | fields
        body = {"kind": kind, "fields": told, "replaces": replaces, "reason": reason}
        return self.town.people[role].post(f"/api/cases/{case_id}/documents", json=body)

    def issue(self, case_id: UUID, kind: str, **more: Any) -> dict[str, Any]:
        """One that must be issued."""
        answer = self.ask(case_id, kind, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def pdf(self, document: dict[str, Any]) -> bytes:
        """Its bytes."""
        answer = self.town.people[Role.OFFICER].get(f"/api/documents/{document['id']}/pdf")
        assert answer.status_code == 200, answer.text
        return answer.content

    def educate(self, case_id: UUID) -> None:
        """Education is given and recorded."""
        body = {
            "kind": "ED1",
            "received_by": "张三（合成）",
            "content": "讲解门前经营规定，发放告知单",
            "receipt": "当事人签字",
        }
        answer = self.town.people[Role.OFFICER].post(f"/api/cases/{case_id}/education", json=body)
        assert answer.status_code == 201, answer.text

    def on_site(self) -> UUID:
        """A case of a known shop with the officers there (W4)."""
        self.town.shop()
        pictures = (*self.shown(90, 180), *self.shown(20, role=EvidenceRole.WIDE_ORIGINAL))
        case_id = self.town.raised(evidence=pictures)
        self.town.on_site(case_id)
        return case_id

    def decided(self, case_id: UUID, outcome: str = "exempt_t1", **ordered: Any) -> None:
        """From W4 to L5."""
        self.town.ordered(case_id, **ordered)
        self.town.after(minutes=10)
        self.town.corrected(case_id)
        self.town.act(case_id, Role.OFFICER, "L4")
        self.town.act(case_id, Role.HEAD, "L5", outcome=outcome)


@pytest.fixture
def desk(town: Town, doors: Doors) -> Desk:
    return Desk(town, doors)
