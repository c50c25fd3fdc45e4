"""The models that an edge's rules need: found in the registry, verified, loaded once for all cameras."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.errors import ModelRefused
from edge.vision.detector import Detector, OnnxDetector
from edge.vision.model_file import load_model, model_folder
from edge.vision.perceive import Perceiver, models_of
from edge.vision.segmenter import OnnxSegmenter

DETECTOR = "detector"
"""Under which name the detector's weights stand."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Which weights a model has: `name/version` and the SHA-256 of its file."""

    reference: str
    sha256: str


@dataclass(frozen=True)
class ModelsInUse:
    """Loaded models. `weights` are those of each model by the name that rules call it, and of the `detector`.

    `missing` tells by violation why it cannot be measured; every other rule runs.
    """

    perceiver: Perceiver
    weights: Mapping[str, Weights]
    missing: Mapping[str, str] = field(default_factory=dict[str, str])

    def measurable(self, rules: Mapping[str, ViolationRule]) -> dict[str, ViolationRule]:
        """The rules whose model is there."""
        return {name: rule for name, rule in rules.items() if name not in self.missing}


def load_models(
    registry: Path,
    segmenter: str,
    detector: str | None,
    rules: Collection[ViolationRule],
    threads: int = 1,
) -> ModelsInUse:
    """The edge's own segmenter and detector (references `name[/version]`), and each further model of the `rules`.

    Raises ModelRefused for the segmenter and the detector; a rule whose own model is refused is `missing`.
    """
    model = load_model(model_folder(registry, segmenter))
    weights = {SCENE_MODEL: Weights(model.card.reference, model.card.sha256)}
    others: dict[str, OnnxSegmenter] = {}
    refused: dict[str, str] = {}
    for name in sorted(models_of(rules)):
        try:
            other = load_model(model_folder(registry, name))
            others[name] = OnnxSegmenter(other, threads, own_names=True)
            weights[name] = Weights(other.card.reference, other.card.sha256)
        except ModelRefused as error:
            refused[name] = str(error)
    finder: Detector | None = None
    if detector is not None:
        found = load_model(model_folder(registry, detector))
        finder = OnnxDetector(found, threads)
        weights[DETECTOR] = Weights(found.card.reference, found.card.sha256)
    missing = {rule.id: refused[rule.measure.model] for rule in rules if rule.measure.model in refused}
    return ModelsInUse(Perceiver(OnnxSegmenter(model, threads), others, finder), weights, missing)
