import random

from twinedge.sources.outage import Outage


def delays(outage: Outage, attempts: int, now_s: float = 0.0) -> list[tuple[float, float]]:
    """(moment, delay) of attempts that all fail at once."""
    found = []
    for _ in range(attempts):
        delay_s = outage.down(now_s)
        found.append((now_s, delay_s))
        now_s += delay_s
    return found


class TestDown:
    def test_is_quick_while_young_and_rare_when_old(self) -> None:
        found = delays(Outage(random.Random(1)), 300)
        assert all(0.1 <= delay_s <= 2 for now_s, delay_s in found if now_s < 60)
        assert max(delay_s for _, delay_s in found) <= 30
        assert max(delay_s for now_s, delay_s in found if now_s > 300) > 15

    def test_plants_do_not_retry_in_step(self) -> None:
        first = {round(Outage().down(0.0), 6) for _ in range(50)}
        assert len(first) > 40

    def test_begins_anew_after_a_link_that_held(self) -> None:
        outage = Outage(random.Random(1))
        delays(outage, 200)
        outage.up(10_000.0)
        assert outage.down(10_031.0) <= 0.5

    def test_goes_on_after_a_link_that_dropped_soon(self) -> None:
        outage = Outage(random.Random(1))
        delays(outage, 200)
        outage.up(10_000.0)
        outage.up(10_020.0)
        assert max(delay_s for _, delay_s in delays(outage, 20, 10_025.0)) > 5

    def test_reset_begins_anew(self) -> None:
        outage = Outage(random.Random(1))
        delays(outage, 200)
        outage.reset()
        assert outage.down(10_000.0) <= 0.5
