"""Which item an alert is about, by the register."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.permits import PermitStatus
from edge.contracts.violations import ViolationRule
from server.alerts.tables import Alert
from server.config import CONFIGS
from server.permits import of_alert, service
from server.permits.schemas import PermitChange, PermitCreate
from server.policy.publication import read_yaml
from server.subjects import service as subjects
from server.subjects.schemas import SubjectCreate
from tests.server.permits.test_permits import wanted

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
"""18:00 in Shanghai, within the permit's hours (17 to 22)."""
DISPLAY = read_yaml(CONFIGS / "violations" / "outdoor_display.yaml", ViolationRule)
MUCK = read_yaml(CONFIGS / "violations" / "exposed_muck.yaml", ViolationRule)


@pytest.fixture
def shop(session: Session) -> UUID:
    shop = subjects.create(session, SubjectCreate(name="小吃店", code="92320402MA00000152"), NOW).id
    service.register(session, PermitCreate.model_validate(wanted(shop)), NOW - timedelta(days=30))
    return shop


def alert(subject: UUID, permit: str = "none", at: datetime = NOW) -> Alert:
    return Alert(
        id=uuid7(at), edge_id="edge-1", episode_id=uuid7(at), camera_id="cam-2", zone_id="z1",
        violation="outdoor_display", violation_version=1, permit=permit, state="raised", began_at=at, raised_at=at,
        last_captured_at=at, received_at=at, dwell_s=60, score=1, peak_score=1, subject_id=subject,
    )  # fmt: skip


def item(session: Session, one: Alert, rule: ViolationRule = DISPLAY) -> str | None:
    return of_alert.item_of(session, one, rule)


def test_an_overrun_of_a_live_permit_is_cg_28_and_without_a_permit_cg_01(session: Session, shop: UUID) -> None:
    assert item(session, alert(shop, "exceeded")) == "CG-28"
    assert item(session, alert(shop, at=NOW + timedelta(hours=6))) == "CG-28", "after its hours"
    other = subjects.create(session, SubjectCreate(name="别家", code="91320402MA00000155"), NOW)
    assert item(session, alert(other.id, "exceeded")) == "CG-01", "a permit is personal"


def test_a_permit_just_expired_with_its_renewal_filed_is_cg_28_for_seven_days(session: Session, shop: UUID) -> None:
    row = service.get(session, "wb-2026-001")
    row.valid_to = date(2026, 11, 15)
    session.add(row)
    assert item(session, alert(shop)) == "CG-01"
    service.change(session, row.id, PermitChange(renewal_filed_at=NOW - timedelta(days=6), reason="续期"), NOW)
    assert item(session, alert(shop)) == "CG-28"
    assert item(session, alert(shop, at=NOW + timedelta(days=3))) == "CG-01"


def test_a_suspended_permit_is_none_even_when_the_edge_did_not_know_yet(session: Session, shop: UUID) -> None:
    assert of_alert.lets_pass(session, alert(shop, "within"))
    change = PermitChange(status=PermitStatus.SUSPENDED, served_at=NOW - timedelta(hours=1), reason="整改")
    service.change(session, "wb-2026-001", change, NOW)
    assert item(session, alert(shop, "exceeded")) == "CG-01"
    assert not of_alert.lets_pass(session, alert(shop, "within"))


def test_a_violation_that_permits_do_not_touch_is_never_an_overrun(session: Session, shop: UUID) -> None:
    late = alert(shop, at=NOW + timedelta(hours=6))
    assert item(session, late, MUCK) == MUCK.item


def test_an_edge_with_a_permit_that_the_register_does_not_know_is_taken_at_its_word(session: Session) -> None:
    nobody = subjects.unknown_subject(session, NOW).id
    assert item(session, alert(nobody, "exceeded")) == "CG-28"
    assert of_alert.lets_pass(session, alert(nobody, "within"))
    assert item(session, alert(nobody)) == "CG-01"
