"""When an act has lasted long enough to be raised, goes on, and is gone.

Time is what the camera saw, not how many frames came: the time between two looks that say the same counts; where they
differ, or lie further apart than `max_gap_s`, it counts for nothing. A look past somebody who stood in front, or at a
picture that is no good, is as if one had not looked. So the result does not depend on how often one looks, ten short
visits are not one long stay, and nobody is held to account for hours when the camera was blind. Where a look says cell
by cell what it saw, only what lasts counts (`edge.episodes.lasting`): it decides when to raise, not the last look.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from edge.contracts.ids import uuid7
from edge.contracts.violations import ViolationRule
from edge.episodes.lasting import WINDOW_S, CellLook, Lasting
from edge.episodes.state import EpisodeState
from edge.episodes.unloading import is_unloading, with_vehicle

LAPSE = 1 / 20
"""A candidate outlives being seen gone for this part of its dwell: one wrong reading does not start it anew."""

_ROUNDING_S = 1e-3
"""A sum of many short times falls short of their true sum by less than this."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look: the measured share, or `occluded` (somebody in front) or `unseen` (the picture is no good).

    `vehicle_share` of the zone is behind vehicles. `cells`, if known, are what `share` was summed over.
    """

    share: float
    occluded: bool = False
    unseen: bool = False
    vehicle_share: float = 0.0
    cells: CellLook | None = field(default=None, compare=False, repr=False)


class Phase(StrEnum):
    """What became of the episode."""

    RAISED = "raised"
    UPDATED = "updated"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Transition:
    """`began_at` is when the act was first seen, `dwell_s` how long it was seen since, `cleared_at` when first gone."""

    phase: Phase
    episode_id: UUID
    began_at: datetime
    at: datetime
    dwell_s: float
    cleared_at: datetime | None = None


class EpisodeTracker:
    """One zone and violation. `state` is all it knows; a tracker made from it goes on as if nothing had happened."""

    def __init__(
        self,
        rule: ViolationRule,
        state: EpisodeState | None = None,
        *,
        max_gap_s: float = 60.0,
        new_id: Callable[[datetime], UUID] = uuid7,
    ) -> None:
        self.rule = rule
        self.state = state or EpisodeState()
        self._max_gap_s, self._new_id = max_gap_s, new_id
        # Goods moved about are unknown for half a window: that must not be enough to clear.
        self._window_s = min(WINDOW_S, rule.dwell_s, 1.5 * rule.leave_s)

    def step(self, at: datetime, reading: Reading) -> list[Transition]:
        """Take one reading at the aware time `at` and say what changed: nothing or one transition."""
        if reading.unseen:
            return []
        state = with_vehicle(_not_after(self.state, at), at, reading.vehicle_share)
        if reading.occluded or (self.rule.measure.covering and is_unloading(state, at)):
            self.state = state
            return []
        state, lasting_share = self._remember(state, at, reading)
        there = self._is_there(state, reading.share, lasting_share)
        if there is None:
            self.state = state
            return []
        known_s = self._known_seconds(state, at, there, lasting_share)
        state = replace(state, last_at=at, last_there=there)
        if there:
            self.state, transitions = self._there(state, at, known_s, reading.share, lasting_share)
        else:
            self.state, transitions = self._gone(state, at, known_s)
        return transitions

    def _remember(self, state: EpisodeState, at: datetime, reading: Reading) -> tuple[EpisodeState, float]:
        """(state, the share that lasts). Without cells every share is taken to last."""
        if reading.cells is None:
            return state, math.inf
        lasting = (state.lasting or Lasting()).seen(at, reading.cells, self._window_s)
        share = lasting.share(reading.cells, of_zone=self.rule.measure.of == "zone")
        return replace(state, lasting=lasting), share

    def _is_there(self, state: EpisodeState, share: float, lasting_share: float) -> bool | None:
        """None when it cannot be told: much is there, but not where anything was most of the time."""
        if state.began_at is None:
            return share >= self.rule.enter
        if state.episode_id is None or share <= self.rule.exit or lasting_share > self.rule.exit:
            return share > self.rule.exit
        return None if share >= self.rule.enter else False

    def _known_seconds(self, state: EpisodeState, at: datetime, there: bool, lasting_share: float) -> float:
        since = state.last_at
        if state.last_there is not there:
            # A look or two that missed what lasts before and after them were wrong.
            missed = there and state.gone_since is not None and self.rule.enter <= lasting_share < math.inf
            since = state.there_at if missed else None
        if since is None:
            return 0.0
        passed = (at - since).total_seconds()
        return passed if passed <= self._max_gap_s else 0.0

    def _there(
        self, state: EpisodeState, at: datetime, known_s: float, share: float, lasting_share: float
    ) -> tuple[EpisodeState, list[Transition]]:
        if state.began_at is None or self._is_stale(state, at):
            if share < self.rule.enter:
                return replace(_fresh(state), last_there=False), []
            pending_s = state.pending_s if known_s else 0.0
            began_at = at - timedelta(seconds=pending_s + known_s)
            state = replace(_fresh(state), began_at=began_at, pending_s=pending_s, lasted_at=at)
        state = self._pending(replace(state, gone_s=0.0, gone_since=None, there_at=at), at, known_s)
        if state.episode_id is None and lasting_share < self.rule.enter:
            return state, []
        state = replace(state, seen_s=state.seen_s + state.pending_s, pending_s=0.0, lasted_at=at)
        if state.episode_id is None:
            if state.seen_s < self.rule.dwell_s - _ROUNDING_S:
                return state, []
            phase, episode_id = Phase.RAISED, self._new_id(at)
        elif state.told_at is not None and (at - state.told_at).total_seconds() < self.rule.update_s - _ROUNDING_S:
            return state, []
        else:
            phase, episode_id = Phase.UPDATED, state.episode_id
        state = replace(state, episode_id=episode_id, told_at=at)
        return state, [Transition(phase, episode_id, state.began_at or at, at, state.seen_s)]

    def _pending(self, state: EpisodeState, at: datetime, known_s: float) -> EpisodeState:
        """What came into sight shows that it lasts within the window; what waits for longer is something else."""
        waited_s, limit_s = state.pending_s + known_s, self._window_s
        if waited_s <= limit_s:
            return replace(state, pending_s=waited_s)
        began_at = state.began_at if state.seen_s else at - timedelta(seconds=limit_s)
        return replace(state, pending_s=limit_s, began_at=began_at)

    def _gone(self, state: EpisodeState, at: datetime, known_s: float) -> tuple[EpisodeState, list[Transition]]:
        if state.began_at is None:
            return _fresh(state), []
        state = replace(state, gone_s=state.gone_s + known_s, gone_since=state.gone_since or at)
        if state.episode_id is None:
            return (_fresh(state) if state.gone_s > self.rule.dwell_s * LAPSE else state), []
        if state.gone_s < self.rule.leave_s - _ROUNDING_S:
            return state, []
        cleared = Transition(
            Phase.CLEARED, state.episode_id, state.began_at or at, at, state.seen_s, cleared_at=state.gone_since
        )
        return _fresh(state), [cleared]

    def _is_stale(self, state: EpisodeState, at: datetime) -> bool:
        """Whether a candidate last lasted too long ago to be the same act. An episode that was raised never is."""
        limit = timedelta(seconds=max(self.rule.leave_s, self._max_gap_s))
        return state.episode_id is None and state.lasted_at is not None and at - state.lasted_at > limit


def _fresh(state: EpisodeState) -> EpisodeState:
    """Idle, with what was seen at the last look and what does not belong to an act."""
    return EpisodeState(
        last_at=state.last_at,
        last_there=state.last_there,
        vehicle_since=state.vehicle_since,
        vehicle_at=state.vehicle_at,
        lasting=state.lasting,
    )


def _not_after(state: EpisodeState, at: datetime) -> EpisodeState:
    """The state when the clock has jumped back: nothing in it lies in the future, and the jump counts for nothing."""
    if state.last_at is None or state.last_at <= at:
        return state
    names = ("began_at", "gone_since", "there_at", "lasted_at", "told_at", "vehicle_since", "vehicle_at")
    times = {name: min(value, at) for name in names if (value := getattr(state, name)) is not None}
    return replace(state, **times, last_at=at)
