"""Products in 8 bits: near those in floats, and the same whichever bytes a processor multiplies."""

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from ingest.export import multiplies_signed
from ingest.quantize import quantize_by_token

rng = np.random.default_rng(5)
WEIGHTS = rng.normal(size=(96, 64)).astype(np.float32)
TOKENS = rng.normal(size=(2, 7, 96)).astype(np.float32)
TOKENS[0, 0] *= 50  # one token far larger than its neighbors


def product(*, is_signed: bool) -> NDArray[np.float32]:
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["tokens", "weights"], ["products"])],
        "product",
        [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [None, None, 96])],
        [helper.make_tensor_value_info("products", TensorProto.FLOAT, [None, None, 64])],
        [numpy_helper.from_array(WEIGHTS, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    quantize_by_token(model, is_signed=is_signed)
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"tokens": TOKENS})[0]


def test_a_product_is_near_that_of_floats_for_every_token() -> None:
    wanted = TOKENS @ WEIGHTS
    away = np.linalg.norm(product(is_signed=False) - wanted, axis=-1) / np.linalg.norm(wanted, axis=-1)
    assert away.max() < 0.02


@pytest.mark.skipif(not multiplies_signed(), reason="this processor cuts off products of signed bytes")
def test_signed_and_unsigned_bytes_give_the_same_numbers() -> None:
    np.testing.assert_array_equal(product(is_signed=True), product(is_signed=False))
