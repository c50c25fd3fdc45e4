"""Finding external data anywhere in an ONNX file, and surviving any bytes."""

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.onnx_wire import points_outside
from tests.fakes.onnx_bytes import nested, number, segmenter, tensor

OUTSIDE = tensor("w", np.zeros((1, 2), np.float32), external="w.bin")
INSIDE = tensor("w", np.zeros((1, 2), np.float32))


@pytest.mark.parametrize(
    "path",
    [
        [7, 5],  # graph.initializer
        [7, 1, 5, 5],  # graph.node.attribute.t
        [7, 1, 5, 10],  # graph.node.attribute.tensors
        [7, 1, 5, 6, 5],  # a subgraph's initializer
        [7, 15, 1],  # graph.sparse_initializer.values
        [25, 7, 5, 5],  # a function's node
        [20, 1, 5],  # the training graph
    ],
)
def test_external_data_are_found_wherever_they_are(path: list[int]):
    for payload, found in ((OUTSIDE, True), (INSIDE, False)):
        for field in reversed(path):
            payload = nested(field, payload)
        assert points_outside(nested(7, b"") + payload) is found


def test_a_tensor_that_only_says_external_is_found():
    assert points_outside(nested(7, nested(5, number(14, 1))))
    assert not points_outside(nested(7, nested(5, number(14, 0))))


def test_a_whole_model_keeps_its_weights_inside():
    assert not points_outside(segmenter(np.eye(10, 3, dtype=np.float32)))


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer_or_a_value_error(data: bytes):
    with contextlib.suppress(ValueError):
        points_outside(data)


def test_endless_nesting_ends():
    payload = b""
    for _ in range(200):
        payload = nested(1, nested(5, nested(6, payload)))
    with pytest.raises(ValueError, match="deep"):
        points_outside(nested(7, payload))
