"""Which things stand in a picture, each with a box: the detector's protocol and the one that runs ONNX."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelRefused
from edge.vision.letterbox import Letterboxed, letterbox
from edge.vision.model_file import LoadedModel
from edge.vision.objects import FoundObject
from edge.vision.overlaps import suppressed
from edge.vision.segmenter import tensor
from edge.vision.session import open_session

Floats = NDArray[np.float32]


class Detector(Protocol):
    """Anything that finds objects in a picture."""

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        """The objects in a (H, W, 3) BGR picture, surest first; boxes in 0..1 of it, 0.5 is the usual least score."""
        ...


class OnnxDetector:
    """One model, safe to share between threads: it keeps nothing from one picture to the next."""

    def __init__(self, model: LoadedModel, threads: int = 1, *, least_score: float | None = None) -> None:
        """`least_score` in place of the card's: a low one for drawing curves of precision against recall.

        Raises ModelRefused when the bytes do not run or are not what the card says.
        """
        self.card = model.card
        if self.card.task != "object_detection" or self.card.output.kind != "boxes":
            said = f"is for {self.card.task} and gives {self.card.output.kind}"
            raise ModelRefused(self.card.reference, f"{said}; object_detection with boxes is needed")
        self.least_score = self.card.output.least_score if least_score is None else least_score
        self._session = open_session(model, threads)

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        """The objects in a (H, W, 3) BGR picture, surest first; one label a box, boxes of a label overlap little."""
        wanted, told = self.card.input, self.card.output
        boxed = letterbox(image, wanted.long_side, wanted.multiple, wanted.pad_value, told.stride)
        rows = self._forward(tensor(boxed.image, self.card))
        best = rows[:, 4:].argmax(axis=1)
        scores = np.take_along_axis(rows[:, 4:], best[:, None], axis=1)[:, 0]
        sure = np.flatnonzero(scores >= self.least_score)
        boxes = _of_frame(rows[sure, :4], boxed)
        seen = _has_area(boxes)
        sure, boxes = sure[seen], boxes[seen]
        kept = suppressed(boxes, scores[sure], best[sure], told.overlap)[: told.most]
        return [
            FoundObject(
                self.card.classes[best[sure[i]]],
                float(scores[sure[i]]),
                (float(boxes[i, 0]), float(boxes[i, 1]), float(boxes[i, 2]), float(boxes[i, 3])),
            )
            for i in kept
        ]

    def _forward(self, batch: Floats) -> Floats:
        outputs: Any = self._session.run([self.card.output.name], {self.card.input.name: batch})
        rows: Floats = outputs[0]
        if rows.ndim != 3 or rows.shape[0] != 1 or rows.shape[2] != 4 + len(self.card.classes):
            wanted = f"(1, any, {4 + len(self.card.classes)})"
            raise ModelRefused(self.card.reference, f"gives {rows.shape}; model.yaml says {wanted}")
        return rows[0]


def _of_frame(boxes: Floats, boxed: Letterboxed) -> Floats:
    """Boxes in pixels of the model's input as shares of the picture inside it, cut off at its edges."""
    sides = np.array([boxed.width, boxed.height, boxed.width, boxed.height], np.float32)
    return np.clip(boxes / sides, 0, 1)


def _has_area(boxes: Floats) -> NDArray[np.bool_]:
    return (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
