"""A training checkpoint published as a registry folder, from a small YAML that says what it is and a card beside it."""
# pyright: reportMissingImports=false

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import torch
import yaml

from models.deeplab import DeepLab
from models.export import largest_difference, to_onnx, write_card
from models.task import shipped
from models.verify import verify_folder

MOST_DIFFERENCE = 1e-3
"""Largest difference of logits between torch and the exported file that counts as the same network."""


def publish(checkpoint: Path, release: Path, registry: Path) -> Path:
    """Exports the running mean of the weights and writes the folder; raises ValueError when it is not the same network
    or does not pass `verify`."""
    told = yaml.safe_load(release.read_text(encoding="utf-8"))
    task = shipped(told["task"])
    net = DeepLab(len(task.names)).eval()
    net.load_state_dict(torch.load(checkpoint, weights_only=True, map_location="cpu")["mean"])
    folder = registry / told["name"] / str(told["version"])
    to_onnx(net, folder / "model.onnx")
    for size in ((288, 512), (384, 512), (512, 288)):
        if (miss := largest_difference(net, folder / "model.onnx", size)) > MOST_DIFFERENCE:
            raise ValueError(f"{folder}: logits differ by {miss} at {size}")
    write_card(
        folder, name=told["name"], version=str(told["version"]), stride=net.stride, classes=task.names,
        created=datetime.now(UTC),
        data=told["data"], metrics=told["metrics"], card=release.with_suffix(".md").read_text(encoding="utf-8"),
    )  # fmt: skip
    if problems := verify_folder(folder).problems:
        raise ValueError(f"{folder}: {'; '.join(problems)}")
    return folder
