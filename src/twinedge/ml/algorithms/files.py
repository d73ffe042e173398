"""A fitted model on disk: model.json, model.onnx, arrays.npz. Nothing here can run code."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from twinedge.ml.algorithms.model import Blueprint, Fitted, Task


def save(fitted: Fitted, directory: Path) -> None:
    """Write the model; the directory is made."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "model.json").write_text(json.dumps(asdict(fitted.blueprint)))
    (directory / "model.onnx").write_bytes(fitted.onnx)
    with (directory / "arrays.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **fitted.arrays)


def load(directory: Path) -> Fitted:
    """Read what `save` wrote; arrays of objects (pickles) are refused."""
    read = json.loads((directory / "model.json").read_text())
    read["task"] = Task(read["task"])
    for name in ("features", "classes"):
        read[name] = tuple(read[name])
    read["categories"] = {key: tuple(values) for key, values in read["categories"].items()}
    with np.load(directory / "arrays.npz", allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    return Fitted(Blueprint(**read), (directory / "model.onnx").read_bytes(), kept)
