"""The rebuilt network against the base file, and the exported file against the rebuilt network."""
# pyright: reportMissingImports=false

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

BASE = Path(os.environ.get("SHOUWEI_BASE_WEIGHTS", "var/weights/deeplabv3_mnv2_ade20k_float.onnx"))

pytestmark = [
    pytest.mark.train,
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in ("torch", "onnx")),
        reason="torch and onnx (the extra `train`) are not installed",
    ),
]


@pytest.mark.skipif(not BASE.exists(), reason=f"base weights are not at {BASE} (set SHOUWEI_BASE_WEIGHTS)")
def test_rebuilt_logits_equal_those_of_the_base_file() -> None:
    import torch

    from models.base_weights import OFFSET, SCALE, base_logits, load_base

    image = np.random.default_rng(3).integers(0, 256, (512, 512, 3)).astype(np.uint8)
    image[:256] = np.linspace(40, 220, 512)[None, :, None]
    expected = base_logits(BASE, image)
    tensor = torch.from_numpy(image.astype(np.float32) * SCALE + OFFSET).permute(2, 0, 1)[None]
    with torch.no_grad():
        rebuilt = load_base(BASE)(tensor)[0].numpy()
    assert np.abs(rebuilt - expected).max() < 1e-3
    assert np.array_equal(rebuilt.argmax(0), expected.argmax(0))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("size", [(288, 512), (512, 288)])
def test_exported_logits_equal_those_of_torch_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    import torch

    from models.deeplab import DeepLab
    from models.export import largest_difference, to_onnx

    torch.manual_seed(0)
    net = DeepLab(10)
    to_onnx(net, tmp_path / "model.onnx")
    assert largest_difference(net, tmp_path / "model.onnx", size) < 1e-3


def test_cell_shares_are_exact_areas() -> None:
    import torch

    from models.train_segmenter import cell_shares

    mask = torch.full((1, 8, 16), 1, dtype=torch.uint8)
    mask[0, :, :2], mask[0, :4, 8:] = 8, 255
    shares = cell_shares(mask, 8, 10)
    assert shares[0, 8, 0, 0] == 0.25
    assert shares[0, 1, 0, 0] == 0.75
    assert shares[0, :, 0, 1].sum() == 0.5
