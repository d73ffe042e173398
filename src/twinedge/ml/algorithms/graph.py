"""ONNX graphs, written by hand: small, exact in double, fast for a single row."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Floats


class Graph:
    """One graph under construction; every value is a name. Input and output are double."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._count = 0

    def input(self, name: str, width: int) -> str:
        """An input of n rows of this width."""
        from onnx import TensorProto, helper

        self._inputs.append(
            helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["rows", width])
        )
        return name

    def constant(self, array: NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = self._name("c")
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attrs: Any) -> str:
        """Add a node; answers the name of its last output."""
        from onnx import helper

        names = [self._name("v") for _ in range(outputs)]
        self._nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attrs))
        return names[-1]

    def affine(self, x: str, weights: Floats, bias: Floats) -> str:
        """x @ weights + bias."""
        return self.op("Add", self.op("MatMul", x, self.constant(weights)), self.constant(bias))

    def standardise(self, x: str, center: Floats, spread: Floats) -> str:
        return self.op("Div", self.op("Sub", x, self.constant(center)), self.constant(spread))

    def row_sum(self, x: str) -> str:
        """Sum over the columns, kept as one column."""
        return self.op("ReduceSum", x, self.constant(np.array([1], np.int64)), keepdims=1)

    def as_float32(self, x: str) -> str:
        """Round to float32 and back: scikit-learn's trees see float32."""
        from onnx import TensorProto

        return self.op("Cast", self.op("Cast", x, to=TensorProto.FLOAT), to=TensorProto.DOUBLE)

    def finish(self, output: str, metadata: Mapping[str, str]) -> bytes:
        """The checked file, with `output` as its only output and metadata as properties."""
        import onnx
        from onnx import TensorProto, helper

        self._nodes.append(helper.make_node("Identity", [output], ["output"]))
        out = helper.make_tensor_value_info("output", TensorProto.DOUBLE, ["rows", None])
        graph = helper.make_graph(self._nodes, "twinedge", self._inputs, [out], self._constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 5)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=10, producer_name="twinedge"
        )
        helper.set_model_props(model, dict(metadata))
        onnx.checker.check_model(model)
        data: bytes = model.SerializeToString()
        return data

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"
