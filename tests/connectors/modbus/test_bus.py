import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.modbus.conftest import StartDevice
from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.breaker import OPENS_AFTER, Breaker
from twinedge.connectors.modbus.bus import Buses, UnitSilent
from twinedge.sources.model import LinkLost


class TestBreaker:
    @given(st.floats(0.05, 20))
    def test_a_dead_unit_costs_less_than_a_twentieth_of_the_bus(self, timeout_s: float) -> None:
        breaker, now_s, spent_s = Breaker(), 0.0, 0.0
        while now_s < 86_400:
            if breaker.may_ask(now_s):
                now_s += timeout_s
                spent_s += timeout_s
                breaker.timed_out(now_s, timeout_s)
            else:
                now_s += breaker.wait_s(now_s) + 1e-6
        assert spent_s / now_s < 0.052

    def test_asks_after_5_10_20_30_30_seconds(self) -> None:
        breaker, pauses = Breaker(), []
        breaker.timed_out(0, 1)
        for _ in range(5):
            breaker.timed_out(0, 1)
            pauses.append(breaker.wait_s(0))
        assert pauses == [5, 10, 20, 30, 30]

    def test_one_time_out_is_forgiven(self) -> None:
        breaker = Breaker()
        breaker.timed_out(0, 1)
        assert breaker.may_ask(0)
        breaker.answered()
        for _ in range(OPENS_AFTER):
            breaker.timed_out(0, 1)
        assert not breaker.may_ask(4.9)
        assert breaker.may_ask(5)
        breaker.answered()
        assert breaker.may_ask(0)


async def ask(bus: object, unit: int, timeout_s: float = 0.1) -> None:
    await bus.read(unit, Table.INPUT_REGISTER, 0, 1, timeout_s)  # type: ignore[attr-defined]


class TestBus:
    async def test_is_shared_by_host_and_port(self, start_device: StartDevice) -> None:
        device = await start_device()
        buses = Buses()
        first, second = buses.hold("localhost", device.port), buses.hold("LOCALHOST", device.port)
        assert first is second
        await first.connect(2)
        buses.release(first)
        await ask(second, 1)
        buses.release(second)
        with pytest.raises(LinkLost):
            await ask(second, 1)
        assert buses.hold("localhost", device.port) is not first

    async def test_a_silent_unit_is_not_asked_again_and_its_neighbour_is_quick(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("silent=7")
        buses = Buses()
        bus = buses.hold("127.0.0.1", device.port)
        await bus.connect(2)
        await ask(bus, 1)
        for _ in range(OPENS_AFTER):
            with pytest.raises(UnitSilent):
                await ask(bus, 7)
        assert bus.is_silent(7)
        started = time.monotonic()
        for _ in range(50):
            with pytest.raises(UnitSilent):
                await ask(bus, 7)
            await ask(bus, 1)
        assert time.monotonic() - started < 0.1 * 50 / 2
        buses.release(bus)

    async def test_a_bus_on_which_nobody_answers_is_lost(self, start_device: StartDevice) -> None:
        device = await start_device("silent=7")
        buses = Buses()
        bus = buses.hold("127.0.0.1", device.port)
        await bus.connect(2)
        with pytest.raises(UnitSilent):
            await ask(bus, 7)
        with pytest.raises(LinkLost) as caught:
            await ask(bus, 7)
        assert "unit 7 does not answer" in caught.value.message
        buses.release(bus)

    async def test_one_request_at_a_time(self, start_device: StartDevice) -> None:
        device = await start_device()
        buses = Buses()
        bus = buses.hold("127.0.0.1", device.port)
        await bus.connect(2)
        await asyncio.gather(*(ask(bus, unit, 2) for unit in range(1, 100)))
        buses.release(bus)
