"""What the server wants of this edge, permits and a plan of cameras: each taken whole or refused with every reason.

One does not wait for the other: a permit that was revoked counts at once, also while a plan is refused.
"""

import logging
import threading
from collections.abc import Callable, Mapping

from edge import claims, desired, references, watched
from edge.config import EdgeConfig
from edge.contracts.commands import DesiredConfig
from edge.contracts.messages import ConfigApplied, Message
from edge.contracts.taxonomy import EndReason
from edge.desk import Desk
from edge.episodes.state import EpisodeState
from edge.errors import EdgeError
from edge.lineup import Lineup
from edge.models_in_use import ModelsInUse
from edge.planned import Plan, Planned, planned
from edge.store import EdgeStore
from edge.vision.perceive import models_of

log = logging.getLogger(__name__)
FACT = "plan"
MAX_PROBLEMS = 100


def kept(store: EdgeStore, base: EdgeConfig) -> tuple[Planned, Plan | None]:
    """What runs after a start: the plan that was taken over last, else the edge's own file alone."""
    text = store.fact(FACT)
    if not text:
        return Planned(base), None
    try:
        plan = Plan.from_text(text)
    except ValueError:
        log.error("the kept plan of cameras cannot be read; the cameras of the edge's own file run")
        return Planned(base), None
    running, problems = planned(plan, base)
    for problem in problems:
        log.error("plan %d runs no more: %s", plan.version, problem)
    return (Planned(base), None) if running is None else (running, plan)


