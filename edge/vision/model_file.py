"""A model as a folder: `model.yaml` says what it is, the ONNX file beside it must be exactly the one that it names."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.contracts.taxonomy import Sha256
from edge.errors import ModelRefused
from edge.vision.onnx_wire import points_outside

MAX_BYTES = 200 * 1024 * 1024
_PICKLES = (b"\x80", b"PK\x03\x04", b"(lp", b"(dp", b"ccopy_reg")
"""How a pickle, a zip of pickles (PyTorch) and the old text pickles begin; an ONNX file begins with none of them."""


class ModelInput(BaseModel):
    """How a picture becomes numbers: x * `scale` + `offset` on 0..255, after `edge.vision.letterbox`."""

    model_config = ConfigDict(frozen=True)

    name: str
    layout: Literal["NCHW"] = "NCHW"
    dtype: Literal["float32"] = "float32"
    color: Literal["RGB", "BGR"] = "RGB"
    scale: float
    offset: float
    long_side: int = Field(default=512, ge=64, le=4096)
    multiple: int = Field(default=32, ge=1, le=256)
    pad_value: int = Field(default=127, ge=0, le=255)


class ModelOutput(BaseModel):
    """What comes out.

    `logits`: (1, classes, H/stride, W/stride); probabilities are softmax(logits / `temperature`). `boxes`: (1, any
    number, 4 + classes), each row a box as xyxy in pixels of the input and the score of every class in 0..1; the rest
    of the fields says which of them are taken.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    kind: Literal["logits", "boxes"] = "logits"
    stride: int = Field(default=8, ge=1, le=64)
    temperature: float = Field(default=0.5, gt=0, le=10)
    least_score: float = Field(default=0.25, ge=0, lt=1)
    overlap: float = Field(default=0.6, gt=0, le=1)
    most: int = Field(default=100, ge=1, le=1000)


class ModelCard(BaseModel):
    """`model.yaml`. Fields that this version does not know pass by."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$", coerce_numbers_to_str=True)
    task: Literal["semantic_segmentation", "object_detection"]
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.onnx$")]
    sha256: Sha256
    classes: list[str] = Field(min_length=1)
    input: ModelInput
    output: ModelOutput
    data: list[Any] = Field(default_factory=list[Any])
    metrics: dict[str, Any] = Field(default_factory=dict[str, Any])
    created: Any = None
    licence: str = ""

    @property
    def reference(self) -> str:
        """`name/version`, as configurations and messages write it."""
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A card and the verified bytes that it describes."""

    card: ModelCard
    onnx: bytes


def model_folder(registry: Path, reference: str) -> Path:
    """The folder of `name/version`, or of the newest version of `name`. Raises ModelRefused, naming what there is."""
    name, _, version = reference.partition("/")
    versions = sorted((f.parent.name for f in (registry / name).glob("*/model.yaml")), key=_natural)
    if not versions or (version and version not in versions):
        there = ", ".join(f"{name}/{v}" for v in versions) or "no version of it"
        raise ModelRefused(registry / reference, f"there is no such model; the registry has {there}")
    return registry / name / (version or versions[-1])


def load_model(folder: Path) -> LoadedModel:
    """The model in `folder`. Raises ModelRefused: missing, altered, a pickle, with data elsewhere, too big."""
    card = read_card(folder / "model.yaml")
    file = folder / card.file
    try:
        if file.resolve(strict=True).parent != folder.resolve():
            raise ModelRefused(file, "points outside its folder")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise ModelRefused(file, f"{size / 2**20:.0f} MB; at most {MAX_BYTES // 2**20} MB are loaded")
        onnx = file.read_bytes()
    except OSError as error:
        raise ModelRefused(file, error.strerror or "cannot be read") from error
    digest = hashlib.sha256(onnx).hexdigest()
    if digest != card.sha256:
        raise ModelRefused(file, f"sha256 is {digest}, model.yaml says {card.sha256}: altered or only half copied")
    if onnx.startswith(_PICKLES):
        raise ModelRefused(file, "is a pickle, which can run code when loaded; only ONNX is")
    try:
        if points_outside(onnx):
            raise ModelRefused(file, "keeps weights in another file; all of them must be inside")
    except ValueError as error:
        raise ModelRefused(file, f"is not an ONNX file ({error})") from error
    return LoadedModel(card, onnx)


def read_card(path: Path) -> ModelCard:
    """What a `model.yaml` says; the weights beside it are not looked at. Raises ModelRefused."""
    try:
        return ModelCard.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelRefused(path, error.strerror or "cannot be read") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ModelRefused(path, "is not YAML") from error
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, e['loc'])) or '(whole)'}: {e['msg']}" for e in error.errors(include_url=False))
        raise ModelRefused(path, "; ".join(faults)) from error


def _natural(version: str) -> list[tuple[int, str]]:
    """0.9 before 0.10, 2 before 10; a part that is no number comes before those that are."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[._-]", version)]
