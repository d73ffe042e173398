"""Back-off delays."""

import random

from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.backoff import Backoff


class TestNext:
    @given(st.integers(), st.integers(1, 60))
    def test_stays_between_floor_and_a_doubling_ceiling(self, seed: int, attempts: int) -> None:
        backoff = Backoff(first_s=0.5, cap_s=30, floor_s=0.1, rng=random.Random(seed))
        for attempt in range(attempts):
            assert 0.1 <= backoff.next_s() <= min(30.0, 0.5 * 2**attempt)

    def test_reset_starts_over(self) -> None:
        backoff = Backoff(first_s=1, cap_s=64)
        for _ in range(6):
            backoff.next_s()
        backoff.reset()
        assert backoff.next_s() <= 1
