import shutil
from pathlib import Path

import pytest

from edge.errors import ModelRefused
from edge.vision.model_file import model_folder
from models.judging.in_hand import take

REGISTRY = Path(__file__).parents[3] / "models" / "registry"


@pytest.fixture(scope="module")
def folder() -> Path:
    return model_folder(REGISTRY, "ground-segmenter")


def test_by_name_by_folder_and_by_file(tmp_path: Path, folder: Path) -> None:
    named = take("ground-segmenter", registry=REGISTRY)
    copied = shutil.copytree(folder, tmp_path / "candidate")
    by_folder = take(str(copied), registry=REGISTRY)
    by_file = take(str(copied / "model.onnx"), registry=REGISTRY)
    assert named.reference == by_folder.reference
    assert by_file.reference.endswith("/candidate")
    assert len({hand.weights["ground-segmenter"].sha256 for hand in (named, by_folder, by_file)}) == 1
    assert {"outdoor_display", "exposed_muck"} <= set(named.rules)


@pytest.mark.parametrize("model", ["nobody", "ground-segmenter/none", "missing.onnx"])
def test_what_is_not_there_is_named(model: str) -> None:
    with pytest.raises(ModelRefused):
        take(model, registry=REGISTRY)


def test_a_detector_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelRefused):
        take("ground-segmenter", detector="nobody", registry=REGISTRY)
