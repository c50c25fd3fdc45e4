"""What goes to and comes from the server by HTTP beside evidence: a plan is fetched, the effective configuration told.

One thread. The newest wish counts: a plan that was replaced while it was being fetched is forgotten.
"""

import hashlib
import logging
import threading
from collections.abc import Callable

from edge.contracts.commands import DesiredConfig
from edge.contracts.plan import MAX_PLAN_BYTES, EffectiveConfig
from edge.errors import EdgeError
from edge.planned import Plan
from edge.server_http import ServerHttp, ServerRefused
from edge.stream.backoff import Backoff

log = logging.getLogger(__name__)


class Errands:
    """`on_plan` gets the wish with its plan, or with the reasons why there is none. `tell` gives what to tell."""

    def __init__(
        self,
        http: ServerHttp,
        edge_id: str,
        on_plan: Callable[[DesiredConfig, Plan | None, list[str]], None],
        tell: Callable[[], EffectiveConfig],
        backoff: Backoff | None = None,
    ) -> None:
        self._http, self._edge_id, self._on_plan, self._tell = http, edge_id, on_plan, tell
        self._backoff = backoff or Backoff(0.5, 30.0)
        self._wish: DesiredConfig | None = None
        self._untold = False
        self._more = threading.Condition()
        self._trouble = ""

    def fetch(self, wanted: DesiredConfig) -> None:
        """Fetch the plan that it names. A later wish replaces this one."""
        with self._more:
            self._wish = wanted
            self._more.notify_all()

    def drop(self) -> None:
        """No plan is to be fetched any more."""
        with self._more:
            self._wish = None

    def tell(self) -> None:
        """The configuration that runs is to be told."""
        with self._more:
            self._untold = True
            self._more.notify_all()

    def wake(self) -> None:
        """Let `run` see that it is to stop."""
        with self._more:
            self._more.notify_all()

    def run(self, stop: threading.Event) -> None:
        """Do errands until `stop` is set (call `wake` after it). Trouble is logged once, and once when it is over."""
        while not stop.is_set():
            with self._more:
                self._more.wait_for(lambda: stop.is_set() or self._wish is not None or self._untold, 1.0)
            try:
                if not stop.is_set() and self.run_once():
                    self._well()
                continue
            except EdgeError as trouble:
                self._say(str(trouble))
            except Exception:
                log.exception("an errand failed; it is tried again")
            stop.wait(self._backoff.next_s())

    def run_once(self) -> bool:
        """Do what there is to do; whether there was anything. Raises ServerUnreachable, DiskFull: then it is still to
        do."""
        wish, untold = self._wish, self._untold
        if wish is not None:
            plan, problems = self._fetched(wish)
            self._on_plan(wish, plan, problems)
            with self._more:
                self._wish = None if self._wish is wish else self._wish
        if self._untold:
            with self._more:
                self._untold = False
            try:
                self._put_effective()
            except EdgeError:
                with self._more:
                    self._untold = True
                raise
        return wish is not None or untold

    def _put_effective(self) -> None:
        try:
            self._http.put(f"/api/edges/{self._edge_id}/effective", self._tell().model_dump_json())
        except ServerRefused as refusal:
            # An older server has no such page; it goes on without.
            log.warning("the effective configuration is not taken: %s", refusal)

    def _fetched(self, wish: DesiredConfig) -> tuple[Plan | None, list[str]]:
        try:
            content = self._http.get(f"/api/edges/{self._edge_id}/plan/{wish.plan_version}", MAX_PLAN_BYTES)
        except ServerRefused as refusal:
            return None, [f"plan {wish.plan_version} cannot be fetched: {refusal}"]
        digest = hashlib.sha256(content).hexdigest()
        if digest != wish.plan_sha256:
            return None, [f"plan {wish.plan_version}: its bytes hash to {digest}, announced was {wish.plan_sha256}"]
        return Plan(wish.plan_version or 0, content), []

    def _say(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("errands wait: %s", trouble)

    def _well(self) -> None:
        self._backoff.reset()
        if self._trouble:
            log.info("errands are done again")
            self._trouble = ""
