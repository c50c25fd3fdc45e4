"""The rebuilt YOLOX-nano against the base file, the exported file against the network, and the loss."""
# pyright: reportMissingImports=false

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

BASE = Path(os.environ.get("SHOUWEI_BASE_DETECTOR", "var/weights/yolox_nano.onnx"))

pytestmark = [
    pytest.mark.train,
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in ("torch", "onnx")),
        reason="torch and onnx (the extra `train`) are not installed",
    ),
]


@pytest.mark.skipif(not BASE.exists(), reason=f"base weights are not at {BASE} (set SHOUWEI_BASE_DETECTOR)")
def test_the_rebuilt_network_gives_what_the_base_file_gives() -> None:
    import onnxruntime
    import torch

    from models.yolox_base import load_base

    image = np.random.default_rng(0).uniform(0, 255, (1, 3, 416, 416)).astype(np.float32)
    wanted = np.asarray(onnxruntime.InferenceSession(str(BASE)).run(None, {"images": image})[0])
    with torch.no_grad():
        raw = load_base(BASE)(torch.from_numpy(image))
    raw[..., 4:] = raw[..., 4:].sigmoid()
    assert np.abs(raw.numpy() - wanted).max() < 1e-3


def test_the_stem_in_one_convolution_is_the_one_over_four_phases() -> None:
    import torch
    from torch.nn import functional

    from models.yolox_base import stem_of_focus

    torch.manual_seed(0)
    x, weight = torch.randn(1, 3, 32, 32), torch.randn(16, 12, 3, 3)
    phases = [x[:, :, row::2, column::2] for row, column in ((0, 0), (1, 0), (0, 1), (1, 1))]
    wanted = functional.conv2d(torch.cat(phases, 1), weight, padding=1)
    assert torch.allclose(functional.conv2d(x, stem_of_focus(weight), stride=2, padding=2), wanted, atol=1e-4)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("size", [(288, 512), (512, 288)])
def test_the_exported_file_gives_the_same_boxes_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    import torch

    from models.detect_release import largest_difference, to_onnx
    from models.detect_torch import Decoded
    from models.yolox import YoloxNano

    torch.manual_seed(0)
    net = Decoded(YoloxNano(3), torch.tensor([1.0, 0.5, 2.0]), torch.tensor([0.0, -1.0, 1.0])).eval()
    to_onnx(net, tmp_path / "model.onnx")
    assert largest_difference(net, tmp_path / "model.onnx", size) < 1e-2


def test_the_loss_falls_as_the_network_learns_one_picture_by_heart() -> None:
    import torch

    from models.detect_loss import Wanted, detection_loss
    from models.yolox import YoloxNano, grid

    torch.manual_seed(1)
    torch.set_num_threads(1)
    net, cells = YoloxNano(2), grid(64, 64)
    picture = torch.rand(1, 3, 64, 64) * 255
    boxes, none = torch.tensor([[4.0, 4.0, 30.0, 40.0], [32.0, 20.0, 60.0, 60.0]]), torch.zeros(0, 4)
    wanted = [Wanted(boxes, torch.tensor([0, 1]), none, torch.zeros(0, dtype=torch.long))]
    optimizer = torch.optim.Adam(net.parameters(), lr=2e-3)
    losses = []
    for _ in range(25):
        loss, _ = detection_loss(net(picture), cells, wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 2


def test_ignored_places_and_unlabelled_names_are_not_told_that_they_are_wrong() -> None:
    import torch

    from models.detect_loss import Wanted, detection_loss
    from models.yolox import grid

    cells = grid(64, 64)
    raw = torch.zeros(1, len(cells), 7)
    raw[..., 5] = 1.0
    none, empty = torch.zeros(0, 4), torch.zeros(0, dtype=torch.long)

    def object_loss(ignored: torch.Tensor, unlabelled: torch.Tensor) -> float:
        return detection_loss(raw, cells, [Wanted(none, empty, ignored, unlabelled)])[1]["object"]

    everywhere = object_loss(none, empty)
    assert object_loss(torch.tensor([[0.0, 0.0, 32.0, 64.0]]), empty) == pytest.approx(everywhere / 2)
    assert object_loss(none, torch.tensor([0])) == 0.0
    assert object_loss(none, torch.tensor([1])) == everywhere
