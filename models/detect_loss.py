"""The YOLOX loss (Ge et al. 2021): which cell answers for which box is chosen by SimOTA, then boxes by their overlap,
objectness and classes by cross entropy."""
# pyright: reportMissingImports=false

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from models.yolox import boxes_of

NEAR = 2.5
"""Cells from a box's centre within which a cell may answer for it."""
CANDIDATES = 10
BOX_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one picture should give: boxes [N,4] in pixels, labels [N], boxes to ignore [M,4].

    A cell that says one of `unlabelled` (classes that nobody labelled in this picture) is not told that it is wrong.
    """

    boxes: Tensor
    labels: Tensor
    ignored: Tensor
    unlabelled: Tensor


@dataclass(frozen=True, slots=True)
class Assigned:
    """For one picture: the answering cells [K], which box [K] each answers for, and its present overlap [K]."""

    cells: Tensor
    boxes: Tensor
    overlap: Tensor


def pair_iou(one: Tensor, others: Tensor) -> Tensor:
    """[N,4] and [M,4] as xyxy: intersection over union [N,M]."""
    shared = _shared(one[:, None], others[None])
    return shared / (_area(one)[:, None] + _area(others)[None] - shared).clamp_min(1e-6)


def _shared(one: Tensor, other: Tensor) -> Tensor:
    return (
        (torch.minimum(one[..., 2:], other[..., 2:]) - torch.maximum(one[..., :2], other[..., :2]))
        .clamp_min(0)
        .prod(-1)
    )


def _area(boxes: Tensor) -> Tensor:
    return (boxes[..., 2:] - boxes[..., :2]).clamp_min(0).prod(-1)


def assign(raw: Tensor, boxes: Tensor, grid: Tensor, wanted: Wanted) -> Assigned:
    """SimOTA for one picture: `raw` [cells, 5 + classes], its decoded `boxes` [cells,4], `grid` [cells,3]."""
    centres = (grid[:, :2] + 0.5) * grid[:, 2:]
    in_box = (
        (centres[None, :, 0] > wanted.boxes[:, None, 0]) & (centres[None, :, 0] < wanted.boxes[:, None, 2])
        & (centres[None, :, 1] > wanted.boxes[:, None, 1]) & (centres[None, :, 1] < wanted.boxes[:, None, 3])
    )  # fmt: skip
    middles = (wanted.boxes[:, :2] + wanted.boxes[:, 2:]) / 2
    near = ((centres[None] - middles[:, None]).abs() < NEAR * grid[None, :, 2:]).all(-1)
    cells = (in_box | near).any(0).nonzero()[:, 0]
    both = (in_box & near)[:, cells]
    overlap = pair_iou(wanted.boxes, boxes[cells])
    named = (raw[cells, 5:].sigmoid() * raw[cells, 4:5].sigmoid()).sqrt().clamp(1e-6, 1 - 1e-6)
    # Cross entropy over all classes for each label: what every class costs as a "no", and the label's own turned.
    no, yes = -torch.log1p(-named), -torch.log(named)
    unlike = no.sum(1)[None] + (yes - no)[:, wanted.labels].T
    cost = unlike - 3.0 * torch.log(overlap + 1e-8) + 1e5 * ~both
    count = overlap.topk(min(CANDIDATES, len(cells)), 1).values.sum(1).int().clamp_min(1)
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    for row in range(len(cost)):
        chosen[row, cost[row].topk(int(count[row]), largest=False).indices] = True
    chosen &= (cost == cost.masked_fill(~chosen, float("inf")).min(0).values) | (chosen.sum(0) == 1)
    answering = chosen.any(0).nonzero()[:, 0]
    which = chosen[:, answering].int().argmax(0)
    return Assigned(cells[answering], which, overlap[which, answering])


def detection_loss(raw: Tensor, grid: Tensor, wanted: list[Wanted]) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch [N, cells, 5 + classes], and its parts for the log."""
    boxes = boxes_of(raw, grid)
    zero = raw.sum() * 0
    box, named, thing, answering = zero, zero, zero, 0
    for picture, told in enumerate(wanted):
        present = torch.zeros(len(grid))
        if len(told.boxes):
            with torch.no_grad():
                by = assign(raw[picture].detach(), boxes[picture].detach(), grid, told)
            mine, theirs = boxes[picture, by.cells], told.boxes[by.boxes]
            shared = _shared(mine, theirs)
            iou = shared / (_area(mine) + _area(theirs) - shared).clamp_min(1e-6)
            box = box + (1 - iou.square()).sum()
            target = functional.one_hot(told.labels[by.boxes], raw.shape[2] - 5) * by.overlap[:, None]
            named = named + functional.binary_cross_entropy_with_logits(
                raw[picture, by.cells, 5:], target, reduction="sum"
            )
            present[by.cells] = 1.0
            answering += len(by.cells)
        each = functional.binary_cross_entropy_with_logits(raw[picture, :, 4], present, reduction="none")
        thing = thing + (each * _counts(raw[picture].detach(), grid, told, present)).sum()
    scale = max(answering, 1)
    parts = {"box": box.item() / scale, "class": named.item() / scale, "object": thing.item() / scale}
    return (BOX_WEIGHT * box + named + thing) / scale, parts


def _counts(raw: Tensor, grid: Tensor, told: Wanted, present: Tensor) -> Tensor:
    """1 for every cell whose objectness is judged, 0 where nobody knows what is there."""
    centres = (grid[:, :2] + 0.5) * grid[:, 2:]
    unknown = torch.zeros(len(grid), dtype=torch.bool)
    if len(told.ignored):
        inside = (centres[:, None] > told.ignored[None, :, :2]) & (centres[:, None] < told.ignored[None, :, 2:])
        unknown |= inside.all(-1).any(1)
    if len(told.unlabelled):
        unknown |= torch.isin(raw[:, 5:].argmax(1), told.unlabelled)
    return (present.bool() | ~unknown).float()
