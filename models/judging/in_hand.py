"""The models to be judged: from the registry by name, or a candidate that lies anywhere by its path."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edge.config import DEFAULT_REGISTRY, DEFAULT_VIOLATIONS
from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.errors import ConfigInvalid, ModelRefused
from edge.models_in_use import DETECTOR, Weights
from edge.rules_file import read_rules
from edge.vision.detector import OnnxDetector
from edge.vision.model_file import LoadedModel, load_model, model_folder
from edge.vision.perceive import Detector, Perceiver, models_of
from edge.vision.segmenter import OnnxSegmenter, Segmenter

FAINT = 0.01


@dataclass(frozen=True)
class InHand:
    """The models that look, the rules that they can measure, and which weights they have.

    `faint` is the detector with a low least score, which a curve of precision over recall needs.
    """

    perceiver: Perceiver
    segmenter: Segmenter
    detector: Detector | None
    rules: Mapping[str, ViolationRule]
    weights: Mapping[str, Weights]
    missing: Mapping[str, str]
    faint: Detector | None = None

    @property
    def reference(self) -> str:
        """`name/version` of the segmenter."""
        return self.weights[SCENE_MODEL].reference

    def digest(self) -> str:
        """SHA-256 (hex) over weights and rules: what a kept result depends on beside the code and the file."""
        told = [f"{name}={each.sha256}" for name, each in sorted(self.weights.items())]
        told += [rule.model_dump_json() for _, rule in sorted(self.rules.items())]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def take(
    model: str,
    detector: str | None = None,
    registry: Path = DEFAULT_REGISTRY,
    violations: Path = DEFAULT_VIOLATIONS,
    threads: int = 1,
) -> InHand:
    """Load what was named. `model` is NAME[/VERSION] of the registry, a model folder, or an ONNX file whose card is
    that of the registry's newest ground-segmenter. Raises ModelRefused, ConfigInvalid."""
    rules, problems = read_rules(violations, violations)
    if problems:
        raise ConfigInvalid(problems)
    loaded = _loaded(model, registry)
    segmenter = OnnxSegmenter(loaded, threads)
    weights = {SCENE_MODEL: Weights(loaded.card.reference, loaded.card.sha256)}
    others: dict[str, Segmenter] = {}
    missing: dict[str, str] = {}
    for name in sorted(models_of(list(rules.values()))):
        try:
            other = load_model(model_folder(registry, name))
        except ModelRefused as error:
            missing |= {rule.id: str(error) for rule in rules.values() if rule.measure.model == name}
            continue
        others[name] = OnnxSegmenter(other, threads, own_names=True)
        weights[name] = Weights(other.card.reference, other.card.sha256)
    finder, faint = None, None
    if detector is not None:
        found = _detector(detector, registry)
        finder, faint = OnnxDetector(found, threads), OnnxDetector(found, threads, least_score=FAINT)
        weights[DETECTOR] = Weights(found.card.reference, found.card.sha256)
    measurable = {name: rule for name, rule in rules.items() if name not in missing}
    return InHand(Perceiver(segmenter, others, finder), segmenter, finder, measurable, weights, missing, faint)


def _loaded(model: str, registry: Path) -> LoadedModel:
    path = Path(model)
    if path.suffix == ".onnx":
        onnx = path.read_bytes() if path.is_file() else None
        if onnx is None:
            raise ModelRefused(path, "there is no such file")
        like = load_model(model_folder(registry, SCENE_MODEL)).card
        digest = hashlib.sha256(onnx).hexdigest()
        return LoadedModel(like.model_copy(update={"version": "candidate", "sha256": digest, "file": path.name}), onnx)
    if (path / "model.yaml").is_file():
        return load_model(path)
    return load_model(model_folder(registry, model))


def _detector(detector: str, registry: Path) -> LoadedModel:
    path = Path(detector)
    return load_model(path if (path / "model.yaml").is_file() else model_folder(registry, detector))
