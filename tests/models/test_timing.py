from pathlib import Path

import numpy as np

from models.timing import time_passes

REGISTRY = Path(__file__).parents[2] / "models" / "registry"


def test_every_file_is_timed_on_the_same_picture() -> None:
    file = next(REGISTRY.glob("*/*/model.onnx"))
    passes = time_passes([file, file], size=(64, 96), rounds=2)
    assert [one.input for one in passes] == [(1, 3, 64, 96)] * 2
    assert all(0 < one.least_ms <= one.median_ms for one in passes)
    assert np.isfinite([one.median_ms for one in passes]).all()
