"""A fitted model on disk: model.json, model.onnx, arrays.npz, and estimator.skops to re-train.

Nothing here can run code: JSON, ONNX, arrays without objects, and skops with an allow-list.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from twinedge.ml.algorithms.model import Blueprint, Fitted, Preparation, Task, UnsuitableData

TRUSTED = (
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.tree._tree.Tree",
)
"""Types beyond skops' own safe list that an estimator file may hold."""
ESTIMATOR = "estimator.skops"


def save(fitted: Fitted, directory: Path) -> None:
    """Write the model; the directory is made."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "model.json").write_text(json.dumps(asdict(fitted.blueprint)))
    (directory / "model.onnx").write_bytes(fitted.onnx)
    with (directory / "arrays.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **fitted.arrays)
    if fitted.estimator is not None:
        import skops.io

        skops.io.dump(fitted.estimator, directory / ESTIMATOR)


def load(directory: Path) -> Fitted:
    """Read what `save` wrote; arrays of objects (pickles) are refused."""
    read = json.loads((directory / "model.json").read_text())
    read["task"] = Task(read["task"])
    plan = read["preparation"]
    read["preparation"] = Preparation(
        **plan | {name: tuple(plan[name]) for name in ("statistics", "lags")}
    )
    for name in ("features", "classes"):
        read[name] = tuple(read[name])
    read["categories"] = {key: tuple(values) for key, values in read["categories"].items()}
    with np.load(directory / "arrays.npz", allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    return Fitted(Blueprint(**read), (directory / "model.onnx").read_bytes(), kept)


def load_estimator(directory: Path) -> Any:
    """What scikit-learn fitted, for re-training; None where there is no such file.

    Raises UnsuitableData when the file holds a type that is not on the allow-list, or is no skops
    file; nothing of it is run.
    """
    import skops.io

    file = directory / ESTIMATOR
    if not file.exists():
        return None
    try:
        unknown = set(skops.io.get_untrusted_types(file=file)) - set(TRUSTED)
        if unknown:
            raise UnsuitableData(
                f"{ESTIMATOR} holds types that are not allowed: {', '.join(sorted(unknown))}"
            )
        return skops.io.load(file, trusted=list(TRUSTED))
    except (ValueError, KeyError, TypeError, OSError, BadZipFile) as error:
        raise UnsuitableData(f"{ESTIMATOR} cannot be read: {error}") from None
