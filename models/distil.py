"""What the untouched base weights say about real pictures, as masks to learn from: the guard against forgetting them.

Pixels where the base is unsure, or answers with a word that means little outdoors, are left out (IGNORE). Where the
data set's own boxes say machine or vehicle and the base only says "other", the pixel is a vehicle.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edge.vision.classes import SemanticClass
from models.ade20k import ADE_NAMES, UNSURE_ROWS, row_class
from models.base_weights import OFFSET, SCALE, load_base, merge_matrix
from models.data import IGNORE
from models.deeplab import DeepLab

SURE = 0.7
"""Least probability of the merged class for a pixel to count."""
MACHINE_BOXES = frozenset({8, 9})
"""Box labels `machinery` and `vehicle` of the Construction Site Safety set."""


def base_probabilities(net: DeepLab, image: NDArray[np.uint8]) -> Tensor:
    """Probabilities [32,H,W] for an RGB picture [H,W,3] (H, W multiples of 32), averaged with its mirror image."""
    tensor = torch.from_numpy(image.astype(np.float32) * SCALE + OFFSET).permute(2, 0, 1)[None]
    with torch.no_grad():
        both = net(torch.cat([tensor, tensor.flip(3)])).softmax(1)
    mean = (both[:1] + both[1:].flip(3)) / 2
    return torch.nn.functional.interpolate(mean, image.shape[:2], mode="bilinear")[0]


def pseudo_mask(net: DeepLab, image: NDArray[np.uint8], boxes: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Our classes [H,W], IGNORE where unsure; `boxes` [N,5] are (label, centre x, centre y, width, height) in 0..1."""
    chances = base_probabilities(net, image)
    row = chances.argmax(0).numpy()
    ours = torch.nn.functional.conv2d(chances[None], merge_matrix())[0]
    mask = np.asarray(row_class(), np.uint8)[row]
    unsure_rows = [ADE_NAMES.index(name) for name in UNSURE_ROWS]
    mask[(ours.max(0).values.numpy() < SURE) | np.isin(row, unsure_rows)] = IGNORE
    height, width = mask.shape
    vague = np.isin(row, [ADE_NAMES.index("other"), ADE_NAMES.index("car")])
    for label, x, y, w, h in boxes:
        if int(label) in MACHINE_BOXES:
            top, bottom = max(0, int((y - h / 2) * height)), int((y + h / 2) * height)
            left, right = max(0, int((x - w / 2) * width)), int((x + w / 2) * width)
            part = mask[top:bottom, left:right]
            part[vague[top:bottom, left:right]] = int(SemanticClass.VEHICLE)
    return mask


def write_masks(base: Path, pictures: Path, out: Path) -> int:
    """Writes `<split>-<stem>.png` into `out` for every picture of every split; resumable. Returns their number."""
    net = load_base(base, 4)
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(pictures.glob("*/images/*.jpg"))
    for count, file in enumerate(files, 1):
        target = out / f"{file.parent.parent.name}-{file.stem}.png"
        if target.exists():
            continue
        picture = cv2.imread(str(file))
        if picture is None:
            continue
        labels = file.parent.parent / "labels" / f"{file.stem}.txt"
        lines = [line.split()[:5] for line in labels.read_text().splitlines()] if labels.exists() else []
        boxes = np.asarray(lines, np.float32).reshape(-1, 5)
        cv2.imwrite(str(target), pseudo_mask(net, picture[:, :, ::-1].astype(np.uint8), boxes))
        if count % 50 == 0:
            print(f"pseudo masks {count}/{len(files)}", flush=True)
    return len(files)
