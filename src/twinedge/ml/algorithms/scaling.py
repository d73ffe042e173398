"""How columns are brought to one size; the numbers become part of the ONNX graph."""

import numpy as np

from twinedge.ml.algorithms.model import Floats


def scale_of(kind: str, rows: Floats) -> tuple[Floats, Floats]:
    """Centre and spread of each column; a constant column gets a spread of its size.

    none: 0 and 1; standard: mean and standard deviation; robust: median and quartile distance;
    operating_point: median and standard deviation.
    """
    if kind == "none":
        return np.zeros(rows.shape[1]), np.ones(rows.shape[1])
    center = rows.mean(axis=0) if kind == "standard" else np.median(rows, axis=0)
    spread = rows.std(axis=0)
    if kind == "robust":
        low, high = np.quantile(rows, [0.25, 0.75], axis=0)
        quartile = (high - low) / 1.349
        spread = np.where(quartile > 0, quartile, spread)  # mostly constant: keep its deviation
    floor = np.maximum(np.abs(center) * 1e-6, 1e-9)
    return center, np.where(spread > floor, spread, np.maximum(floor, 1.0))
