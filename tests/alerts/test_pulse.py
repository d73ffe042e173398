"""What stops and clocks do to silences and timers."""

from tests.alerts.rig import NOON, Rig
from twinedge.alerts.service.pulse import Pulse, downtime_us
from twinedge.kit.clock import MAX_US, US, ManualClock, to_iso
from twinedge.telemetry.model import batch_of

SILENT = {"tag_name": "temperature", "stale_seconds": 20}


class SetClock(ManualClock):
    """Its wall clock can be set; the steady one does not notice."""

    steady = 0.0

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        self.steady += seconds

    def set(self, seconds: float) -> None:
        super().advance(seconds)

    def monotonic_s(self) -> float:
        return self.steady


async def beats(rig: Rig, last: int) -> None:
    """The loops run until that second."""
    while rig.second() < last:
        await rig.at(rig.second() + 1)
        await rig.room.evaluation.beat()


async def triggers(rig: Rig) -> list[str]:
    return [alert["triggered_at"] for alert in await rig.alerts()]


def at(second: float) -> str:
    return to_iso(NOON + round(second * US))


class TestStops:
    async def test_a_silence_is_dated_though_only_unwatched_tags_spoke(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (0, 50))
        await rig.room.evaluation.checkpoint()
        await beats(rig, 14)
        await rig.points("p", "pressure", (14, 3))
        await rig.restart()
        await beats(rig, 23)
        assert await triggers(rig) == [at(20)]

    async def test_time_away_counts_for_no_silence(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (0, 50))
        await beats(rig, 10)
        rig.clock.advance(3600)
        await rig.restart()
        await beats(rig, 3610 + 11)
        assert await triggers(rig) == []
        await beats(rig, 3610 + 12)
        assert await triggers(rig) == [at(3620)]

    async def test_two_kills_in_a_row_forget_neither_stop(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (0, 50))
        await beats(rig, 10)
        for _ in range(2):
            rig.clock.advance(60)
            await rig.restart()
        await beats(rig, 131)
        assert await triggers(rig) == []

    async def test_a_silent_tag_stays_silent(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT | {"duration_seconds": 30})
        await rig.points("p", "temperature", (0, 50))
        await beats(rig, 40)
        rig.clock.advance(5)
        await rig.restart()
        await beats(rig, 53)
        assert await triggers(rig) == [at(50)]
        rig.clock.advance(600)
        await rig.restart()
        await beats(rig, 660)
        assert [a["status"] for a in await rig.alerts()] == ["active"]

    async def test_a_clock_ahead_is_no_sign_of_life(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (1000, 50))
        await beats(rig, 5)
        rig.clock.advance(600)
        await rig.restart()
        await beats(rig, 610)
        assert await triggers(rig) == []

    async def test_the_first_point_of_a_clock_ahead_ends_no_silence(self, rig: Rig) -> None:
        await rig.tag("p", "temperature")
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (1000, 50))
        assert await triggers(rig) == []

    async def test_a_tag_that_never_spoke_is_silent_after_a_restart_too(self, rig: Rig) -> None:
        await rig.tag("p", "temperature")
        await rig.rule(condition=SILENT)
        await rig.room.evaluation.checkpoint()
        await beats(rig, 10)
        await rig.restart()
        await beats(rig, 23)
        assert await triggers(rig) == [at(20)]

    async def test_a_known_point_read_again_is_not_good_anew(self, rig: Rig) -> None:
        condition = {"tag_name": "temperature", "operator": "gt", "value": 80}
        await rig.rule(condition=condition | {"duration_seconds": 10})
        await rig.points("p", "temperature", (0, 90))
        await rig.points("p", "temperature", (4, None))
        await rig.room.evaluation.checkpoint()
        series, ts = await rig.tag("p", "temperature"), NOON + 30 * US
        await rig.store.append(batch_of([series], [ts], [70.0], [0], ts))
        await rig.restart()
        assert await rig.alerts() == []


class TestClocks:
    def test_a_set_clock_is_noticed_once(self) -> None:
        clock = SetClock()
        pulse = Pulse(clock)
        clock.advance(100)
        assert pulse.take_jump() == 0
        clock.set(-3600)
        assert pulse.take_jump() == -3600 * US
        assert pulse.take_jump() == 0

    async def test_setting_the_clock_makes_no_tag_silent(self, rig: Rig) -> None:
        rig.clock = SetClock(NOON)
        await rig.restart()
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (0, 50))
        rig.clock.advance(10)
        rig.clock.set(3600)
        await rig.at(3610 + 11)
        assert await triggers(rig) == []
        await rig.at(3610 + 12)
        assert await triggers(rig) == [at(20)]

    def test_a_clock_set_back_is_no_stop(self) -> None:
        assert downtime_us(100 * US, 40 * US) == 0
        assert downtime_us(100 * US, 101 * US) == 0
        assert downtime_us(None, 101 * US) == 0
        assert downtime_us(100 * US, 160 * US) == 60 * US


class TestWaitingPoints:
    async def test_no_silence_while_points_wait_to_be_judged(self, rig: Rig) -> None:
        await rig.rule(condition=SILENT)
        await rig.points("p", "temperature", (0, 50))
        rig.clock.advance(60)
        await rig.room.evaluation.tick(lambda: NOON + 15 * US)
        assert await triggers(rig) == []
        await rig.room.evaluation.tick(lambda: MAX_US)
        assert await triggers(rig) == [at(20)]
