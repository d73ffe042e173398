"""Scores rows with a fitted model: rolling features, ONNX core, smoothing, threshold, blame."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.algorithms.model import Blueprint, Fitted, Floats, Task
from twinedge.ml.algorithms.rolling import FIRST_ROWS, rolling_mean, widen

_TIE = 3e-7
"""Scores this close (relative) to the threshold are not above it: trees answer in float32."""


@dataclass(slots=True, eq=False)
class State:
    """What a model remembers of one asset between rows; small, and kept as JSON.

    tail: the last rows; raws: the last raw scores; baseline: drift absorbed so far (in units of
    spread); first: sum of the unit's first rows and `seen` how many rows there were.
    """

    tail: Floats
    raws: Floats
    baseline: Floats
    first: Floats
    seen: int = 0

    def to_json(self) -> str:
        return json.dumps(
            {
                "tail": self.tail.tolist(),
                "raws": self.raws.tolist(),
                "baseline": self.baseline.tolist(),
                "first": self.first.tolist(),
                "seen": self.seen,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "State":
        read = json.loads(text)
        width = len(read["baseline"])
        return cls(
            np.array(read["tail"], np.float64).reshape(-1, width),
            np.array(read["raws"], np.float64),
            np.array(read["baseline"], np.float64),
            np.array(read["first"], np.float64),
            int(read["seen"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """n rows scored. raw and unit (0..1) are NaN for regression; blame float64[n, d] sums to 1.

    prediction: the anomaly's 0/1, the class code, or the value. probability [n, classes] or None.
    """

    raw: Floats
    unit: Floats
    is_anomaly: NDArray[np.bool_]
    prediction: Floats
    blame: Floats | None
    probability: Floats | None


class Predictor:
    """One model, ready to score. Not for several threads at once on one State."""

    def __init__(self, fitted: Fitted) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.blueprint: Blueprint = fitted.blueprint
        self._arrays = fitted.arrays
        self._session = onnxruntime.InferenceSession(
            fitted.onnx, options, providers=["CPUExecutionProvider"]
        )
        self._width = len(self.blueprint.features)

    def empty(self) -> State:
        """The state of a unit never seen."""
        none = np.empty(0)
        return State(np.empty((0, self._width)), none, np.zeros(self._width), np.zeros(self._width))

    def fresh(self) -> State:
        """The state to start from: that at the end of training; empty when trained on units."""
        if self.blueprint.grouped:
            return self.empty()
        return State(
            self._arrays["tail"].copy(),
            self._arrays["raws"].copy(),
            np.zeros(self._width),
            self._arrays["first"].copy(),
            int(self._arrays["seen"]),
        )

    def encode(self, rows: Sequence[Mapping[str, Any]], at: str) -> Floats:
        """Feature objects as float64[n, d]. Raises Invalid naming every missing, unknown or wrong
        feature; `at` is the field's path, `[i]` is added when there are several rows."""
        faults: list[Fault] = []
        out = np.empty((len(rows), self._width))
        for number, row in enumerate(rows):
            place = f"{at}[{number}]" if len(rows) > 1 else at
            for name in row:
                if name not in self.blueprint.features:
                    faults.append(Fault(f"{place}.{name}", "is not a feature of this model"))
            for column, name in enumerate(self.blueprint.features):
                if name not in row:
                    faults.append(Fault(f"{place}.{name}", "is required"))
                    continue
                out[number, column], fault = self._encode_one(name, row[name])
                if fault:
                    faults.append(Fault(f"{place}.{name}", fault))
        if faults:
            raise Invalid(
                f"{len(faults)} faults in the features; this model takes exactly: "
                + ", ".join(self.blueprint.features[:50]),
                faults[:100],
            )
        return out

    def _encode_one(self, name: str, value: Any) -> tuple[float, str | None]:
        known = self.blueprint.categories.get(name)
        if known is not None:
            if not isinstance(value, str):
                return 0.0, f"must be a text, one of: {', '.join(known[:20])}"
            return (float(known.index(value)) if value in known else -1.0), None
        if isinstance(value, bool):
            return float(value), None
        if not isinstance(value, int | float) or not abs(value) < 1e300:
            return 0.0, "must be a finite number"
        return float(value), None

    def score(self, rows: Floats, state: State, *, explain: bool = True) -> Scores:
        """Score rows in time order; `state` is moved on."""
        if self.blueprint.alpha is not None:
            return self._adaptive(rows, state, explain)
        before = State(state.tail, state.raws, state.baseline, state.first.copy(), state.seen)
        output = self._core(self._prepare(rows, state))
        if self.blueprint.task is Task.REGRESSION:
            result = self._regression(output)
        elif self.blueprint.task is Task.CLASSIFICATION:
            result = self._classification(output)
        else:
            result = self._anomaly(self._smoothed(output[:, 0], state))
        if explain:
            result = self._explained(result, rows, before)
        return result

    def _prepare(self, rows: Floats, state: State) -> Floats:
        """Rows as the core takes them; moves the state's rows on."""
        plan = self.blueprint
        if plan.spread:
            prepared = self._widened(rows, state)
        else:
            prepared = rolling_mean(state.tail, rows, plan.window)
        keep = plan.window - 1
        state.tail = np.concatenate([state.tail, rows])[-keep:] if keep else state.tail[:0]
        state.seen += len(rows)
        return prepared

    def _widened(self, rows: Floats, state: State) -> Floats:
        """Widened rows; the origin is the mean of the unit's first rows, as far as they go."""
        plan = self.blueprint
        seen = state.seen + np.arange(1, len(rows) + 1)
        counted = np.minimum(seen, FIRST_ROWS)[:, None]
        within = np.where((seen <= FIRST_ROWS)[:, None], rows, 0.0)
        origin = (state.first + np.cumsum(within, axis=0)) / counted
        state.first = state.first + within.sum(axis=0)
        return widen(state.tail, rows, plan.window, origin)

    def _smoothed(self, raw: Floats, state: State) -> Floats:
        window = self.blueprint.smooth
        if window == 1:
            return raw
        smooth = rolling_mean(state.raws[:, None], raw[:, None], window)[:, 0]
        state.raws = np.concatenate([state.raws, raw])[-(window - 1) :]
        return smooth

    def _core(self, prepared: Floats) -> Floats:
        output: Floats = self._session.run(None, {"features": np.ascontiguousarray(prepared)})[0]
        return output

    def _adaptive(self, rows: Floats, state: State, explain: bool) -> Scores:
        """Mahalanobis distance from a baseline that follows while all is well."""
        alpha, threshold = self.blueprint.alpha, self.blueprint.threshold
        assert alpha is not None
        assert threshold is not None
        prepared = self._prepare(rows, state)
        z = (prepared - self._arrays["center"]) / self._arrays["spread"]
        precision = self._arrays["precision"]
        if alpha == 0:
            weighted = z @ precision
            parts = z * weighted
            return self._anomaly(np.sqrt(np.maximum(parts.sum(axis=1), 0)), parts, explain)
        parts = np.empty_like(z)
        raw = np.empty(len(z))
        baseline = state.baseline
        for number, row in enumerate(z):
            residual = row - baseline
            parts[number] = residual * (precision @ residual)
            raw[number] = max(float(parts[number].sum()), 0.0) ** 0.5
            if raw[number] < threshold:
                baseline = baseline + alpha * residual
        state.baseline = baseline
        return self._anomaly(raw, parts, explain)

    def _anomaly(self, raw: Floats, parts: Floats | None = None, explain: bool = False) -> Scores:
        threshold = self.blueprint.threshold
        assert threshold is not None
        above = raw > threshold + _TIE * max(abs(threshold), 1e-6)
        blame = shares(np.maximum(parts, 0)) if explain and parts is not None else None
        unit = to_unit(raw, threshold, self.blueprint.scale)
        return Scores(raw, unit, above, above.astype(np.float64), blame, None)

    def _classification(self, output: Floats) -> Scores:
        """The score is the probability of the positive class (of trouble)."""
        threshold = self.blueprint.threshold
        assert threshold is not None
        raw = output[:, self.blueprint.positive]
        above = raw >= threshold
        prediction = np.argmax(output, axis=1).astype(np.float64)
        if output.shape[1] == 2:
            prediction = np.where(above, self.blueprint.positive, 1 - self.blueprint.positive) * 1.0
        unit = np.where(
            raw < threshold,
            0.5 * raw / threshold,
            0.5 + 0.5 * (raw - threshold) / max(1 - threshold, 1e-9),
        )
        return Scores(raw, unit, above, prediction, None, output)

    def _regression(self, output: Floats) -> Scores:
        nothing = np.full(len(output), np.nan)
        return Scores(nothing, nothing, np.zeros(len(output), np.bool_), output[:, 0], None, None)

    def _explained(self, result: Scores, rows: Floats, before: State) -> Scores:
        """Blame by what the answer would be with each feature at its training median."""
        count, width = rows.shape
        medians = self._arrays["median"]
        blame = np.empty((count, width))
        base_rows = self._prepare_copy(rows, before)
        base = self._answer(self._core(base_rows))
        for column in range(width):
            calm = rows.copy()
            calm[:, column] = medians[column]
            blame[:, column] = base - self._answer(self._core(self._prepare_copy(calm, before)))
        size = np.abs(blame) if self.blueprint.task is Task.REGRESSION else np.maximum(blame, 0)
        return Scores(
            result.raw, result.unit, result.is_anomaly, result.prediction, shares(size),
            result.probability,
        )  # fmt: skip

    def _prepare_copy(self, rows: Floats, state: State) -> Floats:
        copy = State(state.tail, state.raws, state.baseline, state.first.copy(), state.seen)
        return self._prepare(rows, copy)

    def _answer(self, output: Floats) -> Floats:
        column = self.blueprint.positive if self.blueprint.task is Task.CLASSIFICATION else 0
        answer: Floats = output[:, column]
        return answer


def shares(parts: Floats) -> Floats:
    """Each row's parts as shares of their sum; zeros where there is nothing to share."""
    total = parts.sum(axis=1, keepdims=True)
    result: Floats = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return result


def to_unit(raw: Floats, threshold: float, scale: float) -> Floats:
    """Raw scores as 0..1: strictly rising, 0.5 at the threshold, never saturating."""
    u = (raw - threshold) / scale
    unit: Floats = 0.5 * (1 + u / (1 + np.abs(u)))
    return unit
