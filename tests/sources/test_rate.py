import pytest

from twinedge.sources.rate import Rate


class TestPerSecond:
    @pytest.mark.parametrize("per_second", [1, 10, 1000])
    def test_is_right_from_the_first_seconds_on(self, per_second: int) -> None:
        rate = Rate(0.0)
        for step in range(1, 200):
            rate.add(per_second, float(step))
            if step > 1:
                assert rate.per_second(float(step)) == pytest.approx(per_second, rel=0.6)
            if step > 20:
                assert rate.per_second(float(step)) == pytest.approx(per_second, rel=0.15)

    def test_forgets(self) -> None:
        rate = Rate(0.0)
        for step in range(100):
            rate.add(10, float(step))
        assert rate.per_second(200.0) < 0.01

    def test_is_zero_before_anything_came(self) -> None:
        assert Rate(5.0).per_second(5.0) == 0
