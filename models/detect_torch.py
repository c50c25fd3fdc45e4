"""A network in PyTorch as the edge's Detector: the same letterbox and suppression, before there is a file of it."""
# pyright: reportMissingImports=false

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from edge.vision.letterbox import letterbox
from edge.vision.objects import FoundObject
from edge.vision.overlaps import suppressed
from models.detect_augment import GREY
from models.yolox import YoloxNano, boxes_of, grid

LONG_SIDE = 512
OVERLAP = 0.6
LOW = 0.02
"""Least score for drawing curves of precision against recall."""


class Decoded(nn.Module):
    """[N,3,H,W] to [N, cells, 4 + classes]: xyxy in pixels and scores, which are corrected to be chances.

    A score is objectness times class; sigmoid(`scale` * logit + `shift`) of each class makes it a chance (Platt 1999).
    """

    def __init__(self, net: YoloxNano, scale: Tensor | None = None, shift: Tensor | None = None) -> None:
        super().__init__()
        classes = net.head[0].classes.out_channels
        self.net = net
        self.register_buffer("scale", torch.ones(classes) if scale is None else scale)
        self.register_buffer("shift", torch.zeros(classes) if shift is None else shift)

    def forward(self, x: Tensor) -> Tensor:
        raw = self.net(x)
        score = (raw[..., 4:5].sigmoid() * raw[..., 5:].sigmoid()).clamp(1e-6, 1 - 1e-6)
        odds = torch.log(score / (1 - score))
        cells = grid(x.shape[2], x.shape[3])
        chance = torch.sigmoid(odds * self.get_buffer("scale") + self.get_buffer("shift"))
        return torch.cat([boxes_of(raw, cells), chance], -1)


class TorchDetector:
    """Detector of one network on one thread."""

    def __init__(
        self, net: YoloxNano, labels: tuple[str, ...], long_side: int = LONG_SIDE, least_score: float = LOW
    ) -> None:
        self._decoded, self._labels = Decoded(net).eval(), labels
        self._long_side, self._least = long_side, least_score

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        """As OnnxDetector does."""
        boxed = letterbox(image, self._long_side, 32, GREY)
        with torch.no_grad():
            rows = self._decoded(torch.from_numpy(boxed.image).permute(2, 0, 1)[None].float())[0].numpy()
        best = rows[:, 4:].argmax(1)
        scores = rows[:, 4:].max(1)
        sure = np.flatnonzero(scores >= self._least)
        sides = np.array([boxed.width, boxed.height] * 2, np.float32)
        boxes = np.clip(rows[sure, :4] / sides, 0, 1)
        kept = suppressed(boxes, scores[sure], best[sure], OVERLAP)[:300]
        return [
            FoundObject(self._labels[best[sure[i]]], float(scores[sure[i]]), tuple(map(float, boxes[i])))  # type: ignore[arg-type]
            for i in kept
        ]
