"""A trained detector as a registry folder: ONNX with decoded boxes and corrected scores, YAML and card."""
# pyright: reportMissingImports=false

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import yaml

from models.detect_augment import GREY
from models.detect_calibrate import Correction, fitted
from models.detect_data import Scene
from models.detect_labels import LABELS
from models.detect_torch import LONG_SIDE, OVERLAP, Decoded, TorchDetector
from models.verify import verify_folder
from models.yolox import YoloxNano

OPSET = 17
LEAST_SCORE = 0.25
MOST_DIFFERENCE = 2e-3
"""Largest difference (pixels or chances) between torch and the exported file that counts as the same network."""


def trained(checkpoint: Path) -> YoloxNano:
    """The running mean of the weights. Raises ValueError when it was trained for other labels."""
    saved = torch.load(checkpoint, weights_only=True, map_location="cpu")
    if tuple(saved["labels"]) != LABELS:
        raise ValueError(f"{checkpoint}: trained for other labels: {saved['labels']}")
    net = YoloxNano(len(LABELS)).eval()
    net.load_state_dict(saved["mean"])
    return net


def publish(checkpoint: Path, release: Path, registry: Path, calibration: list[Scene]) -> Path:
    """Exports with scores corrected on `calibration`; raises ValueError when the file is not the same network or does
    not pass `verify`."""
    told = yaml.safe_load(release.read_text(encoding="utf-8"))
    net = trained(checkpoint)
    correction = fitted(TorchDetector(net, LABELS), calibration)
    decoded = with_correction(net, correction)
    folder = registry / told["name"] / str(told["version"])
    to_onnx(decoded, folder / "model.onnx")
    for size in ((288, 512), (384, 512), (512, 288), (512, 512)):
        if (miss := largest_difference(decoded, folder / "model.onnx", size)) > MOST_DIFFERENCE:
            raise ValueError(f"{folder}: boxes or scores differ by {miss} at {size}")
    write_card(
        folder, name=told["name"], version=str(told["version"]), created=datetime.now(UTC), data=told["data"],
        metrics=told["metrics"], card=release.with_suffix(".md").read_text(encoding="utf-8"),
    )  # fmt: skip
    if problems := verify_folder(folder).problems:
        raise ValueError(f"{folder}: {'; '.join(problems)}")
    return folder


def with_correction(net: YoloxNano, correction: Correction) -> Decoded:
    return Decoded(net, torch.tensor(correction.scale), torch.tensor(correction.shift)).eval()


def to_onnx(net: Decoded, path: Path) -> None:
    """Writes `net` (input `image` [1,3,H,W], output `found` [1, cells, 4 + classes]) with H and W free."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        net, (torch.zeros(1, 3, 288, 512),), str(path), input_names=["image"], output_names=["found"],
        dynamic_axes={"image": {2: "height", 3: "width"}, "found": {1: "cells"}}, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    onnx.checker.check_model(onnx.load(path), full_check=True)


def largest_difference(net: Decoded, path: Path, size: tuple[int, int]) -> float:
    """Largest absolute difference between torch and ONNX Runtime on one noise picture of (height, width)."""
    import onnxruntime

    image = np.random.default_rng(1).uniform(0, 255, (1, 3, *size)).astype(np.float32)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exported = np.asarray(session.run(None, {"image": image})[0])
    with torch.no_grad():
        return float(np.abs(net(torch.from_numpy(image)).numpy() - exported).max())


def write_card(
    folder: Path, *, name: str, version: str, created: datetime, data: list[str], metrics: Mapping[str, Any], card: str
) -> None:
    """Writes model.yaml (with the SHA-256 of model.onnx) and card.md beside an exported model."""
    document = {
        "name": name,
        "version": version,
        "task": "object_detection",
        "file": "model.onnx",
        "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
        "classes": list(LABELS),
        "input": {
            "name": "image", "layout": "NCHW", "dtype": "float32", "color": "BGR", "scale": 1.0, "offset": 0.0,
            "long_side": LONG_SIDE, "multiple": 32, "pad_value": GREY,
        },
        "output": {"name": "found", "kind": "boxes", "least_score": LEAST_SCORE, "overlap": OVERLAP, "most": 100},
        "data": data,
        "metrics": dict(metrics),
        "created": created.isoformat(),
        "licence": "Apache-2.0",
    }  # fmt: skip
    (folder / "model.yaml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "card.md").write_text(card, encoding="utf-8")
