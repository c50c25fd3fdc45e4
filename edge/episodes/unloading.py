"""A vehicle that came into the zone to load or unload: what is put down beside it is on its way, not on display."""

from dataclasses import replace
from datetime import datetime, timedelta

from edge.episodes.state import EpisodeState

STANDS_FROM, LEFT_BELOW = 0.2, 0.1
"""Share of the zone behind vehicles from which on one stands there, and below which none does. Tables and bicycles are
now and then taken for a vehicle in a part of this."""
UNLOADING = timedelta(minutes=15)
"""So long a vehicle excuses what is put down; one that stays longer is parked, and goods beside it are goods."""
AWAY = timedelta(seconds=30)
"""A vehicle that is not seen for so long has left."""
UNWATCHED = timedelta(minutes=10)
BEFORE = timedelta(seconds=60)
"""What was put down so shortly before the vehicle was first seen may still be of it."""


def with_vehicle(state: EpisodeState, at: datetime, vehicle_share: float) -> EpisodeState:
    """The state after a look at which vehicles hid this share (0..1) of the zone.

    A vehicle that is there when watching begins is taken to have stood there for long.
    """
    stood = state.vehicle_since
    if stood is not None and state.vehicle_at is not None and at - state.vehicle_at > AWAY:
        stood = None
    if stood is None and vehicle_share >= STANDS_FROM:
        watched = state.last_at is not None and at - state.last_at <= UNWATCHED
        return replace(state, vehicle_since=at if watched else at - UNLOADING, vehicle_at=at)
    if stood is not None and vehicle_share >= LEFT_BELOW:
        return replace(state, vehicle_at=at)
    return state if stood is not None or state.vehicle_since is None else replace(
        state, vehicle_since=None, vehicle_at=None
    )  # fmt: skip


def is_unloading(state: EpisodeState, at: datetime) -> bool:
    """Whether a vehicle is seen at `at` that came not long ago, and nothing was out before it came."""
    if state.vehicle_since is None or state.vehicle_at != at or state.episode_id is not None:
        return False
    came_first = state.began_at is None or state.began_at >= state.vehicle_since - BEFORE
    return came_first and at - state.vehicle_since < UNLOADING
