"""All that the models of an edge say of one frame; each of them looks at most once, and only when it is needed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.vision.detector import Detector
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap, Segmenter


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame as the models see it.

    `scene` is the map of the edge's own segmenter, `others` those of further models by the name that rules call them.
    `found` are a detector's objects; empty without one.
    """

    scene: ClassMap
    others: Mapping[str, ClassMap] = field(default_factory=dict[str, ClassMap])
    found: list[FoundObject] = field(default_factory=list[FoundObject])

    def map_of(self, model: str) -> ClassMap:
        """The class map that a rule means by `model`. Raises KeyError when that model was not asked to look."""
        return self.scene if model == SCENE_MODEL else self.others[model]


class Perceiver:
    """The models of an edge, shared by all cameras and threads: it keeps nothing from one picture to the next."""

    def __init__(
        self, scene: Segmenter, others: Mapping[str, Segmenter] | None = None, detector: Detector | None = None
    ) -> None:
        self.scene, self._others, self._detector = scene, dict(others or {}), detector

    def see(self, image: NDArray[np.uint8], models: Collection[str] = ()) -> Seen:
        """What the scene's segmenter, the further `models` and the detector say of a (H, W, 3) BGR picture.

        Raises KeyError for a model that was not loaded.
        """
        others = {name: self._others[name].segment(image) for name in sorted(set(models) - {SCENE_MODEL})}
        return Seen(self.scene.segment(image), others, self.find(image))

    def find(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        """What the detector alone says of a (H, W, 3) BGR picture; nothing without one."""
        return [] if self._detector is None else self._detector.detect(image)


def models_of(rules: Collection[ViolationRule]) -> set[str]:
    """The models that must look for these rules, beside the scene's segmenter."""
    return {rule.measure.model for rule in rules} - {SCENE_MODEL}
