"""Rows out of tags that come when they like."""

from twinedge.ml.models.alignment import Aligner

S = 1_000_000


class TestPush:
    def test_a_complete_step_is_given_out_at_once(self) -> None:
        aligner = Aligner(2, S, 10 * S)
        assert aligner.push(0, 5 * S, 1.0) == []
        ((ts, row),) = aligner.push(1, 5 * S, 2.0)
        assert (ts, row.tolist()) == (5 * S, [1.0, 2.0])

    def test_a_missing_value_is_held_until_it_is_too_old(self) -> None:
        aligner = Aligner(2, S, 2 * S)
        aligner.push(0, 0, 1.0)
        aligner.push(1, 0, 2.0)
        aligner.push(0, 1 * S, 3.0)
        ((ts, row),) = aligner.push(0, 9 * S, 4.0)
        assert (ts, row.tolist()) == (S, [3.0, 2.0])
        assert aligner.push(0, 10 * S, 5.0) == []

    def test_late_points_change_nothing(self) -> None:
        aligner = Aligner(1, S, S)
        aligner.push(0, 5 * S, 1.0)
        assert aligner.push(0, 4 * S, 9.0) == []
        assert aligner.push(0, 5 * S, 9.0) == []
