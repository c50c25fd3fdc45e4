"""The base weights read from their ONNX file, and a head for our classes made from their classifier rows."""
# pyright: reportMissingImports=false

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from edge.vision.classes import SemanticClass
from models.ade20k import ADE_NAMES, rows
from models.deeplab import DeepLab

SCALE, OFFSET = 1 / 127.5, -127 / 127.5
"""Input of the network from 0..255: x * SCALE + OFFSET, as the base graph does it."""


def load_base(path: Path, stride: int = 4) -> DeepLab:
    """The 32-class network with the weights of the ONNX file; raises ValueError when a shape does not fit."""
    graph = onnx.load(path).graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    nodes = [node for node in graph.node if node.op_type == "Conv"]
    net = DeepLab(len(ADE_NAMES), stride)
    for conv, node in zip(net.convolutions(), nodes, strict=True):
        weight, bias = values[node.input[1]], values[node.input[2]]
        if tuple(conv.weight.shape) != weight.shape or conv.bias is None:
            raise ValueError(f"{node.output[0]}: weight {weight.shape}, the network expects {tuple(conv.weight.shape)}")
        conv.weight.data = torch.from_numpy(weight.copy())
        conv.bias.data = torch.from_numpy(bias.copy())
    return net.eval()


def base_logits(path: Path, image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Logits [32,128,128] of the untouched file for an RGB picture [512,512,3], taken before its resize and argmax."""
    import onnxruntime as ort

    model = onnx.load(path)
    name = next(node.input[0] for node in reversed(model.graph.node) if node.op_type == "Resize")
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: image[None]})[0])[0]


def with_own_head(base: DeepLab, stride: int = 8) -> DeepLab:
    """The same network with a classifier for our classes: each row is the mean of the base rows that mean it.

    `net` has no base row and starts between earth, plant and curtain, at half their size.
    """
    net = DeepLab(len(SemanticClass), stride)
    state = {name: value for name, value in base.state_dict().items() if not name.startswith("classifier")}
    weight, bias = base.classifier.weight.data, base.classifier.bias
    assert bias is not None
    stand_in = [ADE_NAMES.index(name) for name in ("earth", "plant", "curtain")]
    own_rows = [rows(cls) or stand_in for cls in SemanticClass]
    shrink = [1.0 if rows(cls) else 0.5 for cls in SemanticClass]
    state["classifier.weight"] = torch.stack([weight[r].mean(0) * s for r, s in zip(own_rows, shrink, strict=True)])
    state["classifier.bias"] = torch.stack([bias.data[r].mean() * s for r, s in zip(own_rows, shrink, strict=True)])
    net.load_state_dict(state)
    return net


class Remapped(nn.Module):
    """The untrained base with its rows merged into our classes by log-sum-exp (`net` is never seen)."""

    def __init__(self, base: DeepLab) -> None:
        super().__init__()
        self.base = base
        self.register_buffer("merge", merge_matrix())

    def forward(self, x: Tensor) -> Tensor:
        logits = self.base(x)
        top = logits.amax(dim=1, keepdim=True)
        merged = nn.functional.conv2d(torch.exp(logits - top), self.get_buffer("merge"))
        return torch.log(merged + 1e-9) + top


def merge_matrix() -> Tensor:
    """[ours, base rows, 1, 1] of ones and zeros: which row counts for which class."""
    matrix = torch.zeros(len(SemanticClass), len(ADE_NAMES), 1, 1)
    for cls in SemanticClass:
        matrix[int(cls), rows(cls)] = 1.0
    return matrix
