"""Which open case an alert belongs to."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.alerts.merge import BACKFILL_GAP, OpenCase, Place, find_open

T0 = datetime(2026, 11, 20, tzinfo=UTC)
HERE = Place("edge-1", "cam-1", "z1", "outdoor_display")


def case(number: int, place: Place = HERE, began_at: datetime = T0) -> OpenCase:
    return OpenCase(UUID(int=number), place, began_at)


def test_none_open_is_a_new_case() -> None:
    assert find_open(HERE, T0, []) is None


def test_the_same_place_and_violation_is_the_same_matter() -> None:
    assert find_open(HERE, T0 + timedelta(days=1), [case(1)]) == case(1)


def test_another_zone_camera_edge_or_violation_is_another_matter() -> None:
    for other in (
        Place("edge-2", "cam-1", "z1", "outdoor_display"),
        Place("edge-1", "cam-2", "z1", "outdoor_display"),
        Place("edge-1", "cam-1", "z2", "outdoor_display"),
        Place("edge-1", "cam-1", "z1", "exposed_muck"),
    ):
        assert find_open(HERE, T0, [case(1, other)]) is None


def test_a_late_alert_from_well_before_the_case_is_another_matter() -> None:
    assert find_open(HERE, T0 - BACKFILL_GAP, [case(1)]) == case(1)
    assert find_open(HERE, T0 - BACKFILL_GAP - timedelta(seconds=1), [case(1)]) is None


def test_of_several_the_one_that_began_last() -> None:
    later = case(2, began_at=T0 + timedelta(hours=2))
    assert find_open(HERE, T0 + timedelta(hours=3), [later, case(1)]) == later
