"""The ONNX segmenter on a model small enough to know by heart."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge.errors import ModelRefused
from edge.vision.classes import SemanticClass
from edge.vision.model_file import load_model, model_folder
from edge.vision.segmenter import OnnxSegmenter
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes

REGISTRY = Path(__file__).parents[3] / "models" / "registry"

# Red means goods, green vegetation, blue water; the model's colours are RGB.
BY_COLOUR = np.zeros((10, 3), np.float32)
BY_COLOUR[SemanticClass.GOODS, 0] = BY_COLOUR[SemanticClass.VEGETATION, 1] = BY_COLOUR[SemanticClass.WATER, 2] = 20


def segmenter(tmp_path: Path, onnx: bytes | None = None, **card: Any) -> OnnxSegmenter:
    onnx = onnx or onnx_bytes.segmenter(BY_COLOUR)
    return OnnxSegmenter(load_model(write_model(tmp_path, onnx, **card)))


def picture(height: int, width: int) -> np.ndarray:
    """BGR: left third red, middle third green, right third blue."""
    image = np.zeros((height, width, 3), np.uint8)
    for third, channel in enumerate((2, 1, 0)):
        image[:, width * third // 3 : width * (third + 1) // 3, channel] = 255
    return image


@pytest.mark.parametrize(("height", "width"), [(720, 1280), (853, 1280), (480, 640), (1200, 900), (90, 160)])
def test_the_map_covers_the_picture_and_nothing_else(tmp_path: Path, height: int, width: int):
    classes = segmenter(tmp_path).segment(picture(height, width))
    rows, columns = classes.labels.shape
    assert max(rows, columns) == 64
    assert columns / rows == pytest.approx(width / height, rel=0.05)
    thirds = [classes.labels[:, int(columns * x)] for x in (0.1, 0.5, 0.9)]
    wanted = (SemanticClass.GOODS, SemanticClass.VEGETATION, SemanticClass.WATER)
    for column, kind in zip(thirds, wanted, strict=True):
        assert (column == kind).all()
    assert classes.labels.dtype == np.uint8
    assert classes.confidence.dtype == np.float32
    assert classes.confidence.min() > 0.1
    assert classes.confidence[:, 2].min() > 0.99


def test_classes_are_taken_by_name_whatever_their_order(tmp_path: Path):
    names = ["water", "ground", "goods"]
    onnx = onnx_bytes.segmenter(np.diag([20.0, 20, 20]).astype(np.float32))
    classes = segmenter(tmp_path, onnx, classes=names).segment(picture(288, 512))
    assert [classes.labels[0, column] for column in (2, 32, 62)] == [9, 1, 8]


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ({"classes": ["ground", "unicorn"]}, "unicorn"),
        ({"task": "object_detection"}, "semantic_segmentation is needed"),
        ({"input": {"name": "picture", "scale": 1, "offset": 0}}, "picture"),
        ({"output": {"name": "probabilities"}}, "probabilities"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(tmp_path: Path, card: dict[str, Any], reason: str):
    with pytest.raises(ModelRefused, match=reason):
        segmenter(tmp_path, **card)


@pytest.mark.parametrize("card", [{"classes": ["ground"]}, {"output": {"name": "logits", "stride": 16}}])
def test_an_output_of_another_shape_than_promised_is_refused(tmp_path: Path, card: dict[str, Any]):
    with pytest.raises(ModelRefused, match=r"model\.yaml says"):
        segmenter(tmp_path, **card).segment(picture(288, 512))


def test_a_model_that_does_not_load_is_refused(tmp_path: Path):
    broken = onnx_bytes.segmenter(BY_COLOUR).replace(b"AveragePool", b"AverageFool")
    with pytest.raises(ModelRefused, match="does not load"):
        segmenter(tmp_path, broken)


@pytest.mark.skipif(not list(REGISTRY.glob("ground-segmenter/*/model.yaml")), reason="no weights in models/registry")
def test_the_shipped_weights_load_and_label_a_picture():
    shipped = OnnxSegmenter(load_model(model_folder(REGISTRY, "ground-segmenter")))
    classes = shipped.segment(np.full((360, 640, 3), 120, np.uint8))
    assert classes.labels.shape == (36, 64)
    assert classes.labels.max() <= max(SemanticClass)
    assert 0 < classes.confidence.min() <= classes.confidence.max() <= 1
