"""Article 41 cards and modes."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from server.auth.roles import Role
from server.offsite import card
from tests.server.cases.conftest import Town

HASH = "c" * 64
WHOLE: dict[str, Any] = {
    "legal_basis": "《某条例》第九条", "legal_basis_sha256": HASH, "legal_review": "法审〔2026〕1号",
    "legal_reviewed_on": "2026-01-05", "technical_review": "技审〔2026〕1号", "technical_reviewed_on": "2026-01-06",
    "standard_certificate": "检〔2026〕7号", "standard_valid_to": "2027-01-01", "sign_photo_sha256": HASH,
    "published_place": "和平路12号门前", "published_on": "2026-02-01",
}  # fmt: skip
DAY = date(2026, 11, 20)


def carded(**changes: Any) -> Any:
    told = {name: date.fromisoformat(value) if name.endswith(("_on", "_to")) else value
            for name, value in WHOLE.items()}  # fmt: skip
    return SimpleNamespace(**(told | {"wanted": "OFFSITE"} | changes))


def test_offsite_only_when_wanted_and_nothing_is_missing() -> None:
    assert card.mode(None, DAY) == "CLUE"
    assert card.mode(carded(), DAY) == "OFFSITE"
    assert card.mode(carded(wanted="CLUE"), DAY) == "CLUE"
    for name, zh, en in card.PARTS:
        without = carded(**{name: None if name.endswith(("_on", "_to")) else ""})
        assert card.missing(without, DAY) == [name], (zh, en)
        assert card.mode(without, DAY) == "CLUE"
    assert card.missing(carded(standard_valid_to=date(2026, 11, 19)), DAY) == ["standard_valid_to (expired)"]
    assert card.missing(carded(published_on=date(2026, 11, 21)), DAY) == ["published_on (not yet)"]


def test_a_record_is_evidence_offsite_only_with_card_and_review(town: Town) -> None:
    legal, head, seat = town.people[Role.LEGAL], town.people[Role.HEAD], town.people[Role.SEAT]
    town.shop()
    assert legal.put("/api/camera-cards/nobody/cam-1", json=WHOLE).status_code == 404
    case_id = town.raised()
    url = "/api/camera-cards/edge-1/cam-1"
    if legal.put(url, json={}).status_code == 404:
        from server.fleet.tables import Edge

        with town.database.session_scope() as session:
            now = town.clock.now()
            session.add(Edge(id="edge-1", first_seen_at=now, last_seen_at=now))
    part = legal.put(url, json={"legal_basis": "《某条例》第九条"}).raise_for_status().json()
    assert (part["mode"], len(part["missing"])) == ("CLUE", 10)
    assert legal.post(f"{url}/mode", json={"mode": "OFFSITE", "reason": "x"}).status_code == 403
    asked = head.post(f"{url}/mode", json={"mode": "OFFSITE", "reason": "试点"}).raise_for_status().json()
    assert (asked["wanted"], asked["mode"]) == ("OFFSITE", "CLUE")

    def evidence() -> tuple[str, str, str]:
        answer = head.get(f"/api/cases/{case_id}/recommendation").json()
        return answer["mode"], answer["facts"]["ev"], " ".join(answer["notes"])

    mode, ev, notes = evidence()
    assert (mode, ev) == ("CLUE", "UNREVIEWED")
    assert "sign_photo_sha256" in notes
    legal.put(url, json=WHOLE).raise_for_status()
    assert evidence()[:2] == ("OFFSITE", "UNREVIEWED")
    review = {"is_true": True, "is_clear": True, "is_complete": True, "is_accurate": False}
    assert seat.post(f"/api/cases/{case_id}/record-reviews", json=review).status_code == 422, "needs a note"
    seat.post(f"/api/cases/{case_id}/record-reviews", json=review | {"note": "时间不准"}).raise_for_status()
    assert evidence()[1] == "INSUFFICIENT"
    town.after(minutes=1)
    good = seat.post(f"/api/cases/{case_id}/record-reviews", json=review | {"is_accurate": True})
    assert good.raise_for_status().json()["passed"]
    assert evidence()[:2] == ("OFFSITE", "OK")
    assert [row["camera_id"] for row in seat.get("/api/camera-cards").json()] == ["cam-1"]
    assert seat.get(url).json()["missing"] == []
