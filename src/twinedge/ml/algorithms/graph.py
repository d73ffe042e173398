"""ONNX graphs, written by hand: small, exact in double, fast for a single row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=9, producer_name="twinedge"
        )
        helper.set_model_props(model, dict(metadata))
        onnx.checker.check_model(model)
        data: bytes = model.SerializeToString()
        return data

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One decision tree: column arrays by node; children are -1 at leaves.

    A row goes left when x[feature] <= threshold. weights float64[nodes, targets] count at leaves.
    """

    left: NDArray[np.integer]
    right: NDArray[np.integer]
    feature: NDArray[np.integer]
    threshold: Floats
    weights: Floats


def tree_ensemble(graph: Graph, x: str, trees: Sequence[Tree]) -> str:
    """All trees in one node, the leaves' weights summed.

    Splits are compared in double, so they are exact; the operator answers in float32 (its
    standard says so), which costs a relative error below 1e-7.
    """
    from onnx import TensorProto, numpy_helper

    keys = ("tree", "node", "feature", "mode", "value", "yes", "no", "tt", "tn", "ti", "tw")
    columns: dict[str, list[Any]] = {key: [] for key in keys}
    targets = trees[0].weights.shape[1]
    for number, tree in enumerate(trees):
        nodes = np.arange(len(tree.left))
        leaf = tree.left < 0
        columns["tree"].append(np.full(len(nodes), number))
        columns["node"].append(nodes)
        columns["feature"].append(np.where(leaf, 0, tree.feature))
        columns["mode"].append(np.where(leaf, "LEAF", "BRANCH_LEQ"))
        columns["value"].append(np.where(leaf, 0.0, tree.threshold))
        columns["yes"].append(np.where(leaf, 0, tree.left))
        columns["no"].append(np.where(leaf, 0, tree.right))
        leaves = np.flatnonzero(leaf)
        columns["tt"].append(np.full(len(leaves) * targets, number))
        columns["tn"].append(np.repeat(leaves, targets))
        columns["ti"].append(np.tile(np.arange(targets), len(leaves)))
        columns["tw"].append(tree.weights[leaves].ravel())
    flat = {key: np.concatenate(parts) for key, parts in columns.items()}
    sums = graph.op(
        "TreeEnsembleRegressor",
        x,
        domain="ai.onnx.ml",
        n_targets=targets,
        aggregate_function="SUM",
        nodes_treeids=flat["tree"].tolist(),
        nodes_nodeids=flat["node"].tolist(),
        nodes_featureids=flat["feature"].tolist(),
        nodes_modes=flat["mode"].tolist(),
        nodes_values_as_tensor=numpy_helper.from_array(flat["value"].astype(np.float64), "values"),
        nodes_truenodeids=flat["yes"].tolist(),
        nodes_falsenodeids=flat["no"].tolist(),
        nodes_missing_value_tracks_true=[0] * len(flat["node"]),
        target_treeids=flat["tt"].tolist(),
        target_nodeids=flat["tn"].tolist(),
        target_ids=flat["ti"].tolist(),
        target_weights_as_tensor=numpy_helper.from_array(flat["tw"].astype(np.float64), "weights"),
    )
    return graph.op("Cast", sums, to=TensorProto.DOUBLE)