class Orders:
    """`running` is what runs by them. Safe to call from any thread; `on_change` is called after something changed."""

    def __init__(
        self,
        base: EdgeConfig,
        running: Planned,
        plan: Plan | None,
        desk: Desk,
        lineup: Lineup,
        load_models: Callable[[EdgeConfig], ModelsInUse],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._base, self.running, self._plan = base, running, plan
        self._desk, self._lineup, self._load_models = desk, lineup, load_models
        self._on_change, self._lock = on_change, threading.RLock()

    @property
    def config(self) -> EdgeConfig:
        """The configuration that runs."""
        return self.running.config

    def end_what_is_gone(self, states: Mapping[str, EpisodeState]) -> dict[str, EpisodeState]:
        """At the start: end the episodes of ground that was watched before and is no more, or through another eye;
        the states of all others. Raises DiskFull."""
        store, now_watched = self._desk.store, watched.watched(self.config.cameras)
        gone = watched.ended(watched.from_text(store.fact(watched.FACT)), now_watched)
        told = [self._desk.envelope(message) for message in _endings(gone, states, self._desk)]
        idle = {key: EpisodeState().to_json() for key in gone if key in states}
        store.commit(told, idle, {watched.FACT: watched.to_text(now_watched)})
        return {key: state for key, state in states.items() if key not in gone}

    def obey(self, wanted: DesiredConfig) -> bool:
        """Take it over; whether a plan must be fetched first (then call `take_over` with it). Raises DiskFull."""
        with self._lock:
            known = desired.kept(self._desk.store)
            if known == wanted and wanted.plan_version == self.running.version:
                return False
            if desired.is_older(wanted, known):
                self._refuse(wanted, [desired.older(wanted, known)])
                return False
            plan, version = self._plan, wanted.plan_version
            if version is None:
                self.take_over(wanted, None, [])
            elif plan is not None and (plan.version, plan.sha256) == (version, wanted.plan_sha256):
                self.take_over(wanted, plan, [])
            elif not self._base.plans.accept:
                self.take_over(wanted, None, ["this edge takes no plans (plans.accept in its own file)"])
            else:
                if not desired.problems(wanted, self.config):
                    self._set_permits(self.config, wanted)
                return True
        return False

    def take_over(self, wanted: DesiredConfig, plan: Plan | None, refused: list[str]) -> None:
        """Permits and plan, or no plan (null); `refused`: why there is none although one is wanted. Raises DiskFull."""
        with self._lock:
            known = desired.kept(self._desk.store)
            if desired.is_older(wanted, known):
                self._refuse(wanted, [desired.older(wanted, known)])
                return
            next_one, problems = (None, refused) if refused else self._planned(plan)
            models = self._desk.models
            change = None
            if next_one is not None:
                try:
                    models, faults = self._models_for(next_one.config)
                    problems += faults
                    change = None if faults else self._lineup.prepare(next_one.config.cameras)
                except EdgeError as error:
                    problems.append(f"plan {wanted.plan_version}: {error}")
            if change is None or next_one is None:
                next_one, plan, change = self.running, self._plan, self._lineup.prepare(self.config.cameras)
            against = desired.problems(wanted, next_one.config)
            permits = wanted.permits if not against or known is None else known.permits
            now_kept = wanted.model_copy(
                update={
                    "permits": [] if against and known is None else permits,
                    "plan_version": None if plan is None else plan.version,
                    "plan_sha256": None if plan is None else plan.sha256,
                }
            )
            problems = [*problems, *against]
            with self._lineup.paused(change) as states:
                gone = watched.ended(watched.watched(self.config.cameras), watched.watched(next_one.config.cameras))
                messages: list[Message] = [self._answer(wanted, problems, next_one.version)]
                messages += _endings(gone, states, self._desk)
                messages += self._lineup.leaving(change)
                facts = desired.facts(now_kept) | {
                    FACT: "" if plan is None else plan.to_text(),
                    watched.FACT: watched.to_text(watched.watched(next_one.config.cameras)),
                }
                for key, reason in gone.items():
                    if reason is not EndReason.VIOLATION_REMOVED:
                        references.forget_zone(self._desk.store, *key.split("/")[:2])
                self._desk.store.commit(
                    [self._desk.envelope(message) for message in messages],
                    {key: EpisodeState().to_json() for key in gone},
                    facts,
                )
                with self._desk.lock:
                    self._desk.models, self._desk.rules = models, models.measurable(self._base.rules)
                    self._desk.config_digest = next_one.config.digest()
                self._lineup.switch(change, gone)
            has_changed = next_one != self.running
            self.running, self._plan = next_one, plan
            self._set_permits(self.config, now_kept)
        self._say(wanted, problems, has_changed=has_changed)

    def _planned(self, plan: Plan | None) -> tuple[Planned | None, list[str]]:
        return (Planned(self._base), []) if plan is None else planned(plan, self._base)

    def _models_for(self, config: EdgeConfig) -> tuple[ModelsInUse, list[str]]:
        """Those that are loaded, or all anew when a plan watches for something that needs another one."""
        models = self._desk.models
        if models_of(config.watched_rules()) - set(models.weights):
            models = self._load_models(config)
        mine = {rule.id for rule in self._base.watched_rules()}
        wanted = {rule.id for rule in config.watched_rules()} - mine
        return models, [
            f"violation {name} is not measured here: {models.missing[name]}"
            for name in sorted(wanted & models.missing.keys())
        ]

    def _set_permits(self, config: EdgeConfig, wanted: DesiredConfig) -> None:
        for work in self._lineup.works.values():
            work.set_permits(desired.merged(config, wanted.permits))

    def _refuse(self, wanted: DesiredConfig, problems: list[str]) -> None:
        self._desk.store.commit([self._desk.envelope(self._answer(wanted, problems, self.running.version))])
        self._say(wanted, problems, has_changed=False)

    def _answer(self, wanted: DesiredConfig, problems: list[str], running: int | None) -> ConfigApplied:
        return ConfigApplied(
            version=wanted.version,
            plan_version=wanted.plan_version,
            plan_accepted=None if wanted.plan_version is None else wanted.plan_version == running,
            accepted=not problems,
            problems=problems[:MAX_PROBLEMS],
        )

    def _say(self, wanted: DesiredConfig, problems: list[str], *, has_changed: bool) -> None:
        for problem in problems:
            log.warning("configuration %d: %s", wanted.version, problem)
        log.info(
            "configuration %d: %d permit(s), plan %s, %d camera(s)",
            wanted.version, len(wanted.permits), self.running.version, len(self.config.cameras),
        )  # fmt: skip
        self._desk.on_commit()
        if has_changed:
            self._on_change()


def _endings(gone: Mapping[str, EndReason], states: Mapping[str, EpisodeState], desk: Desk) -> list[Message]:
    now = desk.clock.now()
    told = [claims.ended(key, states[key], now, reason) for key, reason in gone.items() if key in states]
    return [message for message in told if message is not None]
