"""The COCO weights of YOLOX-nano read from their ONNX file, and the same network with our classes on top."""
# pyright: reportMissingImports=false

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from models.detect_labels import COCO, LABELS, SAME, START
from models.yolox import YoloxNano

FIRST_BIAS = -3.0
"""Class bias of a label that no row of the base resembles: 5 % sure of it, everywhere."""


def load_base(path: Path) -> YoloxNano:
    """The 80-class network; its convolutions are filled in the order in which they run, which is the file's order.

    Raises ValueError when the file is of another network.
    """
    net = YoloxNano(len(COCO)).eval()
    order: list[nn.Conv2d] = []
    hooks = [
        m.register_forward_hook(lambda module, *_: order.append(module))
        for m in net.modules()
        if isinstance(m, nn.Conv2d)
    ]
    with torch.no_grad():
        net(torch.zeros(1, 3, 64, 64))
    for hook in hooks:
        hook.remove()
    graph = onnx.load(path).graph
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    told = [node for node in graph.node if node.op_type == "Conv"]
    if len(told) != len(order):
        raise ValueError(f"{path.name}: {len(told)} convolutions, {len(order)} wanted")
    for place, (node, conv) in enumerate(zip(told, order, strict=True)):
        weight = torch.tensor(kept[node.input[1]])
        weight = stem_of_focus(weight) if place == 0 else weight
        if weight.shape != conv.weight.shape:
            raise ValueError(f"{path.name}: convolution {place} is {tuple(weight.shape)}, {conv.weight.shape} wanted")
        conv.weight.data.copy_(weight)
        assert conv.bias is not None
        conv.bias.data.copy_(torch.tensor(kept[node.input[2]]))
    return net


def stem_of_focus(weight: Tensor) -> Tensor:
    """[16, 12, 3, 3] over the phases (0,0), (1,0), (0,1), (1,1) (row, column) as [16, 3, 6, 6] over the picture."""
    whole = torch.zeros(weight.shape[0], 3, 6, 6)
    for phase, (row, column) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
        whole[:, :, row::2, column::2] = weight[:, 3 * phase : 3 * phase + 3]
    return whole


def with_own_classes(base: YoloxNano) -> YoloxNano:
    """The network for LABELS: each class row starts as the mean of the COCO rows that START names for it."""
    net = YoloxNano(len(LABELS)).eval()
    kept = {k: v for k, v in base.state_dict().items() if ".classes." not in k}
    net.load_state_dict(kept, strict=False)
    for ours, theirs in zip(net.head, base.head, strict=True):
        for row, label in enumerate(LABELS):
            like = [COCO.index(name) for name in START.get(label, ())]
            if like:
                ours.classes.weight.data[row] = theirs.classes.weight.data[like].mean(0)
                ours.classes.bias.data[row] = theirs.classes.bias.data[like].mean() - float(label not in SAME.values())
            else:
                ours.classes.weight.data[row].zero_()
                ours.classes.bias.data[row] = FIRST_BIAS
    return net
