"""Reads just enough of an ONNX file (protobuf wire format) to know that it keeps all its weights inside.

Field numbers are those of onnx.proto3: a tensor may point to another file by `data_location` = EXTERNAL (14) or
`external_data` (13), which would let a model read any path of this machine.
"""

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_TENSOR = "tensor"

_CHILDREN: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: _TENSOR, 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: _TENSOR, 6: "graph", 10: _TENSOR, 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: _TENSOR, 2: _TENSOR},
    _TENSOR: {},
}


def points_outside(onnx: bytes) -> bool:
    """Whether any tensor of the model refers to data outside the file. Raises ValueError when it is not ONNX."""
    view = memoryview(onnx)
    if not any(number == 7 for number, _, _ in _fields(view)):
        raise ValueError("no graph in it")
    return _any_external("model", view, 0)


def _any_external(kind: str, message: memoryview, depth: int) -> bool:
    if depth > 64:
        raise ValueError("nested too deep")
    children = _CHILDREN[kind]
    for number, _, value in _fields(message):
        if kind == _TENSOR and (number == 13 or (number == 14 and value == 1)):
            return True
        child = children.get(number)
        if child and isinstance(value, memoryview) and _any_external(child, value, depth + 1):
            return True
    return False


def _fields(message: memoryview) -> Iterator[tuple[int, int, int | memoryview]]:
    """(field number, wire type, value) of each field of one message."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield number, wire, value
            continue
        if wire == _BYTES:
            size, at = _varint(message, at)
        elif wire in (_FIXED64, _FIXED32):
            size = 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"wire type {wire} at byte {at}")
        if number == 0 or at + size > len(message):
            raise ValueError(f"cut off or garbled at byte {at}")
        yield number, wire, message[at : at + size]
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            raise ValueError("cut off")
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, at
    raise ValueError(f"a number without end at byte {at}")
