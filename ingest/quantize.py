"""Matrices of an ONNX network in 8 bits: a scale a column of weights, and a scale a token of what they are applied to.

onnxruntime's own `quantize_dynamic` has one scale for a whole batch. Measured on the embedder against floats: states of
the lower layers had a mean cosine of .976 and vectors changed with the texts beside them (cosine down to .995); with a
scale a token it is .999, nothing depends on the neighbors, and the speed is the same.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_COLUMNS = 64
"""Narrower matrices, as those of heads, stay in floats: there is nothing to gain."""
LEVELS = 127.0
"""Of a token or a weight on either side of zero."""
_ZERO, _LEVELS, _LEAST, _ONE = "zero_of_tokens", "levels", "least_scale", "one"
_CONTRIB = "com.microsoft"


def quantize_by_token(model: Any, *, is_signed: bool = True) -> None:
    """Replace every product of tokens and a constant matrix in `model`, an `onnx.ModelProto`, in place.

    Args:
        is_signed: Whether weights are signed bytes. Processors without VNNI add two such products in 16 bits and cut
            off what does not fit, so where `largest_products` comes out wrong weights are bytes around 128: slower,
            the same numbers.
    """
    from onnx import helper, numpy_helper

    graph = model.graph
    matrices = {item.name: item for item in graph.initializer if len(item.dims) == 2 and item.dims[1] >= LEAST_COLUMNS}
    nodes: list[Any] = []
    constants: dict[str, NDArray[Any]] = {}
    done: set[str] = set()
    for node in graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        if name not in matrices:
            nodes.append(node)
            continue
        tokens = node.input[0]
        if tokens not in done:  # queries, keys and values are made of the same states
            done.add(tokens)
            nodes += _rounded(tokens)
        constants |= _in_bits(name, numpy_helper.to_array(matrices[name]), is_signed)
        nodes += _product(tokens, name, node.output[0], is_signed)
    if not constants:
        return
    kept = [item for item in graph.initializer if name_of_bits(item.name) not in constants]
    constants |= {
        _ZERO: np.array(128, dtype=np.uint8),
        _LEVELS: np.array(LEVELS, dtype=np.float32),
        _LEAST: np.array(1e-9, dtype=np.float32),
        _ONE: np.array(1.0, dtype=np.float32),
    }
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + [numpy_helper.from_array(array, name) for name, array in constants.items()])
    model.opset_import.append(helper.make_opsetid(_CONTRIB, 1))


def largest_products() -> tuple[bytes, NDArray[np.uint8], int]:
    """A network of one product with the largest numbers, its input `tokens`, and what each output must be."""
    from onnx import TensorProto, helper, numpy_helper

    size = LEAST_COLUMNS
    weights = numpy_helper.from_array(np.full((size, size), LEVELS, dtype=np.int8), "weights")
    graph = helper.make_graph(
        [_node("MatMulInteger", ["tokens", "weights"], "products")],
        "largest",
        [helper.make_tensor_value_info("tokens", TensorProto.UINT8, [size, size])],
        [helper.make_tensor_value_info("products", TensorProto.INT32, [size, size])],
        [weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    tokens = np.full((size, size), 255, dtype=np.uint8)
    return model.SerializeToString(), tokens, int(size * 255 * LEVELS)


def name_of_bits(name: str) -> str:
    """Name of the 8-bit matrix that stands for the matrix `name`."""
    return f"{name}_bits"


def _in_bits(name: str, weights: NDArray[np.float32], is_signed: bool) -> dict[str, NDArray[Any]]:
    """`weights` (inputs, outputs) as whole numbers, and the scale of each column for tokens in levels."""
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-12) / LEVELS
    whole = np.round(weights / scales)
    return {
        name_of_bits(name): whole.astype(np.int8) if is_signed else (whole + 128).astype(np.uint8),
        f"{name}_scales": (scales / LEVELS).astype(np.float32),
    }


def _rounded(tokens: str) -> list[Any]:
    """Nodes that give each token's largest size and the token in levels of it, 128 standing for zero."""
    size, most, least = f"{tokens}_size", f"{tokens}_most", f"{tokens}_scale"
    per, levels = f"{tokens}_per", f"{tokens}_levels"
    return [
        _node("Abs", [tokens], size),
        _node("ReduceMax", [size], most, axes=[-1], keepdims=1),
        _node("Max", [most, _LEAST], least),
        _node("Div", [_LEVELS, least], per),
        _node("Mul", [tokens, per], levels),
        _node("QuantizeLinear", [levels, _ONE, _ZERO], f"{tokens}_bits"),
    ]


def _product(tokens: str, name: str, target: str, is_signed: bool) -> list[Any]:
    """Nodes that multiply rounded tokens with a rounded matrix and give both scales back."""
    whole = f"{target}_whole"
    given = [f"{tokens}_bits", name_of_bits(name), _ONE, f"{name}_scales", _ZERO]
    if not is_signed:
        given.append(_ZERO)  # of the weights
    return [
        _node("MatMulIntegerToFloat", given, whole, domain=_CONTRIB),
        _node("Mul", [whole, f"{tokens}_scale"], target),
    ]


def _node(kind: str, inputs: list[str], output: str, **settings: Any) -> Any:
    from onnx import helper

    return helper.make_node(kind, inputs, [output], name=output, **settings)
