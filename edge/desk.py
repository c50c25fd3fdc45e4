"""What all cameras of an edge share: the store, the models, and the one chain of manifests."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from edge import __version__, claims
from edge.clean_views import CleanViews
from edge.clock import Clock
from edge.contracts.codec import Envelope
from edge.contracts.ids import uuid7
from edge.contracts.messages import AlertRaised, CameraHealth, Message, Versions
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import CameraState
from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.episodes.state import EpisodeState
from edge.evidence_manifest import ChainEnd
from edge.models_in_use import DETECTOR, ModelsInUse
from edge.store import EdgeStore

log = logging.getLogger(__name__)


@dataclass
class Desk:
    """What all cameras of an edge share. `lock` is held while evidence and its rows are written: the chain is one."""

    edge_id: str
    store: EdgeStore
    clock: Clock
    models: ModelsInUse
    rules: Mapping[str, ViolationRule]
    config_digest: str
    on_commit: Callable[[], None] = lambda: None
    clock_offset_s: Callable[[], float | None] = lambda: None
    clean_views: CleanViews | None = None
    on_raised: Callable[[AlertRaised], None] = lambda alert: None
    end: ChainEnd = field(default_factory=ChainEnd)
    lock: threading.Lock = field(default_factory=threading.Lock)
    full: bool = False

    def envelope(self, message: Message) -> Envelope:
        """The message with its once-made id."""
        now = self.clock.now()
        return Envelope(uuid7(now), self.edge_id, now, message)

    def versions(self, violation: str, permits: Sequence[Permit]) -> Versions:
        """What made a claim. Raises KeyError for a violation that is not measured here."""
        weights = self.models.weights
        own = weights[self.rules[violation].measure.model]
        beside = {weights[name] for name in (SCENE_MODEL, DETECTOR) if name in weights} - {own}
        return Versions(
            edge=__version__,
            model=own.reference,
            model_sha256=own.sha256,
            models_beside=sorted(f"{each.reference}@{each.sha256}" for each in beside),
            config=self.config_digest,
            violation=self.rules[violation].version,
            permits=claims.permit_names(tuple(permits)),
        )

    def told_state(self, camera_id: str) -> CameraState | None:
        """What the server was last told of a camera, also before this start; None when it never was."""
        told = self.store.fact(state_fact(camera_id))
        return CameraState(told) if told else None

    def commit(self, messages: list[Message], states: Mapping[str, EpisodeState], end: ChainEnd) -> None:
        """Keep everything in one transaction. Raises DiskFull."""
        facts = {"chain_number": str(end.number), "chain_sha256": end.sha256} if end != self.end else {}
        facts |= {state_fact(m.camera_id): m.state.value for m in messages if isinstance(m, CameraHealth)}
        kept = {key: state.to_json() for key, state in states.items()}
        self.store.commit([self.envelope(message) for message in messages], kept, facts)
        has_evidence, self.end = end != self.end, end
        if self.full and has_evidence:
            self.full = False
            log.warning("there is space again; everything is kept as before")
        for message in messages:
            if isinstance(message, AlertRaised):
                self.on_raised(message)
        if messages:
            self.on_commit()


def state_fact(camera_id: str) -> str:
    """Under which name the store keeps what the server was last told of a camera."""
    return f"camera_state/{camera_id}"


def chain_end(store: EdgeStore) -> ChainEnd:
    """The end of the manifest chain as it was last committed."""
    number, sha256 = store.fact("chain_number"), store.fact("chain_sha256")
    return ChainEnd(int(number), sha256) if number and sha256 else ChainEnd()
