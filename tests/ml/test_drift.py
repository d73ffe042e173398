"""Drift: live features against those of the training."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twinedge.ml.models.drift import Monitor, Reference, psi, report, status_of

RNG = np.random.default_rng(3)


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    columns = {
        "flow": RNG.normal(10, 1, 2000),
        "running": RNG.random(2000) < 0.5,
        "still": np.full(2000, 4.0),
        "words": ["a"] * 2000,
    }
    pq.write_table(pa.table(columns), tmp_path / "rows.parquet")
    return Reference.of_table(tmp_path / "rows.parquet", ["flow", "running", "still", "words"])


def live(rows: int, flow: float = 10.0, still: float = 4.0) -> np.ndarray:
    columns = [RNG.normal(flow, 1, rows), RNG.random(rows) < 0.5, np.full(rows, still)]
    return np.column_stack([*columns, np.zeros(rows)])


class TestMonitor:
    def test_rows_like_those_of_the_training_are_stable(self, reference: Reference) -> None:
        monitor = Monitor(reference, ["flow", "running", "still", "words"])
        monitor.add(live(1000), 0)
        found = report(reference, [monitor])
        assert set(found.features) == {"flow", "running", "still"}
        assert {status_of(value) for value in found.features.values()} == {"stable"}
        assert found.rows == 1000

    def test_a_moved_feature_is_named(self, reference: Reference) -> None:
        monitor = Monitor(reference, ["flow", "running", "still", "words"])
        monitor.add(live(1000, flow=11.5), 0)
        found = report(reference, [monitor]).features
        assert status_of(found["flow"]) == "drifted"
        assert status_of(found["running"]) == "stable"
        assert monitor.worst() == pytest.approx(found["flow"])

    @pytest.mark.parametrize("value", [3.9, 4.1])
    def test_a_constant_that_changes_has_drifted(self, reference: Reference, value: float) -> None:
        monitor = Monitor(reference, ["flow", "running", "still", "words"])
        monitor.add(live(200, still=value), 0)
        assert status_of(report(reference, [monitor]).features["still"]) == "drifted"

    def test_few_rows_say_nothing(self, reference: Reference) -> None:
        monitor = Monitor(reference, ["flow", "running", "still", "words"])
        monitor.add(live(99, flow=50), 0)
        assert monitor.worst() is None
        assert report(reference, [monitor]).features == {}

    def test_goes_on_from_what_was_kept_and_row_by_row_equals_at_once(
        self, reference: Reference
    ) -> None:
        rows = live(400, flow=10.5)
        once, kept = Monitor(reference, ["flow"]), Monitor(reference, ["flow"])
        once.add(rows, 0)
        for row in rows[:200]:
            kept.add(row[None, :], 0)
        again = Monitor(reference, ["flow"])
        again.restore(kept.to_json())
        again.add(rows[200:], 0)
        assert again.worst() == pytest.approx(once.worst(), rel=1e-3)

    def test_survives_its_file(self, reference: Reference) -> None:
        again = Reference.from_json(reference.to_json())
        rows = live(300, flow=12)
        one, two = Monitor(reference, ["flow"]), Monitor(again, ["flow"])
        one.add(rows, 0)
        two.add(rows, 0)
        assert one.worst() == two.worst()


def test_psi_is_zero_for_the_same_shares_and_grows_with_the_distance() -> None:
    shares = np.array([0.25, 0.25, 0.5])
    assert psi(shares, np.array([25.0, 25.0, 50.0])) == pytest.approx(0)
    near, far = psi(shares, np.array([30.0, 25, 45])), psi(shares, np.array([70.0, 20, 10]))
    assert 0 < near < 0.1 < 0.25 < far
