"""When an act has lasted long enough to be raised, goes on, and is gone.

Time is what the camera saw, not how many frames came: the time between two looks that say the same counts; where they
differ, or lie further apart than `max_gap_s`, it counts for nothing. A look past somebody who stood in front, or at a
picture that is no good, is as if one had not looked. So the result does not depend on how often one looks, ten short
visits are not one long stay, and nobody is held to account for hours when the camera was blind.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from edge.contracts.ids import uuid7
from edge.contracts.violations import ViolationRule
from edge.episodes.state import EpisodeState

LAPSE = 1 / 20
"""A candidate outlives being seen gone for this part of its dwell: one wrong reading does not start it anew."""

_ROUNDING_S = 1e-3
"""A sum of many short times falls short of their true sum by less than this."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look: the measured share, or `occluded` (somebody in front) or `unseen` (the picture is no good)."""

    share: float
    occluded: bool = False
    unseen: bool = False


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

    def step(self, at: datetime, reading: Reading) -> list[Transition]:
        """Take one reading at the aware time `at` and say what changed: nothing or one transition."""
        if reading.unseen or reading.occluded:
            return []
        before = _not_after(self.state, at)
        there = self._is_there(before, reading.share)
        known_s = self._known_seconds(before, at, there)
        state = replace(before, last_at=at, last_there=there)
        self.state, transitions = self._there(state, at, known_s) if there else self._gone(state, at, known_s)
        return transitions

    def _is_there(self, state: EpisodeState, share: float) -> bool:
        return share >= self.rule.enter if state.began_at is None else share > self.rule.exit

    def _known_seconds(self, state: EpisodeState, at: datetime, there: bool) -> float:
        if state.last_at is None or state.last_there is not there:
            return 0.0
        passed = (at - state.last_at).total_seconds()
        return passed if passed <= self._max_gap_s else 0.0

    def _there(self, state: EpisodeState, at: datetime, known_s: float) -> tuple[EpisodeState, list[Transition]]:
        if state.began_at is None or self._is_stale(state, at):
            state = EpisodeState(began_at=at, last_at=at, last_there=True)
        assert state.began_at is not None
        seen_s = state.seen_s + known_s
        state = replace(state, seen_s=seen_s, gone_s=0.0, gone_since=None, there_at=at)
        if state.episode_id is None:
            if seen_s < self.rule.dwell_s - _ROUNDING_S:
                return state, []
            phase, episode_id = Phase.RAISED, self._new_id(at)
        elif state.told_at is not None and (at - state.told_at).total_seconds() < self.rule.update_s - _ROUNDING_S:
            return state, []
        else:
            phase, episode_id = Phase.UPDATED, state.episode_id
        state = replace(state, episode_id=episode_id, told_at=at)
        return state, [Transition(phase, episode_id, state.began_at or at, at, seen_s)]

    def _gone(self, state: EpisodeState, at: datetime, known_s: float) -> tuple[EpisodeState, list[Transition]]:
        idle = EpisodeState(last_at=at, last_there=False)
        if state.began_at is None:
            return idle, []
        state = replace(state, gone_s=state.gone_s + known_s, gone_since=state.gone_since or at)
        if state.episode_id is None:
            return (idle if state.gone_s > self.rule.dwell_s * LAPSE else state), []
        if state.gone_s < self.rule.leave_s - _ROUNDING_S:
            return state, []
        cleared = Transition(
            Phase.CLEARED, state.episode_id, state.began_at or at, at, state.seen_s, cleared_at=state.gone_since
        )
        return idle, [cleared]

    def _is_stale(self, state: EpisodeState, at: datetime) -> bool:
        """Whether a candidate was last seen too long ago to be the same act. An episode that was raised never is."""
        limit = timedelta(seconds=max(self.rule.leave_s, self._max_gap_s))
        return state.episode_id is None and state.there_at is not None and at - state.there_at > limit


def _not_after(state: EpisodeState, at: datetime) -> EpisodeState:
    """The state when the clock has jumped back: nothing in it lies in the future, and the jump counts for nothing."""
    if state.last_at is None or state.last_at <= at:
        return state
    times = {
        name: min(value, at)
        for name in ("began_at", "gone_since", "there_at", "told_at")
        if (value := getattr(state, name)) is not None
    }
    return replace(state, **times, last_at=at)
