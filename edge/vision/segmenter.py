"""What each cell of a picture is: the segmenter's protocol and the one that runs ONNX."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelRefused
from edge.vision.classes import SCENE_NAMES, named
from edge.vision.letterbox import letterbox
from edge.vision.model_file import LoadedModel, ModelCard
from edge.vision.session import open_session


@dataclass(frozen=True, slots=True)
class ClassMap:
    """`labels` (h, w) uint8, numbers of `names`, and `confidence` (h, w) float32 in 0..1 of that label.

    `probabilities` (classes, h, w) float32 add up to 1 in each cell; without them a label counts as certain.
    The grid covers the whole picture and nothing but the picture.
    """

    labels: NDArray[np.uint8]
    confidence: NDArray[np.float32]
    probabilities: NDArray[np.float32] | None = None
    names: tuple[str, ...] = SCENE_NAMES

    def weight(self, names: Iterable[str]) -> NDArray[np.float32]:
        """(h, w) in 0..1: how much of each cell is expected to be one of these classes. Raises KeyError."""
        try:
            wanted = [self.names.index(name) for name in set(names)]
        except ValueError as error:
            raise KeyError(f"no such class: {error}; there are {', '.join(self.names)}") from error
        if self.probabilities is None:
            return np.isin(self.labels, wanted).astype(np.float32)
        return np.minimum(self.probabilities[wanted].sum(axis=0, dtype=np.float32), np.float32(1))


class Segmenter(Protocol):
    """Anything that labels a picture."""

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        """The classes of a (H, W, 3) BGR picture."""
        ...


class OnnxSegmenter:
    """One model, safe to share between threads: it keeps nothing from one picture to the next."""

    def __init__(self, model: LoadedModel, threads: int = 1, *, own_names: bool = False) -> None:
        """With `own_names` its classes are whatever its card lists; without, they must be those of SemanticClass.

        Raises ModelRefused when the bytes do not run or are not what the card says.
        """
        self.card = model.card
        self._session = open_session(model, threads)
        self._names = tuple(model.card.classes) if own_names else SCENE_NAMES
        self._meaning = _meaning(model.card, own_names)

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        """The classes of a (H, W, 3) BGR picture, one for each `stride` x `stride` pixels of the model's input."""
        wanted, stride = self.card.input, self.card.output.stride
        boxed = letterbox(image, wanted.long_side, wanted.multiple, wanted.pad_value, stride)
        logits = self._forward(tensor(boxed.image, self.card))
        return self._classes(logits[:, : boxed.height // stride, : boxed.width // stride])

    def _forward(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        outputs: Any = self._session.run([self.card.output.name], {self.card.input.name: batch})
        logits: NDArray[np.float32] = outputs[0]
        wanted = (1, len(self.card.classes), *(side // self.card.output.stride for side in batch.shape[2:]))
        if logits.shape != wanted:
            raise ModelRefused(self.card.reference, f"gives {logits.shape}; model.yaml says {wanted}")
        return logits[0]

    def _classes(self, logits: NDArray[np.float32]) -> ClassMap:
        softmax = np.exp((logits - logits.max(axis=0)) / np.float32(self.card.output.temperature))
        softmax /= softmax.sum(axis=0)
        probabilities = np.zeros((len(self._names), *logits.shape[1:]), np.float32)
        np.add.at(probabilities, self._meaning, softmax)
        labels = self._meaning[softmax.argmax(axis=0)]
        return ClassMap(labels, softmax.max(axis=0).astype(np.float32), probabilities, self._names)


def tensor(image: NDArray[np.uint8], card: ModelCard) -> NDArray[np.float32]:
    """(1, 3, H, W) float32 of a BGR picture, in the model's colour order and range."""
    ordered = image[:, :, ::-1] if card.input.color == "RGB" else image
    planes = np.ascontiguousarray(ordered.transpose(2, 0, 1), dtype=np.float32)
    planes *= np.float32(card.input.scale)
    planes += np.float32(card.input.offset)
    return planes[None]


def _meaning(card: ModelCard, own_names: bool) -> NDArray[np.uint8]:
    if card.task != "semantic_segmentation":
        raise ModelRefused(card.reference, f"is for {card.task}; semantic_segmentation is needed")
    if own_names:
        return np.arange(len(card.classes), dtype=np.uint8)
    try:
        return np.array([named(name) for name in card.classes], np.uint8)
    except KeyError as error:
        raise ModelRefused(card.reference, f"knows a class {error.args[0].lower()} that has no meaning here") from error
