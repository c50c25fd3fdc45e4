"""A published model in 8 bits, as a folder beside it: only the layers that gain by it.

Dense 1x1 convolutions with many weights are where the time goes, and lose next to nothing. Depthwise ones are no faster
in 8 bits and lose most (Sheng et al., A Quantization-Friendly Separable Convolution for MobileNets, 2018); the last
layer of each output is small and stays as it is, for a step there would be seen in every answer.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import onnx
import yaml

from edge.vision.model_file import load_model
from models.data import rendered, split_layouts
from models.quantize import quantize

LEAST_WEIGHTS = 9_000
"""Below it, turning numbers into 8 bits and back costs more than the layer gains."""

NOTE = """`{reference}` with its dense 1x1 convolutions in 8 bits, their ranges found on {count} rendered pictures.
What follows is the card of `{reference}`; how little differs in 8 bits is in `docs/detection.md`."""


def write_int8(folder: Path, out: Path, pictures: Sequence[Path], count: int = 100) -> Path:
    """Writes `out` (model.onnx, model.yaml named `<name>-int8`, card.md); ranges come from `count` of the rendered
    pictures, of layouts that were learned from.

    Raises ModelRefused for a folder that is no model, ValueError where there are no such pictures.
    """
    learned, _ = split_layouts(rendered(*pictures))
    items = learned[:: max(1, len(learned) // count)][:count]
    if not items:
        raise ValueError(f"{', '.join(map(str, pictures))}: no rendered pictures to find the ranges on")
    loaded = load_model(folder)
    model = onnx.load_from_string(loaded.onnx)
    file = quantize(folder / loaded.card.file, out / "model.onnx", items, loaded.card, spared(model))
    told = yaml.safe_load((folder / "model.yaml").read_text(encoding="utf-8"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    told |= {"name": f"{loaded.card.name}-int8", "file": file.name, "sha256": digest, "metrics": {}}
    (out / "model.yaml").write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    _, _, card = (folder / "card.md").read_text(encoding="utf-8").partition("\n")
    note = NOTE.format(reference=loaded.card.reference, count=len(items))
    (out / "card.md").write_text(f"# {told['name']} {told['version']}\n\n{note}\n{card}", encoding="utf-8")
    return out


def spared(model: onnx.ModelProto) -> list[str]:
    """The convolutions that stay in 32 bits, by the name of their node."""
    shapes = {each.name: tuple(each.dims) for each in model.graph.initializer}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    return [node.name for node in convolutions if not _gains(shapes[node.input[1]])]


def _gains(shape: tuple[int, ...]) -> bool:
    """Whether a convolution's weights [out, in / groups, rows, columns] are many and dense, 1x1."""
    outputs, inputs, *kernel = shape
    return kernel == [1, 1] and outputs * inputs >= LEAST_WEIGHTS
