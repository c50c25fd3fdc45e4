"""The state of an episode as text."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.episodes.state import EpisodeState

TIMES = st.none() | st.integers(0, 10**9).map(lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=s))


@given(
    st.builds(
        EpisodeState,
        began_at=TIMES,
        episode_id=st.none() | st.uuids(),
        seen_s=st.floats(0, 1e6),
        gone_s=st.floats(0, 1e6),
        gone_since=TIMES,
        there_at=TIMES,
        told_at=TIMES,
        last_at=TIMES,
        last_there=st.booleans(),
    )
)
def test_a_state_survives_being_written(state: EpisodeState):
    assert EpisodeState.from_json(state.to_json()) == state


def test_a_newer_versions_fields_pass_by():
    state = EpisodeState.from_json(
        '{"seen_s": 4, "colour": "red", "episode_id": "019ab000-0000-7000-8000-000000000000"}'
    )
    assert state == EpisodeState(seen_s=4.0, episode_id=UUID("019ab000-0000-7000-8000-000000000000"))


@pytest.mark.parametrize("text", ["", "[]", "7", '{"began_at": "yesterday"}', '{"episode_id": "x"}'])
def test_what_is_no_state_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        EpisodeState.from_json(text)
