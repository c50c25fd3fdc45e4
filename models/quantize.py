"""The same network in 8 bits: convolutions only, per channel, calibrated on training pictures."""
# pyright: reportMissingImports=false

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from edge.vision.letterbox import STRIDE, letterbox
from edge.vision.model_file import ModelCard
from edge.vision.segmenter import tensor
from models.data import Item


class Pictures(CalibrationDataReader):
    """Pictures as the edge feeds them to the model that `card` describes."""

    def __init__(self, items: list[Item], card: ModelCard) -> None:
        self._feeds = self._all(items, card)

    @staticmethod
    def _all(items: list[Item], card: ModelCard) -> Iterator[dict[str, NDArray[np.float32]]]:
        for item in items:
            picture, _ = item.read()
            wanted = card.input
            boxed = letterbox(
                picture[:, :, ::-1].astype(np.uint8), wanted.long_side, wanted.multiple, wanted.pad_value, STRIDE
            )
            yield {card.input.name: tensor(boxed.image, card)}

    # None ends the reading, as the runtime documents it; its own annotation forgets that.
    def get_next(self) -> dict[str, NDArray[np.float32]] | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return next(self._feeds, None)


def quantize(source: Path, target: Path, items: list[Item], card: ModelCard, spared: Sequence[str] = ()) -> Path:
    """Writes `source` (ONNX fp32) as an 8-bit file (QDQ around every Conv but the `spared` nodes) to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        prepared = Path(work) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared), str(target), Pictures(items, card), quant_format=QuantFormat.QDQ, per_channel=True,
            op_types_to_quantize=["Conv"], activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
            nodes_to_exclude=list(spared),
        )  # fmt: skip
    return target
