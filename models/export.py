"""A trained network as a registry folder: clean ONNX (no in-graph resize to full size, no argmax), YAML and card."""
# pyright: reportMissingImports=false

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import yaml
from numpy.typing import NDArray
from torch import nn

OPSET = 17
SCALE, OFFSET = 1 / 127.5, -127 / 127.5
"""Input of the network from 0..255: x * SCALE + OFFSET (the base graph's own dequantisation)."""


def to_onnx(net: nn.Module, path: Path) -> None:
    """Writes `net` (input `image` [1,3,H,W], output `logits`) with H and W free."""
    axes = {"image": {2: "height", 3: "width"}, "logits": {2: "rows", 3: "columns"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        net.eval(), (torch.zeros(1, 3, 288, 512),), str(path), input_names=["image"], output_names=["logits"],
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    model = onnx.load(path)
    fold_padding(model)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def fold_padding(model: onnx.ModelProto) -> int:
    """Moves each one-sided zero Pad into the Conv that reads it (a copy of the picture saved); returns how many."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    folded: list[onnx.NodeProto] = []
    for pad in [node for node in model.graph.node if node.op_type == "Pad"]:
        conv = readers[pad.output[0]][0]
        pads = next(attribute for attribute in conv.attribute if attribute.name == "pads")
        if conv.op_type != "Conv" or len(readers[pad.output[0]]) > 1 or any(pads.ints):
            raise ValueError(f"{pad.name}: not a Pad before one unpadded Conv")
        conv.input[0] = pad.input[0]
        pads.ints[:] = [0, 0, 1, 1]
        folded.append(pad)
    for pad in folded:
        model.graph.node.remove(pad)
    while dead := _unread(model):
        for node in dead:
            model.graph.node.remove(node)
    return len(folded)


def _unread(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    read = {name for node in model.graph.node for name in node.input} | {out.name for out in model.graph.output}
    return [node for node in model.graph.node if not read & set(node.output)]


def largest_difference(net: nn.Module, path: Path, size: tuple[int, int]) -> float:
    """Largest absolute difference of logits between torch and ONNX Runtime on one noise picture of (height, width)."""
    import onnxruntime as ort

    image = np.random.default_rng(1).uniform(-1, 1, (1, 3, *size)).astype(np.float32)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exported: NDArray[np.float32] = np.asarray(session.run(None, {"image": image})[0])
    with torch.no_grad():
        return float(np.abs(net.eval()(torch.from_numpy(image)).numpy() - exported).max())


def write_card(
    folder: Path, *, name: str, version: str, stride: int, classes: tuple[str, ...], created: datetime, data: list[str],
    metrics: Mapping[str, Any], card: str,
) -> None:  # fmt: skip
    """Writes model.yaml (with the SHA-256 of model.onnx) and card.md beside an exported model."""
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    document = {
        "name": name,
        "version": version,
        "task": "semantic_segmentation",
        "file": "model.onnx",
        "sha256": digest,
        "classes": list(classes),
        "input": {
            "name": "image", "layout": "NCHW", "dtype": "float32", "color": "RGB", "scale": SCALE, "offset": OFFSET,
            "long_side": 512, "multiple": 32, "pad_value": 127,
        },
        "output": {"name": "logits", "kind": "logits", "stride": stride},
        "data": data,
        "metrics": dict(metrics),
        "created": created.isoformat(),
        "licence": "Apache-2.0",
    }  # fmt: skip
    (folder / "model.yaml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "card.md").write_text(card, encoding="utf-8")
