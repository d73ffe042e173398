"""Rows from points that come when they like."""

from twinedge.kit.clock import US as S
from twinedge.ml.models.alignment import Aligner
from twinedge.ml.models.model import Missing


def aligner(missing: Missing = Missing.SKIP, max_age_s: int = 10) -> Aligner:
    return Aligner(S, max_age_s * S, missing, [5.0, 6.0])


class TestPush:
    def test_a_complete_step_is_given_out_at_once(self) -> None:
        a = aligner()
        assert list(a.push(0, 0, 1.0)) == []
        assert list(a.push(1, 100, 2.0)) == [(100, [1.0, 2.0])]

    def test_a_later_step_gives_out_the_row_with_held_values(self) -> None:
        a = aligner()
        a.push(0, 0, 1.0)
        a.push(1, 0, 2.0)
        assert list(a.push(0, S, 3.0)) == []
        assert list(a.push(0, 2 * S, 4.0)) == [(S, [3.0, 2.0])]

    def test_late_points_change_nothing(self) -> None:
        a = aligner()
        a.push(0, 5 * S, 1.0)
        a.push(1, 5 * S, 2.0)
        assert list(a.push(0, 5 * S + 10, 9.0)) == []
        assert list(a.push(0, 4 * S, 9.0)) == []
        a.push(0, 6 * S, 3.0)
        assert list(a.push(1, 6 * S, 4.0)) == [(6 * S, [3.0, 4.0])]

    def test_of_two_points_in_a_step_the_newer_counts_whatever_their_order(self) -> None:
        a = aligner()
        a.push(0, 900, 1.0)
        a.push(0, 100, 7.0)
        assert list(a.push(1, 500, 2.0)) == [(900, [1.0, 2.0])]

    def test_steps_done_before_a_restart_are_not_given_out_again(self) -> None:
        a = aligner()
        a.done_until(3 * S)
        a.push(0, 3 * S, 1.0)
        assert list(a.push(1, 3 * S, 1.0)) == []

    def test_a_stored_value_counts_from_its_own_step_on(self) -> None:
        """Read from the store before the stream brought it: its row is not lost."""
        a = aligner()
        a.hold(0, S, 3.0)
        a.hold(1, S, 4.0)
        a.push(0, 0, 1.0)
        assert list(a.push(1, 0, 2.0)) == [(0, [1.0, 2.0])]
        a.push(0, S, 3.0)
        assert list(a.push(1, S, 4.0)) == [(S, [3.0, 4.0])]

    def test_a_stored_value_fills_the_first_row(self) -> None:
        a = aligner()
        a.hold(1, 0, 2.0)
        a.push(0, S, 1.0)
        assert list(a.push(0, 2 * S, 1.0)) == [(S, [1.0, 2.0])]


class TestMissing:
    def age(self, a: Aligner) -> list[tuple[int, list[float]]]:
        """Feature 1 has its last point at 0; then feature 0 goes on alone for 20 s."""
        rows = list(a.push(0, 0, 1.0)) + list(a.push(1, 0, 2.0))
        for second in range(1, 22):
            rows += a.push(0, second * S, 3.0)
        return rows

    def test_skip_gives_no_row_once_a_value_is_too_old(self) -> None:
        assert [ts // S for ts, _row in self.age(aligner())] == list(range(11))

    def test_hold_keeps_the_last_value(self) -> None:
        assert self.age(aligner(Missing.HOLD))[-1] == (20 * S, [3.0, 2.0])

    def test_mean_takes_the_middle_of_the_training(self) -> None:
        rows = self.age(aligner(Missing.MEAN))
        assert rows[10] == (10 * S, [3.0, 2.0])
        assert rows[-1] == (20 * S, [3.0, 6.0])

    def test_hold_needs_a_first_value(self) -> None:
        a = aligner(Missing.HOLD)
        assert [list(a.push(0, s * S, 1.0)) for s in range(3)] == [[], [], []]

    def test_a_lost_source_makes_its_value_missing(self) -> None:
        a = aligner()
        a.push(0, 0, 1.0)
        a.push(1, 0, 2.0)
        a.lose(1)
        a.push(0, S, 3.0)
        assert list(a.push(0, 2 * S, 3.0)) == []
        assert list(a.push(1, 2 * S, 4.0)) == [(2 * S, [3.0, 4.0])]
