"""Models in 8 bits: which layers become it, and that the shipped ones answer as their originals do."""
# pyright: reportMissingImports=false

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.config import DEFAULT_REGISTRY
from edge.vision.detector import OnnxDetector
from edge.vision.model_file import load_model, model_folder
from edge.vision.segmenter import OnnxSegmenter

CLIPS = Path("datasets/clips")
SEGMENTERS = ["ground-segmenter", "garbage-segmenter"]


def frames() -> list[np.ndarray]:
    """A frame from the middle of each bundled clip, BGR."""
    found = []
    for file in sorted(CLIPS.glob("*/*.mp4")):
        clip = cv2.VideoCapture(str(file))
        clip.set(cv2.CAP_PROP_POS_FRAMES, clip.get(cv2.CAP_PROP_FRAME_COUNT) // 2)
        found.append(clip.read()[1])
    return found


def both(name: str) -> tuple[Path, Path]:
    """The newest folder of a model and that of the same version in 8 bits."""
    folder = model_folder(DEFAULT_REGISTRY, name)
    return folder, model_folder(DEFAULT_REGISTRY, f"{name}-int8/{folder.name}")


@pytest.mark.parametrize("name", SEGMENTERS)
def test_a_segmenter_in_8_bits_says_the_same(name: str) -> None:
    full, small = (OnnxSegmenter(load_model(folder), own_names=True) for folder in both(name))
    for frame in frames():
        one, other = full.segment(frame), small.segment(frame)
        assert (one.labels == other.labels).mean() > 0.96
        assert one.probabilities is not None
        assert other.probabilities is not None
        assert np.abs(one.probabilities - other.probabilities).mean() < 0.02


def test_a_detector_in_8_bits_finds_the_same() -> None:
    full, small = (OnnxDetector(load_model(folder)) for folder in both("object-detector"))
    found = [([o.label for o in full.detect(f)], [o.label for o in small.detect(f)]) for f in frames()]
    assert sum(len(one) for one, _ in found) >= 5
    shared = sum(len(set(one) & set(other)) for one, other in found)
    assert shared >= 0.8 * sum(len(set(one)) for one, _ in found)


@pytest.mark.parametrize("name", [*SEGMENTERS, "object-detector"])
def test_8_bits_are_a_smaller_file_of_the_same_version(name: str) -> None:
    full, small = (load_model(folder) for folder in both(name))
    assert len(small.onnx) < 0.6 * len(full.onnx)
    assert small.card.version == full.card.version
    assert small.card.classes == full.card.classes


def test_only_dense_pointwise_layers_with_many_weights_become_8_bits() -> None:
    onnx = pytest.importorskip("onnx", reason="onnx (the extra `train`) is not installed")
    from models.int8 import spared

    shapes = {
        "small": (16, 32, 1, 1),
        "dense": (160, 960, 1, 1),
        "depthwise": (960, 1, 3, 3),
        "spatial": (96, 96, 3, 3),
    }
    nodes = [onnx.helper.make_node("Conv", ["x", name], [f"y_{name}"], name=name) for name in shapes]
    weights = [onnx.numpy_helper.from_array(np.zeros(shape, np.float32), name) for name, shape in shapes.items()]
    model = onnx.helper.make_model(onnx.helper.make_graph(nodes, "some", [], [], weights))
    assert spared(model) == ["small", "depthwise", "spatial"]
