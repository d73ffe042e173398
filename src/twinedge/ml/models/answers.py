"""Scores in the API's terms."""

from typing import Any

from twinedge.ml.algorithms.predictor import Predictor, Scores
from twinedge.ml.models.model import Answer


def answer(predictor: Predictor, scores: Scores, row: int, latency_ms: float) -> Answer:
    """One scored row."""
    plan = predictor.blueprint
    value: Any = float(scores.prediction[row])
    if plan.classes:
        value = plan.classes[int(value)]
    elif plan.target is None or plan.alpha is not None:
        value = int(value)
    has_score = plan.threshold is not None
    probability = None
    if scores.probability is not None:
        pairs = zip(plan.classes, scores.probability[row], strict=True)
        probability = {str(name): float(chance) for name, chance in pairs}
    blame = scores.blame
    return Answer(
        prediction=value,
        score=float(scores.unit[row]) if has_score else None,
        raw_score=float(scores.raw[row]) if has_score else None,
        raw_threshold=plan.threshold,
        is_anomaly=bool(scores.is_anomaly[row]),
        contributions={}
        if blame is None
        else {name: float(blame[row, i]) for i, name in enumerate(plan.features)},
        probabilities=probability,
        latency_ms=latency_ms,
    )
