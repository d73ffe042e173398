"""The pure parts of a training: thresholds, splits, leaks, events, curves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.ml.algorithms.model import Budget, Preparation, Table, Task, UnsuitableData
from twinedge.ml.algorithms.preparation import prepare_table
from twinedge.ml.algorithms.supervised import best_f1
from twinedge.ml.algorithms.thresholds import rises, within_budget
from twinedge.ml.training import curves, leaks, metrics
from twinedge.ml.training.events import find_events, scorecard
from twinedge.ml.training.splitting import split

MINUTE_US = 60_000_000


def table(x: object, y: object = None, **more: object) -> Table:
    features = np.asarray(x, np.float64)
    names = tuple("abcdefgh"[: features.shape[1]])
    target = None if y is None else np.asarray(y, np.float64)
    return Table(names, features, target, **more)  # type: ignore[arg-type]


class TestBudget:
    @given(
        st.lists(st.integers(0, 9), min_size=1, max_size=60),
        st.lists(st.booleans(), min_size=60, max_size=60),
        st.integers(0, 8),
    )
    def test_per_week_is_the_lowest_that_holds(
        self, scores: list[int], normal: list[bool], allowed: int
    ) -> None:
        raw, calm = np.array(scores, float), np.array(normal[: len(scores)])
        if not calm.any():
            return
        week_us = 7 * 86_400 * 1_000_000
        step_us = week_us // int(calm.sum())
        threshold = within_budget(raw, calm, Budget(per_week=allowed), step_us + 1)
        assert rises(raw > threshold, calm) <= allowed
        lower = sorted({level for level in raw.tolist() if level < threshold})
        if lower:  # just below, somewhere there are too many
            assert rises(raw >= threshold, calm) > allowed

    def test_rate(self) -> None:
        scores = np.arange(100.0)
        threshold = within_budget(scores, np.ones(100, bool), Budget(rate=0.1), None)
        assert (scores > threshold).mean() <= 0.1
        assert (scores > threshold).sum() >= 9

    def test_says_what_is_missing(self) -> None:
        with pytest.raises(UnsuitableData, match="time column"):
            within_budget(np.arange(3.0), np.ones(3, bool), Budget(per_week=1), None)
        with pytest.raises(UnsuitableData, match="no training row is labelled normal"):
            within_budget(np.arange(3.0), np.zeros(3, bool), Budget(rate=0.1), None)


def test_best_f1_lies_between_the_classes() -> None:
    chance = np.concatenate([np.full(90, 0.1), np.full(10, 0.7)])
    assert 0.1 < best_f1(chance, chance > 0.5) < 0.7


class TestPreparation:
    def test_units_do_not_see_each_other(self) -> None:
        x = np.array([[1.0], [100], [2], [200], [3], [300]])
        plan = Preparation(2, ("mean", "max", "drift"), (1,))
        rows = prepare_table(plan, table(x, groups=np.array([0, 1, 0, 1, 0, 1])))
        assert rows[::2].tolist() == [[1, 1, 0, 1], [1.5, 2, 0, 1], [2.5, 3, 0.5, 2]]
        assert (rows[1::2] == rows[::2] * 100).all()

    @pytest.mark.parametrize("statistic", ["mean", "std", "min", "max"])
    def test_statistics_are_those_of_the_last_rows(self, statistic: str) -> None:
        x = np.random.default_rng(0).normal(size=(30, 2)) + 1e6
        rows = prepare_table(Preparation(7, (statistic,)), table(x))
        for t in range(30):
            window = x[max(t - 6, 0) : t + 1]
            assert rows[t] == pytest.approx(getattr(window, statistic)(axis=0), abs=1e-6)


class TestSplit:
    def test_last_units(self) -> None:
        whole = table(np.arange(12.0)[:, None], groups=np.repeat([0, 1, 2], 4))
        first, last, _ = split(whole, 0.3, 5)
        assert last is not None
        assert first.features[:, 0].tolist() == list(range(8))
        assert last.features[:, 0].tolist() == list(range(8, 12))

    def test_last_rows_and_a_window_as_long_as_they_are(self) -> None:
        whole = table(np.arange(10.0)[:, None])
        first, last, words = split(whole, 0.2, 0)
        assert (len(first), len(last or ()), words) == (8, 2, [])
        assert "overlapping windows" in split(whole, 0.2, 4)[2][0]

    def test_nothing_left_is_told(self) -> None:
        with pytest.raises(UnsuitableData, match="leaves nothing"):
            split(table([[1.0], [2.0]]), 0.01, 0)


class TestLeaks:
    X = np.random.default_rng(0).normal(size=(400, 2))
    Y = (X[:, 0] > 1.2).astype(float)

    def found(self, column: object, task: Task = Task.CLASSIFICATION) -> str:
        return " ".join(leaks.of_columns(table(np.column_stack([self.X, column]), self.Y), task))

    def test_a_copy_a_cut_and_a_mode_of_the_target(self) -> None:
        assert "'c' all but equals" in self.found(self.Y * 3 + 1)
        assert "'c' all but equals" in self.found(np.where(self.Y > 0, 5, self.X[:, 1]))
        mode = self.Y * (self.X[:, 1] > 0)
        assert "'c' is 1 only where" in self.found(mode)

    def test_honest_columns_are_left_alone(self) -> None:
        flag = (self.X[:, 1] > 1.5).astype(float)
        assert "'c'" not in self.found(flag)
        assert "'b'" not in self.found(flag)

    def test_a_counter_is_an_identifier_a_measurement_is_not(self) -> None:
        assert "'c' looks like a row number" in self.found(np.arange(400))
        rounded = np.random.default_rng(1).integers(0, 10**9, 400)
        assert "'c'" not in self.found(rounded, Task.REGRESSION)

    def test_rows_seen_before(self) -> None:
        train = table(self.X[:300], self.Y[:300])
        assert not leaks.of_rows(train, table(self.X[300:], self.Y[300:]))
        assert "50% of the held-back" in leaks.of_rows(train, table(self.X[250:350]))[0]


class TestEvents:
    TRUTH = np.array([0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0], bool)
    ALARM = np.array([1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1], bool)
    TIMES = np.arange(12) * MINUTE_US

    def test_early_alarm_missed_event_and_false_alarms(self) -> None:
        rows = table(np.zeros((12, 1)), self.TRUTH, times=self.TIMES, step_us=MINUTE_US)
        events = find_events(rows, self.TRUTH, self.ALARM)
        assert [(e.start, e.last, e.detected) for e in events] == [(3, 5, 2), (8, 9, None)]
        card = scorecard(rows, self.TRUTH, self.ALARM, events)
        assert card["events"] == 2
        assert card["events_noticed"] == 1
        assert card["false_alarms"] == 2
        assert card["median_delay_rows"] == -1
        assert card["median_lead_seconds"] == 180
        assert card["false_alarms_per_week"] == pytest.approx(2 / (7 / (7 * 24 * 60)))
        drawn = curves.events(rows, events)
        assert drawn[0]["detected_at"] == "1970-01-01T00:02:00Z"
        assert drawn[1]["detected_at"] is None

    def test_events_stay_in_their_unit(self) -> None:
        rows = table(np.zeros((12, 1)), self.TRUTH, groups=np.repeat([0, 1], 6))
        joined = np.ones(12, bool)
        assert len(find_events(rows, joined, joined)) == 2


class TestCurves:
    def test_no_peak_is_lost_and_no_more_than_2_000_points(self) -> None:
        raw = np.zeros(100_000)
        raw[77_777] = 9.0
        drawn = curves.scores(table(np.zeros((100_000, 1))), raw, None, 1.0)
        assert len(drawn["score"]) <= curves.POINTS
        assert max(drawn["score"]) == 9.0

    def test_roc_and_pr(self) -> None:
        truth, raw = np.array([0, 0, 1, 1], bool), np.array([0.1, 0.4, 0.35, 0.8])
        roc, pr = curves.roc(truth, raw), curves.pr(truth, raw)
        assert roc is not None
        assert pr is not None
        assert (roc["fpr"][-1], roc["tpr"][-1]) == (1.0, 1.0)
        assert all(np.isfinite(roc["thresholds"]))
        assert len(pr["precision"]) == len(pr["recall"]) == len(pr["thresholds"])
        assert curves.roc(np.ones(4, bool), raw) is None


class TestMetrics:
    def test_floors(self) -> None:
        truth = np.array([1, 0, 0, 0], bool)
        found = metrics.binary(truth, np.array([1, 1, 0, 0], bool))
        assert found["f1"] == pytest.approx(2 / 3)
        assert found["floor_f1"] == pytest.approx(0.4)
        assert found["false_alarm_rate"] == pytest.approx(1 / 3)
        values = metrics.regression(np.array([1.0, 3.0]), np.array([1.0, 3.0]), 1.0)
        assert values["rmse"] == 0
        assert values["floor_rmse"] == pytest.approx(2**0.5)

    def test_nothing_is_not_a_number_in_json(self) -> None:
        assert metrics.finite({"a": [float("nan"), {"b": float("inf")}], "c": 1}) == {
            "a": [None, {"b": None}], "c": 1,
        }  # fmt: skip
