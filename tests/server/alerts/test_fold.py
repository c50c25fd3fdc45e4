"""Whatever order reports come in, the episode is the same."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.alerts.fold import Report, fold

T0 = datetime(2026, 11, 20, tzinfo=UTC)


def report(number: int, kind: str = "updated", minute: int = 0, score: float = 0.6, area: float | None = 1.0) -> Report:
    at = T0 + timedelta(minutes=minute)
    return Report(
        id=UUID(int=number),
        kind=kind,  # type: ignore[arg-type]
        began_at=T0,
        captured_at=at,
        cleared_at=at if kind == "cleared" else None,
        permit="none",
        dwell_s=minute * 60.0,
        score=score,
        area_m2=area,
        clock_offset_s=None,
        has_thumbnail=kind != "cleared",
    )


kinds = st.sampled_from(["raised", "updated", "cleared"])
reports = st.lists(
    st.builds(report, st.integers(1, 10_000), kinds, st.integers(0, 5), st.floats(0, 1), st.none() | st.floats(0, 100)),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(reports, st.randoms())
def test_order_does_not_matter(some: list[Report], random) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(some)


def test_a_clearing_look_does_not_overwrite_what_was_seen_of_the_act() -> None:
    episode = fold([report(1, "raised", 0, 0.9), report(2, "cleared", 9, 0.0, 0.0)])
    assert (episode.state, episode.score, episode.area_m2) == ("cleared", 0.9, 1.0)
    assert episode.cleared_at == episode.last_captured_at == T0 + timedelta(minutes=9)
    assert episode.cover_report_id == UUID(int=1)


def test_late_update_after_clearing_leaves_it_cleared() -> None:
    assert fold([report(1, "cleared", 5), report(2, "updated", 9)]).state == "cleared"


def test_peaks_are_the_worst_and_the_rest_is_the_latest() -> None:
    episode = fold([report(1, "raised", 0, 0.9, 5.0), report(2, "updated", 5, 0.5, None)])
    assert (episode.peak_score, episode.score, episode.peak_area_m2, episode.area_m2) == (0.9, 0.5, 5.0, None)


def test_a_clearing_that_came_alone_is_still_an_episode() -> None:
    assert fold([report(1, "cleared", 5)]).raised_at == T0 + timedelta(minutes=5)


def test_nothing_is_no_episode() -> None:
    with pytest.raises(IndexError):
        fold([])
