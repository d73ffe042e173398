"""A model as an ONNX file that says what it is."""

import json
from pathlib import Path

from twinedge.ml.models.model import Model


def onnx_with_card(directory: Path, model: Model) -> bytes:
    """The ONNX file with its metadata: texts by name, objects as JSON.

    The graph takes prepared rows ("features", float64) and answers the raw score or the prediction;
    `blueprint` says how rows are prepared and what is done with the answer.
    """
    import onnx

    loaded = onnx.load_model_from_string((directory / "model.onnx").read_bytes())
    onnx.helper.set_model_props(
        loaded,
        {
            "name": model.name,
            "version": str(model.version),
            "algorithm": model.algorithm,
            "task": model.task,
            "features": json.dumps(model.features),
            "threshold": json.dumps(model.threshold),
            "card": json.dumps(dict(model.card)),
            "blueprint": (directory / "model.json").read_text(),
        },
    )
    written: bytes = loaded.SerializeToString()
    return written
