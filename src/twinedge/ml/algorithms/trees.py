"""Decision trees as one ONNX node, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.graph import Graph
from twinedge.ml.algorithms.model import Floats, UnsuitableData

_BRANCH_LEQ, _SUM, _NO_TRANSFORM = 0, 1, 0
"""Codes of the operator: left when x <= split; leaves are added; nothing is done to the sum."""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One decision tree: column arrays by node; children are -1 at leaves.

    A row goes left when x[feature] <= threshold. Its leaf's weight is added to the target of this
    number.
    """

    left: NDArray[np.integer]
    right: NDArray[np.integer]
    feature: NDArray[np.integer]
    threshold: Floats
    weight: Floats
    target: int = 0


def tree_ensemble(graph: Graph, x: str, trees: Sequence[Tree], targets: int = 1) -> str:
    """The leaves' weights summed by target: a name of [rows, targets], exact in double.

    The operator is of ai.onnx.ml 5. The one before answers in float32, writes a text for each node
    (files more than twice as large) and takes five times as long to build.
    """
    from onnx import numpy_helper

    parts = [_Part.of(tree) for tree in trees]
    nodes = np.cumsum([0, *(len(part.feature) for part in parts)])
    leaves = np.cumsum([0, *(len(part.weight) for part in parts)])

    def children(places: str, kinds: str) -> NDArray[np.int64]:
        """Where every node's child is among all nodes, or among all leaves."""
        return np.concatenate(
            [
                getattr(part, places) + np.where(getattr(part, kinds), leaves[i], nodes[i])
                for i, part in enumerate(parts)
            ]
        )

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return graph.op(
        "TreeEnsemble", x, domain="ai.onnx.ml",
        n_targets=targets,
        aggregate_function=_SUM,
        post_transform=_NO_TRANSFORM,
        tree_roots=nodes[:-1].tolist(),
        nodes_featureids=joined("feature").tolist(),
        nodes_splits=numpy_helper.from_array(joined("split"), "splits"),
        nodes_modes=numpy_helper.from_array(np.full(nodes[-1], _BRANCH_LEQ, np.uint8), "modes"),
        nodes_truenodeids=children("left", "left_is_leaf").tolist(),
        nodes_trueleafs=joined("left_is_leaf").astype(np.int64).tolist(),
        nodes_falsenodeids=children("right", "right_is_leaf").tolist(),
        nodes_falseleafs=joined("right_is_leaf").astype(np.int64).tolist(),
        leaf_weights=numpy_helper.from_array(joined("weight"), "weights"),
        leaf_targetids=np.repeat([tree.target for tree in trees], np.diff(leaves)).tolist(),
    )  # fmt: skip


def leaf_rows(graph: Graph, x: str, trees: Sequence[Tree], weights: Sequence[Floats]) -> str:
    """The leaves' rows of weights summed: a name of [rows, columns].

    For leaves that add to several targets at once, which the operator does not know: each tree says
    which leaf a row fell into, and the leaf's row is looked up. weights: float64[nodes, columns] of
    each tree; the trees' own weights do not count.
    """
    from onnx import TensorProto

    leaf = [np.flatnonzero(np.asarray(tree.left) < 0) for tree in trees]
    first = np.cumsum([0, *(len(places) for places in leaf)])
    numbered = []
    for number, (tree, places) in enumerate(zip(trees, leaf, strict=True)):
        which = np.zeros(len(tree.left))
        which[places] = first[number] + np.arange(len(places))
        numbered.append(replace(tree, weight=which, target=number))
    fell = graph.op("Cast", tree_ensemble(graph, x, numbered, len(trees)), to=TensorProto.INT64)
    table = np.concatenate([w[places] for w, places in zip(weights, leaf, strict=True)])
    found = graph.op("Gather", graph.constant(table), fell, axis=0)
    return graph.op("ReduceSum", found, graph.constant(np.array([1], np.int64)), keepdims=0)


def boosted_trees(graph: Graph, x: str, fitted: Any) -> str:
    """The raw answer of a histogram gradient boosting: a name of [rows, targets]."""
    rounds = fitted._predictors
    targets = len(rounds[0])
    trees = [
        _boosted(predictor.nodes, target)
        for round_ in rounds
        for target, predictor in enumerate(round_)
    ]
    start = np.asarray(fitted._baseline_prediction, np.float64).reshape(1, targets)
    return graph.op("Add", tree_ensemble(graph, x, trees, targets), graph.constant(start))


def _boosted(nodes: NDArray[Any], target: int) -> Tree:
    """One tree of a histogram gradient boosting; it adds to one target only."""
    if bool(nodes["is_categorical"].any()):
        raise UnsuitableData("trees with category splits are not supported")
    leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        np.where(leaf, -1, nodes["left"].astype(np.int64)),
        np.where(leaf, -1, nodes["right"].astype(np.int64)),
        nodes["feature_idx"].astype(np.int64),
        nodes["num_threshold"].astype(np.float64),
        nodes["value"].astype(np.float64),
        target,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A tree with inner nodes and leaves numbered apart, each from 0."""

    feature: NDArray[np.int64]
    split: Floats
    left: NDArray[np.int64]
    left_is_leaf: NDArray[np.bool_]
    right: NDArray[np.int64]
    right_is_leaf: NDArray[np.bool_]
    weight: Floats

    @classmethod
    def of(cls, tree: Tree) -> "_Part":
        leaf = np.asarray(tree.left) < 0
        inner = np.flatnonzero(~leaf)
        weight = np.asarray(tree.weight, np.float64)[leaf]
        if len(inner) == 0:  # a root that is a leaf: the operator wants a node, both ways to it
            none, yes = np.zeros(1, np.int64), np.ones(1, np.bool_)
            return cls(none, np.zeros(1), none, yes, none, yes, weight)
        place = np.where(leaf, np.cumsum(leaf), np.cumsum(~leaf)) - 1
        left, right = tree.left[inner], tree.right[inner]
        return cls(
            np.asarray(tree.feature, np.int64)[inner],
            np.asarray(tree.threshold, np.float64)[inner],
            place[left], leaf[left], place[right], leaf[right], weight,
        )  # fmt: skip
