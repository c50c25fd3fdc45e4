"""Small ONNX files written by hand (protobuf wire format), so that tests need neither weights nor the onnx package."""

import numpy as np
from numpy.typing import NDArray


def _varint(value: int) -> bytes:
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def nested(field: int, payload: bytes | str) -> bytes:
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def tensor(name: str, values: NDArray[np.float32], *, external: str | None = None) -> bytes:
    """A TensorProto; with `external` its data are said to lie in that file."""
    head = b"".join(number(1, side) for side in values.shape) + number(2, 1) + nested(8, name)
    if external is None:
        return head + nested(9, values.tobytes())
    return head + nested(13, nested(1, "location") + nested(2, external)) + number(14, 1)


def _ints(name: str, values: list[int]) -> bytes:
    return nested(5, nested(1, name) + b"".join(number(8, value) for value in values) + number(20, 7))


def _value(name: str, sides: list[int | str]) -> bytes:
    dims = b"".join(nested(1, number(1, side) if isinstance(side, int) else nested(2, side)) for side in sides)
    return nested(1, name) + nested(2, nested(1, number(1, 1) + nested(2, dims)))


def segmenter(weights: NDArray[np.float32], stride: int = 8, *, external: str | None = None) -> bytes:
    """A model whose logits are `weights` (classes, 3) times the mean colour of each `stride` x `stride` cell."""
    classes = weights.shape[0]
    pool = nested(1, "image") + nested(2, "cells") + nested(4, "AveragePool")
    pool += _ints("kernel_shape", [stride, stride]) + _ints("strides", [stride, stride])
    conv = nested(1, "cells") + nested(1, "weight") + nested(2, "logits") + nested(4, "Conv")
    graph = nested(1, pool) + nested(1, conv) + nested(2, "cells of colour")
    graph += nested(5, tensor("weight", weights.reshape(classes, 3, 1, 1), external=external))
    graph += nested(11, _value("image", [1, 3, "h", "w"])) + nested(12, _value("logits", [1, classes, "i", "j"]))
    return number(1, 8) + nested(7, graph) + nested(8, nested(1, "") + number(2, 13))


def detector(rows: NDArray[np.float32]) -> bytes:
    """A model that gives these boxes, `rows` (N, 4 + classes), their scores times the mean of the whole input."""
    boxes, scores = rows.copy()[None], rows.copy()[None]
    boxes[:, :, 4:], scores[:, :, :4] = 0, 0
    mean = nested(1, "image") + nested(2, "mean") + nested(4, "ReduceMean")
    mean += nested(5, nested(1, "keepdims") + number(3, 0) + number(20, 2)) + _ints("axes", [0, 1, 2, 3])
    lit = nested(1, "scores") + nested(1, "mean") + nested(2, "lit") + nested(4, "Mul")
    both = nested(1, "boxes") + nested(1, "lit") + nested(2, "found") + nested(4, "Add")
    graph = nested(1, mean) + nested(1, lit) + nested(1, both) + nested(2, "boxes known by heart")
    graph += nested(5, tensor("boxes", boxes)) + nested(5, tensor("scores", scores))
    graph += nested(11, _value("image", [1, 3, "h", "w"])) + nested(12, _value("found", [*boxes.shape]))
    return number(1, 8) + nested(7, graph) + nested(8, nested(1, "") + number(2, 13))
