"""Model folders: only exactly what the card says is loaded."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from edge.errors import ModelRefused
from edge.vision import model_file
from edge.vision.model_file import load_model, model_folder
from tests.fakes import onnx_bytes

WEIGHTS = np.eye(10, 3, dtype=np.float32)


def write_model(folder: Path, onnx: bytes | None = None, **changes: Any) -> Path:
    onnx = onnx_bytes.segmenter(WEIGHTS) if onnx is None else onnx
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(onnx)
    card: dict[str, Any] = {
        "name": "tiny",
        "version": "1",
        "task": "semantic_segmentation",
        "file": "model.onnx",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "classes": ["other", "ground", "soil", "net", "vegetation", "building", "vehicle", "person", "goods", "water"],
        "input": {"name": "image", "scale": 1 / 255, "offset": 0.0},
        "output": {"name": "logits"},
        "made_by": "a field that this version does not know",
    }
    (folder / "model.yaml").write_text(yaml.safe_dump(card | changes))
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(ModelRefused) as caught:
        load_model(folder)
    return str(caught.value)


def test_a_good_folder_is_loaded(tmp_path: Path):
    model = load_model(write_model(tmp_path / "tiny" / "1"))
    assert model.card.reference == "tiny/1"
    assert model.card.input.long_side == 512
    assert len(model.onnx) > 100


def test_an_altered_file_is_refused(tmp_path: Path):
    folder = write_model(tmp_path)
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:-1] + b"!")
    assert "model.yaml says" in refusal(folder)


@pytest.mark.parametrize("head", [b"\x80\x04\x95", b"PK\x03\x04", b"(lp0\n"])
def test_a_pickle_is_refused_even_with_the_right_hash(tmp_path: Path, head: bytes):
    assert "pickle" in refusal(write_model(tmp_path, head + b"x" * 50))


@pytest.mark.parametrize("location", ["weights.bin", "../../../etc/passwd", "/etc/shadow"])
def test_weights_in_another_file_are_refused(tmp_path: Path, location: str):
    onnx = onnx_bytes.segmenter(WEIGHTS, external=location)
    assert "another file" in refusal(write_model(tmp_path, onnx))


@pytest.mark.parametrize("name", ["../model.onnx", "/tmp/model.onnx", "a/b.onnx", ".onnx", "model.pt", "..\\m.onnx"])
def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str):
    assert "file:" in refusal(write_model(tmp_path, file=name))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path):
    folder = write_model(tmp_path / "a")
    (folder / "model.onnx").rename(tmp_path / "elsewhere.onnx")
    (folder / "model.onnx").symlink_to(tmp_path / "elsewhere.onnx")
    assert "outside its folder" in refusal(folder)


def test_a_file_that_is_too_big_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model_file, "MAX_BYTES", 100)
    assert "at most" in refusal(write_model(tmp_path))


@pytest.mark.parametrize(
    "onnx", [b"", b"hello, this is not a model", b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"]
)
def test_what_is_no_onnx_is_refused(tmp_path: Path, onnx: bytes):
    assert "not an ONNX file" in refusal(write_model(tmp_path, onnx))


def test_missing_and_broken_cards_are_refused_with_every_fault(tmp_path: Path):
    assert "No such file" in refusal(tmp_path)
    (tmp_path / "model.yaml").write_text("{: :")
    assert "is not YAML" in refusal(tmp_path)
    message = refusal(write_model(tmp_path, sha256="abc", task="poetry"))
    assert "sha256:" in message
    assert "task:" in message


def test_the_newest_version_is_taken_by_number(tmp_path: Path):
    for version in ("0", "2", "10", "2-beta"):
        write_model(tmp_path / "tiny" / version, version=version)
    assert model_folder(tmp_path, "tiny").name == "10"
    assert model_folder(tmp_path, "tiny/2").name == "2"


def test_a_model_that_is_not_there_is_refused_naming_those_that_are(tmp_path: Path):
    write_model(tmp_path / "tiny" / "3", version="3")
    with pytest.raises(ModelRefused, match="tiny/3"):
        model_folder(tmp_path, "tiny/4")
    with pytest.raises(ModelRefused, match="no version"):
        model_folder(tmp_path, "other")
