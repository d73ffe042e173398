"""Scores rows with a fitted model: preparation, ONNX core, smoothing, threshold, blame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.algorithms.model import Blueprint, Fitted, Floats, Task
from twinedge.ml.algorithms.preparation import columns, owners, prepare
from twinedge.ml.algorithms.state import State

__all__ = ["Predictor", "Scores", "State", "shares", "smooth", "to_unit"]

_TIE = 1e-9
"""Scores this close (relative) to the threshold are not above it: last digits of sums differ."""
_AT_ONCE = 2000
"""Rows the core gets at a time: a neighbour method needs a distance to each row it keeps."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """n rows scored. raw and unit (0..1) are NaN for values; blame float64[n, d] sums to 1.

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
        plan = self.blueprint.preparation
        self._prepared = len(columns(plan, self.blueprint.features))
        self._owners = owners(plan, self._width)

    @property
    def interval(self) -> tuple[float, float]:
        """What to add to a forecast for its 90 % interval; zeros of other models."""
        low, high = self._arrays.get("interval", (0.0, 0.0))
        return float(low), float(high)

    @property
    def middles(self) -> Floats:
        """The features' medians at training: float64[d]."""
        middles: Floats = self._arrays["median"]
        return middles

    def empty(self) -> State:
        """The state of a unit never seen."""
        return State.empty(self._width, self._prepared)

    def fresh(self) -> State:
        """The state to start from: that at the end of training; empty when trained on units."""
        if self.blueprint.grouped:
            return self.empty()
        return State(
            self._arrays["tail"].copy(),
            self._arrays["raws"].copy(),
            np.zeros(self._prepared),
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
                "the features are not those of this model, which takes exactly: "
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

    def score(
        self, rows: Floats, state: State, *, explain: bool | NDArray[np.bool_] = True
    ) -> Scores:
        """Score rows in time order; `state` is moved on.

        explain: whether to say which features are to blame, or of which rows: for most models that
        costs as much as scoring a row once a feature.
        """
        if self.blueprint.alpha is not None:
            return self._adaptive(rows, state, bool(np.any(explain)))
        before = state.copy()
        prepared = prepare(self.blueprint.preparation, rows, state)
        output = self._core(prepared)
        if self.blueprint.task.answers_a_value:
            result = self._value(output)
        elif self.blueprint.task is Task.CLASSIFICATION:
            result = self._classification(output)
        else:
            result = self._anomaly(self._smoothed(output[:, 0], state))
        wanted = np.flatnonzero(np.broadcast_to(explain, len(rows)))
        if len(wanted) or explain is True:
            result = self._explained(result, rows, before, prepared, output, wanted)
        return result

    def _smoothed(self, raw: Floats, state: State) -> Floats:
        window = self.blueprint.smooth
        if window == 1 or len(raw) == 0:
            return raw
        mean = smooth(state.raws, raw, window)
        state.raws = np.concatenate([state.raws, raw])[-(window - 1) :]
        return mean

    def _core(self, prepared: Floats) -> Floats:
        given = np.ascontiguousarray(prepared)
        if len(given) <= _AT_ONCE:
            output: Floats = self._session.run(None, {"features": given})[0]
            return output
        cuts = range(_AT_ONCE, len(given), _AT_ONCE)
        return np.concatenate([self._core(part) for part in np.split(given, cuts)])

    def _adaptive(self, rows: Floats, state: State, explain: bool) -> Scores:
        """Mahalanobis distance from a baseline that follows while all is well."""
        alpha, threshold = self.blueprint.alpha, self.blueprint.threshold
        assert threshold is not None
        prepared = prepare(self.blueprint.preparation, rows, state)
        z = (prepared - self._arrays["center"]) / self._arrays["spread"]
        precision = self._arrays["precision"]
        if alpha == 0:
            parts = z * (z @ precision)
            raw = np.sqrt(np.maximum(parts.sum(axis=1), 0))
            return self._anomaly(self._smoothed(raw, state), parts, explain)
        parts, raw = np.empty_like(z), np.empty(len(z))
        rates, baseline = self._arrays["rates"], state.baseline
        for number, row in enumerate(z):
            residual = row - baseline
            parts[number] = residual * (precision @ residual)
            distance = np.array([max(float(parts[number].sum()), 0.0) ** 0.5])
            raw[number] = self._smoothed(distance, state)[0]
            if raw[number] < threshold:
                baseline = baseline + rates * residual
        state.baseline = baseline
        return self._anomaly(raw, parts, explain)

    def _anomaly(self, raw: Floats, parts: Floats | None = None, explain: bool = False) -> Scores:
        threshold = self.blueprint.threshold
        assert threshold is not None
        above = self.is_above(raw)
        blame = None
        if explain and parts is not None:
            blame = shares(np.maximum(parts @ self._owners, 0))
        unit = to_unit(raw, threshold, self.blueprint.scale)
        return Scores(raw, unit, above, above.astype(np.float64), blame, None)

    def is_above(self, raw: Floats) -> NDArray[np.bool_]:
        """Whether a detector's raw scores are anomalies."""
        threshold = self.blueprint.threshold
        assert threshold is not None
        above: NDArray[np.bool_] = raw > threshold + _TIE * max(abs(threshold), 1e-6)
        return above

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

    def _value(self, output: Floats) -> Scores:
        nothing = np.full(len(output), np.nan)
        return Scores(nothing, nothing, np.zeros(len(output), np.bool_), output[:, 0], None, None)

    def _explained(
        self, result: Scores, rows: Floats, before: State, prepared: Floats, output: Floats,
        wanted: NDArray[np.intp],
    ) -> Scores:  # fmt: skip
        """Blame by what the answer would be with each feature at its training median; zeros for
        rows that are not wanted."""
        count, width = len(wanted), rows.shape[1]
        base = self._answer(output)[wanted]
        moved = np.empty((count, width))
        together = max(_AT_ONCE // max(count, 1), 1)  # features whose rows go through the core once
        for first in range(0, width, together):
            some = range(first, min(first + together, width))
            calm = np.concatenate([self._calm(rows, c, before, prepared, wanted) for c in some])
            answers = self._answer(self._core(calm)).reshape(len(some), count)
            moved[:, some.start : some.stop] = (base - answers).T
        size = np.abs(moved) if self.blueprint.task.answers_a_value else np.maximum(moved, 0)
        blame = np.zeros(rows.shape)
        blame[wanted] = shares(size)
        return replace(result, blame=blame)

    def _calm(
        self, rows: Floats, column: int, before: State, prepared: Floats,
        wanted: NDArray[np.intp],
    ) -> Floats:  # fmt: skip
        """The wanted rows as prepared, had this feature been at its median."""
        plan = self.blueprint.preparation
        if plan.interactions:
            calm = rows.copy()
            calm[:, column] = self.middles[column]
            return prepare(plan, calm, before.copy())[wanted]
        one = np.full((len(rows), 1), self.middles[column])
        result = prepared[wanted]
        mine = np.flatnonzero(self._owners[:, column])
        result[:, mine] = prepare(plan, one, before.only(column))[wanted]
        return result

    def _answer(self, output: Floats) -> Floats:
        column = self.blueprint.positive if self.blueprint.task is Task.CLASSIFICATION else 0
        answer: Floats = output[:, column]
        return answer


def shares(parts: Floats) -> Floats:
    """Each row's parts as shares of their sum; zeros where there is nothing to share."""
    total = parts.sum(axis=1, keepdims=True)
    result: Floats = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return result


def smooth(before: Floats, raw: Floats, window: int) -> Floats:
    """Mean of the last `window` scores, of `before` too; shorter where there are not so many."""
    past = before[-(window - 1) :]
    if len(raw) == 1:
        single: Floats = (np.add.reduce(past) + raw) / (len(past) + 1)
        return single
    sums = np.concatenate([[0.0], np.cumsum(np.concatenate([past, raw]))])
    end = np.arange(len(past), len(past) + len(raw)) + 1
    start = np.maximum(end - window, 0)
    mean: Floats = (sums[end] - sums[start]) / (end - start)
    return mean


def to_unit(raw: Floats, threshold: float, scale: float) -> Floats:
    """Raw scores as 0..1: strictly rising, 0.5 at the threshold, never saturating."""
    if len(raw) == 1:  # plain numbers are several times faster than arrays of one
        far = (float(raw[0]) - threshold) / scale
        return np.array([0.5 * (1 + far / (1 + abs(far)))])
    u = (raw - threshold) / scale
    unit: Floats = 0.5 * (1 + u / (1 + np.abs(u)))
    return unit
